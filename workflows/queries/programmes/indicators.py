"""The numbers of a programme: facts beside what the methodology asks for, and what changed in people."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select

from models.bases import EntryStatus, MenteeEntry, MentorEntry
from models.meetings import Meeting
from models.pairs import Pair, PairStatus
from models.surveys import SurveyMoment, SurveyResponse
from workflows.queries.definitions import LoadedPack
from workflows.queries.programmes.showing import ProgrammeView
from workflows.records.facts import facts_of
from workflows.work import Work

ENOUGH = 3
"""Of fewer answers nothing is said: one could tell whose they are."""
AIMS = ("full_cycle_share", "satisfied_share", "roadmap_share")
COUNTING, OUTCOME = "counting_rules", "outcome_rules"
_WITHOUT_RULES: Mapping[str, Any] = {
    "counts": "all",
    "silent_after": 14,
    "satisfied_from": 7,
    "partner_forms": (),
}
"""A programme whose methodology has no such table is counted all the same."""
_HIDDEN_WITHOUT_ENOUGH = ("satisfied", "satisfied_share")
_CHANGES = ("mentee_change_middle", "mentee_change", "mentor_change")


@dataclass(frozen=True)
class Numbers:
    """The facts of a programme, the rules by which they were counted, and the aims."""

    facts: Mapping[str, Any]
    rules: Mapping[str, Any]
    aims: Mapping[str, int]


@dataclass(frozen=True)
class Mean:
    """How many answered, and the mean of their answers; none of too few."""

    number: int
    value: float | None


@dataclass(frozen=True)
class SurveyRow:
    """One questionnaire, answered by one role: at the entry, in the middle, at the end, and the change."""

    instrument: str
    role: str
    entry: Mean
    middle: Mean
    exit: Mean
    change: Mean


def get_numbers(work: Work, view: ProgrammeView) -> Numbers:
    """Return the facts of a programme, counted by the rules of its methodology."""
    rules = rules_of(work, view)
    known = {name: rules.get(name, usual) for name, usual in _WITHOUT_RULES.items()}
    facts = facts_of(work, view.id, **known)
    hidden = [*_CHANGES, *(_HIDDEN_WITHOUT_ENOUGH if facts["scored"] < ENOUGH else ())]
    return Numbers(
        {name: None if name in hidden else value for name, value in facts.items()},
        rules,
        aims_of(work, view.pack),
    )


def rules_of(work: Work, view: ProgrammeView) -> Mapping[str, Any]:
    """Ask the methodology how it counts in this variant."""
    if view.pack is None or not view.pack.definitions.has_decision(COUNTING):
        return {}
    variant = {"variant": view.programme.variant}
    found: Mapping[str, Any] | None = view.pack.definitions.decide(COUNTING, variant, now=work.now())
    return found or {}


def aims_of(work: Work, pack: LoadedPack | None) -> dict[str, int]:
    """Find the least share of each indicator with which the methodology still judges as with all of it.

    The table that judges is the organisation's own to change, so it is asked and not read.
    """
    if pack is None or not pack.definitions.has_decision(OUTCOME):
        return {}

    def judge(**changed: int) -> Any:
        facts = dict.fromkeys(AIMS, 100) | changed
        return pack.definitions.decide(OUTCOME, {"facts": facts}, now=work.now())

    best = judge()
    return {aim: _least(judge, aim, best) for aim in AIMS if judge(**{aim: 0}) != best}


def _least(judge: Any, aim: str, best: Any) -> int:
    low, high = 0, 100
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if judge(**{aim: middle}) == best else (middle, high)
    return high


def list_survey_rows(work: Work, programme_id: uuid.UUID) -> list[SurveyRow]:
    """Compare what people said at the entry, in the middle and at the end, each person with themselves."""
    about = func.coalesce(SurveyResponse.about_id, SurveyResponse.person_id)

    def score(moment: SurveyMoment) -> ColumnElement[float]:
        return func.avg(SurveyResponse.score).filter(SurveyResponse.moment == moment)

    each = (
        select(
            SurveyResponse.instrument,
            SurveyResponse.role,
            score(SurveyMoment.ENTRY).label("entry"),
            score(SurveyMoment.MIDDLE).label("middle"),
            score(SurveyMoment.EXIT).label("exit"),
        )
        .where(SurveyResponse.programme_id == programme_id, SurveyResponse.score.is_not(None))
        .group_by(SurveyResponse.instrument, SurveyResponse.role, about)
        .subquery()
    )
    entry, middle, last = each.c.entry, each.c.middle, each.c.exit
    measured = [
        pair for one in (entry, middle, last, last - entry) for pair in (func.count(one), func.avg(one))
    ]
    wanted = (
        select(each.c.instrument, each.c.role, *measured)
        .group_by(each.c.instrument, each.c.role)
        .order_by(each.c.role, each.c.instrument)
    )
    return [
        SurveyRow(row[0], row[1], *(_mean(row[n], row[n + 1]) for n in (2, 4, 6, 8)))
        for row in work.session.execute(wanted)
    ]


def _mean(number: int, value: float | None) -> Mean:
    return Mean(number, round(float(value), 1) if value is not None and number >= ENOUGH else None)


def count_pairs_by_status(work: Work, programme_id: uuid.UUID) -> dict[PairStatus, int]:
    """Count the pairs by what they have come to."""
    wanted = select(Pair.status, func.count()).where(Pair.programme_id == programme_id)
    return dict(work.session.execute(wanted.group_by(Pair.status)).tuples().all())


def count_pairs_by_form(work: Work, programme_id: uuid.UUID) -> dict[str, int]:
    """Count the pairs by form of mentoring, the most frequent first."""
    wanted = select(Pair.form, func.count()).where(Pair.programme_id == programme_id).group_by(Pair.form)
    return dict(work.session.execute(wanted.order_by(func.count().desc(), Pair.form)).tuples().all())


def count_meetings_by_month(work: Work, programme_id: uuid.UUID) -> dict[str, int]:
    """Count the meetings of the pairs by year and month."""
    month = func.to_char(Meeting.held_on, "YYYY-MM")
    wanted = (
        select(month, func.count())
        .join(Pair, Pair.id == Meeting.pair_id)
        .where(Pair.programme_id == programme_id, Meeting.held_on.is_not(None))
        .group_by(month)
        .order_by(month)
    )
    return dict(work.session.execute(wanted).tuples().all())


def count_base(
    work: Work, kind: type[MenteeEntry | MentorEntry], programme_id: uuid.UUID
) -> dict[EntryStatus, int]:
    """Count the people of a base by what they have come to."""
    wanted = select(kind.status, func.count()).where(kind.programme_id == programme_id)
    return dict(work.session.execute(wanted.group_by(kind.status)).tuples().all())
