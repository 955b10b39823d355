"""What documents say of a programme: who leads it, its plan, its pairs, what came of it."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, or_, select

from models.bases import MenteeEntry
from models.cases import CaseParticipant
from models.goals import Goal
from models.meetings import Meeting
from models.pairs import UNFINISHED, Pair, PairMember, PairStatus
from models.people import Membership, Person
from models.programmes import Appointment, RoadmapItem, Stage
from workflows.documents import saying, shipped
from workflows.queries.definitions import load_pack
from workflows.queries.documents.targets import Target
from workflows.records import awards, programmes
from workflows.records.pair_sets import stood_to_the_end
from workflows.work import Work

WINNERS = 10


def day(target: Target, one: Any) -> str:
    """Write a day in the language of the document."""
    return saying.day(one, target.kind.language)


def organisation(_work: Work, target: Target) -> dict[str, str]:
    """Tell whose document it is."""
    return {"name": target.organisation.name}


def programme(_work: Work, target: Target) -> dict[str, str]:
    """Tell of which programme it is."""
    one = target.programme
    return {
        "title": one.title,
        "starts_on": day(target, one.starts_on),
        "ends_on": day(target, one.ends_on),
        "tasks": one.tasks,
        "expected_results": one.expected_results,
    }


def document(_work: Work, _target: Target) -> dict[str, str]:
    """Leave room for the number and the day."""
    return {"number": "", "date": ""}


def head(work: Work, target: Target) -> dict[str, str]:
    """Tell who leads: whoever leads the programme, or else the organisation."""
    seated = select(CaseParticipant.person_id).where(
        CaseParticipant.case_id == target.programme.case_id,
        CaseParticipant.role == "head",
        CaseParticipant.until_at.is_(None),
    )
    held = select(Membership.person_id).where(
        Membership.organisation_id == target.organisation.id,
        Membership.role == "head",
        or_(Membership.until_on.is_(None), Membership.until_on >= target.today),
    )
    for who in (seated, held):
        wanted = select(Person).where(Person.id.in_(who)).order_by(Person.full_name, Person.id)
        if found := work.session.scalars(wanted.limit(1)).first():
            return _signer(target, found, "head")
    return {"name": "", "short": "", "position": ""}


def curator(work: Work, target: Target) -> dict[str, str]:
    """Tell who is the curator today."""
    wanted = (
        select(Person)
        .join(Appointment, Appointment.person_id == Person.id)
        .where(Appointment.programme_id == target.programme.id, Appointment.role == "curator")
        .where(or_(Appointment.until_on.is_(None), Appointment.until_on >= target.today))
        .order_by(Appointment.since_on.desc(), Person.id)
    )
    found = work.session.scalars(wanted.limit(1)).first()
    return _signer(target, found) if found else {"name": "", "short": "", "position": ""}


def _signer(target: Target, person: Person, usual: str = "") -> dict[str, str]:
    position = person.position or (shipped.word(target.kind, "duties", usual) if usual else "")
    return {
        "name": person.full_name,
        "short": saying.short_name(person.full_name),
        "position": position[:1].upper() + position[1:] if usual else position,
    }


def say(work: Work, target: Target, text: str) -> str:
    """Say a text of the methodology in the language of the document."""
    if target.pack_version_id is None:
        return text
    return load_pack(work, target.pack_version_id).texts.say(text, target.kind.language)


def forms(work: Work, target: Target) -> list[dict[str, str]]:
    """List the forms of mentoring."""
    found = programmes.list_forms(work, target.programme.id)
    return [{"title": say(work, target, one.title)} for one in found]


def team(work: Work, target: Target) -> list[dict[str, str]]:
    """List who answers for the programme."""
    wanted = (
        select(Person.full_name, Person.position, Appointment.role)
        .join(Appointment, Appointment.person_id == Person.id)
        .where(Appointment.programme_id == target.programme.id)
        .where(or_(Appointment.until_on.is_(None), Appointment.until_on >= target.today))
        .order_by(Appointment.since_on, Person.full_name)
    )
    return [
        {"name": name, "position": position or "", "duty": shipped.word(target.kind, "duties", duty)}
        for name, position, duty in work.session.execute(wanted)
    ]


def roadmap(work: Work, target: Target) -> list[dict[str, str]]:
    """List the measures of the roadmap."""
    wanted = select(RoadmapItem).where(RoadmapItem.programme_id == target.programme.id)
    return [
        {
            "number": str(number),
            "stage": str(one.stage),
            "measure": one.measure,
            "responsible": one.responsible,
            "due": day(target, one.due_on),
            "done": day(target, one.done_on),
        }
        for number, one in enumerate(work.session.scalars(wanted.order_by(RoadmapItem.position)), start=1)
    ]


def pairs(work: Work, target: Target) -> list[dict[str, str]]:
    """List the pairs that stand, with those who belong to them."""
    wanted = select(Pair).where(Pair.programme_id == target.programme.id, Pair.status.not_in(UNFINISHED))
    found = list(work.session.scalars(wanted.order_by(Pair.formed_on, Pair.title, Pair.id)))
    people = people_of(work, [one.id for one in found])
    titles = {one.code: one.title for one in programmes.list_forms(work, target.programme.id)}
    return [
        {
            "number": str(number),
            **named(people.get(one.id, ())),
            "form": say(work, target, titles.get(one.form, one.form)),
            "since": day(target, one.formed_on),
        }
        for number, one in enumerate(found, start=1)
    ]


Member = tuple[str, str, str]
"""As whom somebody belongs to a pair, the name, the class or group."""


def people_of(work: Work, pair_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, list[Member]]:
    """Map pairs to those who belong to them, or belonged to them at their end."""
    wanted = (
        select(PairMember.pair_id, PairMember.role, Person.full_name, Person.study_group)
        .join(Person, Person.id == PairMember.person_id)
        .join(Pair, Pair.id == PairMember.pair_id)
        .where(PairMember.pair_id.in_(pair_ids), stood_to_the_end())
        .order_by(PairMember.since_on, Person.full_name)
    )
    found: dict[uuid.UUID, list[Member]] = {}
    for pair_id, role, name, group in work.session.execute(wanted):
        found.setdefault(pair_id, []).append((role, name, group or ""))
    return found


def named(people: Sequence[Member]) -> dict[str, str]:
    """Name the two sides of a pair."""

    def side(role: str, of: int) -> str:
        return ", ".join(dict.fromkeys(one[of] for one in people if one[0] == role and one[of]))

    return {"mentors": side("mentor", 1), "mentees": side("mentee", 1), "groups": side("mentee", 2)}


def winners(work: Work, target: Target) -> list[dict[str, str]]:
    """List the first of the rating."""
    found = awards.rank(work, target.programme.id)[:WINNERS]
    return [{"place": str(one["place"]), "pair": one["title"], "points": str(one["total"])} for one in found]


def counts(work: Work, target: Target) -> dict[str, str]:
    """Count what came of a programme."""
    own = Pair.programme_id == target.programme.id

    def number(wanted: Any) -> str:
        return str(work.session.scalar(wanted) or 0)

    def of_pairs(kind: Any, *conditions: Any) -> str:
        counted = select(func.count()).select_from(kind).join(Pair, Pair.id == kind.pair_id)
        return number(counted.where(own, *conditions))

    def people(role: str) -> str:
        counted = select(func.count(func.distinct(PairMember.person_id))).select_from(PairMember)
        return number(counted.join(Pair, Pair.id == PairMember.pair_id).where(own, PairMember.role == role))

    stood = Pair.status != PairStatus.REFUSED
    all_pairs = number(select(func.count()).select_from(Pair).where(own, stood))
    cycle = (MenteeEntry.programme_id == target.programme.id, MenteeEntry.has_full_cycle.is_(True))
    return {
        "pairs": "" if all_pairs == "0" else all_pairs,
        "completed": number(
            select(func.count()).select_from(Pair).where(own, Pair.status == PairStatus.COMPLETED)
        ),
        "meetings": of_pairs(Meeting, Meeting.held_on.is_not(None)),
        "goals": of_pairs(Goal, Goal.dropped_at.is_(None)),
        "reached": of_pairs(Goal, Goal.reached_on.is_not(None)),
        "mentors": people("mentor"),
        "mentees": people("mentee"),
        "full_cycle": number(select(func.count()).select_from(MenteeEntry).where(*cycle)),
    }


def stages(work: Work, target: Target) -> list[dict[str, str]]:
    """List the stages that are closed, with what they came to."""
    wanted = select(Stage).where(Stage.programme_id == target.programme.id, Stage.closed_at.is_not(None))
    found = work.session.scalars(wanted.order_by(Stage.number))
    return [{"number": str(one.number), "result": one.result} for one in found]


SECTIONS = {
    "organisation": organisation,
    "programme": programme,
    "document": document,
    "head": head,
    "curator": curator,
    "forms": forms,
    "team": team,
    "roadmap": roadmap,
    "pairs": pairs,
    "winners": winners,
    "counts": counts,
    "stages": stages,
}
