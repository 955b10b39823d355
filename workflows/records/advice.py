"""Mentors who may need advice: their pairs are silent, their mentees doubt, or they ask for it themselves."""

import uuid
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import aliased

from models.pairs import Pair, PairMember
from models.people import Person
from models.programmes import Programme
from models.surveys import SurveyMoment, SurveyResponse
from workflows.records import days
from workflows.records.facts import is_silent
from workflows.records.pair_sets import OVER
from workflows.work import Work

MOST_SHOWN = 100
"""The case keeps the list while the task waits, so that it does not change under the hand."""


def list_to_advise(
    work: Work, programme_id: uuid.UUID, silent_after: int, advise_below: float
) -> list[dict[str, Any]]:
    """List these mentors with what speaks for advice, those whose mentees are least content first."""
    mentee, own, theirs = aliased(PairMember), aliased(SurveyResponse), aliased(SurveyResponse)
    lowest = func.min(theirs.score)
    asks = func.bool_or(own.answers["needs_advice"].astext == "true")
    programme = work.session.get_one(Programme, programme_id)
    today = days.today(work, programme.organisation_id)
    silent = func.bool_or(is_silent(today, silent_after))
    wanted = (
        select(Person.id, Person.full_name, lowest, asks, silent)
        .join(PairMember, PairMember.person_id == Person.id)
        .join(Pair, Pair.id == PairMember.pair_id)
        .outerjoin(mentee, (mentee.pair_id == Pair.id) & (mentee.role == "mentee"))
        .outerjoin(theirs, _is_middle(theirs, mentee.person_id, programme_id))
        .outerjoin(own, _is_middle(own, Person.id, programme_id))
        .where(Pair.programme_id == programme_id, Pair.status.not_in(OVER))
        .where(PairMember.role == "mentor", PairMember.until_on.is_(None))
        .group_by(Person.id, Person.full_name)
        .having(or_(lowest < advise_below, asks, silent))
        .order_by(lowest.asc().nulls_last(), Person.full_name, Person.id)
        .limit(MOST_SHOWN)
    )
    keys = ("value", "label", "lowest", "asks", "silent")
    return [_shown(dict(zip(keys, row, strict=True))) for row in work.session.execute(wanted)]


def _is_middle(response: Any, person_id: Any, programme_id: uuid.UUID) -> Any:
    return (
        (response.person_id == person_id)
        & (response.programme_id == programme_id)
        & (response.moment == SurveyMoment.MIDDLE)
    )


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    lowest = row["lowest"]
    row["value"] = str(row["value"])
    return row | {"lowest": lowest, "asks": bool(row["asks"]), "silent": bool(row["silent"])}
