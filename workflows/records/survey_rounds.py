"""Ask many people at once, and know when all have answered or missed it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Table, func, insert, select, update

from models.pairs import Pair, PairMember, PairStatus
from models.people import Person
from models.programmes import Programme
from models.surveys import SurveyMoment, SurveyRequest
from workflows.records.cases import ask_for_case
from workflows.records.messages import send
from workflows.records.pair_sets import OVER, stood_to_the_end
from workflows.work import Work

COLLECTED = "answers_collected"
_REQUEST = cast(Table, SurveyRequest.__table__)


@dataclass(frozen=True)
class Asked:
    """Somebody to be asked: by which questionnaire, and about which pair if it is about one."""

    person_id: uuid.UUID
    role: str
    pair_id: uuid.UUID | None
    about: str


def ask_all(
    work: Work,
    programme_id: uuid.UUID,
    moment: SurveyMoment,
    rules: Sequence[Mapping[str, Any]],
    *,
    asked_by_case_id: uuid.UUID | None = None,
    pair_id: uuid.UUID | None = None,
) -> tuple[uuid.UUID, int]:
    """Begin a case for everybody whom these rules ask now; return the round and how many were asked."""
    round_id = uuid.uuid4()
    programme = work.session.get_one(Programme, programme_id)
    asked = [
        (rule, one)
        for rule in rules
        for one in list_to_ask(work, programme_id, moment, rule["role"], pair_id=pair_id)
    ]
    if moment is SurveyMoment.ENTRY:
        known = _asked_at_entry(work, programme_id, [one.person_id for _rule, one in asked])
        asked = [(rule, one) for rule, one in asked if (one.person_id, one.role) not in known]
    rows = [
        _begin(work, programme, round_id, moment, rule, one) | {"asked_by_case_id": asked_by_case_id}
        for rule, one in asked
    ]
    if rows:
        work.session.connection().execute(insert(_REQUEST), rows)
    return round_id, len(rows)


def list_to_ask(
    work: Work,
    programme_id: uuid.UUID,
    moment: SurveyMoment,
    role: str,
    *,
    pair_id: uuid.UUID | None = None,
) -> list[Asked]:
    """List whom to ask: in the middle those whose pairs go on, at the end those whose pairs have completed.

    The curator answers for every pair; the others once, also where they belong to several pairs.
    """
    is_end = moment is SurveyMoment.EXIT
    wanted = (
        select(PairMember.person_id, Pair.id, Pair.title, Person.full_name)
        .join(Pair, Pair.id == PairMember.pair_id)
        .join(Person, Person.id == PairMember.person_id)
        .where(Pair.programme_id == programme_id, PairMember.role == role, stood_to_the_end())
        .where(Pair.status == PairStatus.COMPLETED if is_end else Pair.status.not_in(OVER))
        .order_by(Person.full_name, Pair.formed_on, Pair.id)
    )
    if pair_id is not None:
        wanted = wanted.where(Pair.id == pair_id)
    if role == "curator":
        return [Asked(one, role, pair, title) for one, pair, title, _ in work.session.execute(wanted)]
    last = {one: Asked(one, role, pair, name) for one, pair, _, name in work.session.execute(wanted)}
    return list(last.values())


def _asked_at_entry(
    work: Work, programme_id: uuid.UUID, people: Sequence[uuid.UUID]
) -> set[tuple[uuid.UUID, str]]:
    """Name who stood at the beginning once already: in another pair, or before a replacement."""
    asked = select(SurveyRequest.person_id, SurveyRequest.role).where(
        SurveyRequest.programme_id == programme_id,
        SurveyRequest.moment == SurveyMoment.ENTRY,
        SurveyRequest.person_id.in_(people),
    )
    return {(person_id, role) for person_id, role in work.session.execute(asked)}


def _begin(
    work: Work,
    programme: Programme,
    round_id: uuid.UUID,
    moment: SurveyMoment,
    rule: Mapping[str, Any],
    one: Asked,
) -> dict[str, Any]:
    facts = {
        "programme_id": programme.id,
        "variant": programme.variant,
        "moment": moment.value,
        "instrument": rule["instrument"],
        "role": one.role,
        "pair_id": one.pair_id,
    }
    case_id = ask_for_case(
        work,
        programme.organisation_id,
        "survey",
        f"{rule['title']}: {one.about}",
        participants={"participant": [one.person_id]},
        variables=facts | {key: rule[key] for key in ("remind_after", "close_after")},
    )
    kept = {key: facts[key] for key in ("programme_id", "instrument", "role", "pair_id")}
    who = {"id": uuid.uuid4(), "round_id": round_id, "person_id": one.person_id, "case_id": case_id}
    return kept | who | {"moment": moment, "asked_at": work.now()}


def find_pair(work: Work, case_id: uuid.UUID) -> Pair | None:
    """Find the pair about which this case asks."""
    asked = select(SurveyRequest.pair_id).where(SurveyRequest.case_id == case_id)
    return work.session.scalars(select(Pair).where(Pair.id.in_(asked))).one_or_none()


def note_answered(work: Work, case_id: uuid.UUID) -> None:
    """Note that somebody who was asked has answered."""
    _settle(work, case_id, "answered_at")


def note_missed(work: Work, case_id: uuid.UUID) -> None:
    """Note that the time to answer has run out for somebody."""
    _settle(work, case_id, "missed_at")


def _settle(work: Work, case_id: uuid.UUID, column: str) -> None:
    settled = update(_REQUEST).where(_REQUEST.c.case_id == case_id).values({column: work.now()})
    found = (
        work.session.connection()
        .execute(settled.returning(_REQUEST.c.round_id, _REQUEST.c.asked_by_case_id))
        .one_or_none()
    )
    if found is None or found.asked_by_case_id is None or not _is_over(work, found.round_id):
        return
    send(work, found.asked_by_case_id, COLLECTED, key=str(found.round_id))


def _is_over(work: Work, round_id: uuid.UUID) -> bool:
    # Of the last two who answer at once neither would see the other: the second waits for the first here.
    turn = func.pg_advisory_xact_lock(func.hashtextextended(f"survey round {round_id}", 0))
    work.session.connection().execute(select(turn))
    open_ones = select(_REQUEST.c.id).where(
        _REQUEST.c.round_id == round_id, _REQUEST.c.answered_at.is_(None), _REQUEST.c.missed_at.is_(None)
    )
    return work.session.connection().scalar(open_ones.limit(1)) is None
