"""Who may be shown to others: only those whose consent to publicity stands, asked for many at once."""

import uuid
from collections.abc import Collection, Mapping

from sqlalchemy import select

from models.consents import Consent, ConsentPurpose
from models.pairs import Pair, PairMember
from models.people import Guardianship, Person
from workflows.records import days, guardians
from workflows.records.consents import AS_GUARDIAN, AS_ONESELF
from workflows.records.pair_sets import stood_to_the_end
from workflows.work import Work

Signed = Mapping[uuid.UUID, set[str]]


def list_shown(work: Work, programme_id: uuid.UUID, people: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Give those of these people who may be shown; a child only with a guardian's word beside its own."""
    if not people:
        return set()
    signed = _signatures(work, programme_id, people)
    children = _children(work, people)
    own = {one for one in people if AS_ONESELF in signed.get(one, set())}
    return {one for one in own if one not in children or AS_GUARDIAN in signed[one]}


def may_show(work: Work, programme_id: uuid.UUID, people: Collection[uuid.UUID]) -> bool:
    """Say whether all of these people may be shown."""
    return bool(people) and list_shown(work, programme_id, people) == set(people)


def members_of(work: Work, pair_id: uuid.UUID) -> set[uuid.UUID]:
    """Give the mentors and mentees whom a story of the pair would show."""
    return members_of_pairs(work, {pair_id}).get(pair_id, set())


def members_of_pairs(work: Work, pair_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, set[uuid.UUID]]:
    """Give the mentors and mentees of each of these pairs."""
    wanted = (
        select(PairMember.pair_id, PairMember.person_id)
        .join(Pair, Pair.id == PairMember.pair_id)
        .where(Pair.id.in_(pair_ids), PairMember.role.in_(("mentor", "mentee")), stood_to_the_end())
    )
    found: dict[uuid.UUID, set[uuid.UUID]] = {}
    for pair_id, person_id in work.session.execute(wanted):
        found.setdefault(pair_id, set()).add(person_id)
    return found


def list_pairs_shown(work: Work, programme_id: uuid.UUID, pair_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Give those of these pairs all of whose people may be shown."""
    members = members_of_pairs(work, pair_ids)
    shown = list_shown(work, programme_id, {one for ones in members.values() for one in ones})
    return {pair_id for pair_id, people in members.items() if people <= shown}


def _signatures(work: Work, programme_id: uuid.UUID, people: Collection[uuid.UUID]) -> Signed:
    last = (
        select(Consent.person_id, Consent.signed_as, Consent.is_given, Consent.withdrawn_at)
        .distinct(Consent.person_id, Consent.signed_by_id)
        .where(
            Consent.programme_id == programme_id,
            Consent.person_id.in_(people),
            Consent.purpose == ConsentPurpose.PUBLICITY,
        )
        .order_by(Consent.person_id, Consent.signed_by_id, Consent.signed_at.desc(), Consent.id)
    )
    signed: dict[uuid.UUID, set[str]] = {}
    for person_id, signed_as, is_given, withdrawn_at in work.session.execute(last):
        if is_given and withdrawn_at is None:
            signed.setdefault(person_id, set()).add(signed_as)
    return signed


def _children(work: Work, people: Collection[uuid.UUID]) -> set[uuid.UUID]:
    guarded = select(Guardianship.child_id).where(Guardianship.child_id.in_(people))
    has_guardian = set(work.session.scalars(guarded))
    born = select(Person.id, Person.born_on, Person.organisation_id).where(Person.id.in_(people))
    return {
        one
        for one, born_on, organisation_id in work.session.execute(born)
        if guardians.is_child(born_on, days.today(work, organisation_id), one in has_guardian)
    }
