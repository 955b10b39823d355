"""The case in which a pair tells its story and says whether it may be shown."""

import uuid

from sqlalchemy import select

from models.pairs import Pair, PairMember
from models.programmes import Programme
from workflows.records import programme_people
from workflows.records.cases import ask_for_case
from workflows.records.pair_sets import stood_to_the_end
from workflows.work import Work


def ask_for(work: Work, programme: Programme, pair_id: uuid.UUID) -> uuid.UUID:
    """Ask for the case of a pair's story."""
    pair = work.session.get_one(Pair, pair_id)
    wanted = (
        select(PairMember.role, PairMember.person_id)
        .join(Pair, Pair.id == PairMember.pair_id)
        .where(Pair.id == pair_id, stood_to_the_end(), PairMember.role.in_(("mentor", "mentee")))
        .order_by(PairMember.role, PairMember.id)
    )
    people: dict[str, list[uuid.UUID]] = {}
    for role, person_id in work.session.execute(wanted):
        people.setdefault(role, []).append(person_id)
    facts = {"programme_id": programme.id, "variant": programme.variant, "pair_id": pair_id}
    return ask_for_case(
        work,
        programme.organisation_id,
        "practice",
        pair.title,
        participants=programme_people.with_curators(work, programme.id, people),
        variables=facts,
    )
