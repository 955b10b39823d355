"""What documents say of people: whose it is, who signs for a child, to whom thanks are due."""

import uuid
from typing import Any

from sqlalchemy import select

from models.bases import MentorEntry
from models.consents import ConsentPurpose
from models.pairs import Pair, PairMember, PairStatus
from models.people import Guardianship, Person
from workflows.documents import shipped
from workflows.queries.documents.of_programme import day
from workflows.queries.documents.targets import Target, ended_members
from workflows.records import consent_texts, guardians
from workflows.records.pair_sets import stood_to_the_end
from workflows.refusals import NotFound
from workflows.work import Work

_PURPOSES = {
    "personal_data_consent": ConsentPurpose.PERSONAL_DATA,
    "participation_consent": ConsentPurpose.PARTICIPATION,
}


def person(work: Work, target: Target) -> dict[str, str]:
    """Tell whose document it is."""
    one = target.person
    if one is None:
        return dict.fromkeys(("name", "group", "born_on", "role"), "")
    role = _role_of(work, target, one.id)
    return {
        "name": one.full_name,
        "group": one.study_group or "",
        # A day of birth is for the consents alone.
        "born_on": day(target, one.born_on) if target.kind.code in _PURPOSES else "",
        "role": shipped.word(target.kind, "roles", role) if role else "",
    }


def _role_of(work: Work, target: Target, person_id: uuid.UUID) -> str:
    if target.pair is None:
        return ""
    wanted = (
        select(PairMember.role)
        .join(Pair, Pair.id == PairMember.pair_id)
        .where(PairMember.pair_id == target.pair.id, PairMember.person_id == person_id, stood_to_the_end())
    )
    return work.session.scalars(wanted.limit(1)).first() or ""


def _children(work: Work, target: Target) -> list[Person]:
    """List those for whom a guardian signs: the person, or the mentees of the pair."""
    if target.person is not None:
        found = [target.person]
    else:
        own = select(PairMember.person_id).join(Pair, Pair.id == PairMember.pair_id)
        own = own.where(Pair.id == (target.pair.id if target.pair else None), PairMember.role == "mentee")
        found = list(work.session.scalars(select(Person).where(Person.id.in_(own.where(stood_to_the_end())))))
    return [one for one in found if guardians.is_minor(work, one)]


def is_minor(work: Work, target: Target) -> bool:
    """Say whether a guardian has to sign."""
    return bool(_children(work, target))


def guardians_of(work: Work, target: Target) -> list[dict[str, str]]:
    """List who signs for the children."""
    children = {one.id: one for one in _children(work, target)}
    wanted = (
        select(Person.full_name, Guardianship.kin, Guardianship.child_id)
        .join(Guardianship, Guardianship.guardian_id == Person.id)
        .where(Guardianship.child_id.in_(children))
        .order_by(Person.full_name, Person.id)
    )
    return [
        {"name": name, "kin": kin, "child": children[child_id].full_name}
        for name, kin, child_id in work.session.execute(wanted)
    ]


def guardians_known(work: Work, target: Target) -> bool:
    """Say whether somebody is known who signs for every child."""
    known = {one["child"] for one in guardians_of(work, target)}
    return all(one.full_name in known for one in _children(work, target))


def consent(work: Work, target: Target) -> dict[str, str]:
    """Tell what is agreed to, in the words of the methodology and the version of its text."""
    purpose = _PURPOSES.get(target.kind.code)
    if purpose is None or target.pack_version_id is None:
        return {"text": "", "version": ""}
    try:
        text, version = consent_texts.text_of(work, target.pack_version_id, purpose)
    except NotFound:
        return {"text": "", "version": ""}
    return {"text": text.replace("**", ""), "version": version}


def children(work: Work, target: Target) -> list[dict[str, str]]:
    """List the children of a guardian who have gone the whole way."""
    own = target.person.id if target.person else None
    wanted = (
        select(Person)
        .join(Guardianship, Guardianship.child_id == Person.id)
        .where(Guardianship.guardian_id == own, Person.id.in_(ended_members(target.programme.id)))
        .order_by(Person.full_name, Person.id)
    )
    found = list(work.session.scalars(wanted))
    return [{"name": one.full_name, "group": one.study_group or "", "role": ""} for one in found]


def partner(_work: Work, target: Target) -> dict[str, str]:
    """Tell to which partner thanks are due."""
    return {"name": target.partner.name if target.partner else ""}


def mentors(work: Work, target: Target) -> list[dict[str, str]]:
    """List the mentors from a partner who went the whole way or are on it."""
    wanted = (
        select(Person.full_name)
        .join(MentorEntry, MentorEntry.person_id == Person.id)
        .join(PairMember, PairMember.mentor_entry_id == MentorEntry.id)
        .join(Pair, Pair.id == PairMember.pair_id)
        .where(MentorEntry.partner_id == (target.partner.id if target.partner else None))
        .where(Pair.programme_id == target.programme.id, Pair.status != PairStatus.REFUSED)
        .distinct()
        .order_by(Person.full_name)
    )
    return [{"name": name} for name in work.session.scalars(wanted)]


SECTIONS: dict[str, Any] = {
    "person": person,
    "is_minor": is_minor,
    "guardians": guardians_of,
    "consent": consent,
    "children": children,
    "partner": partner,
    "mentors": mentors,
}
