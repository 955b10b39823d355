"""Whom each mentee could have instead: every mentor, with points or with what stands in the way."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from workflows.matching.cohort import Cohort
from workflows.matching.rules import Rules
from workflows.matching.scoring import OBSTACLES, Scores, score


@dataclass(frozen=True, slots=True)
class Alternative:
    """A mentor for a mentee: the points, and the gravest thing that stands in the way, if one does."""

    mentor: str
    score: float
    obstacle: str | None


def list_alternatives(
    cohort: Cohort, rules: Mapping[str, Rules], mentees: Collection[str]
) -> dict[str, list[Alternative]]:
    """List for each of these mentees all mentors, those who may be theirs first and the best before others.

    Everything is scored at once, so that a page of mentees costs hardly more than one of them.
    """
    own = tuple(one for one in cohort.mentees if one.key in mentees)
    if not own or not cohort.mentors:
        return {}
    scores = score(replace(cohort, mentees=own), {one.form: rules.get(one.form, Rules()) for one in own})
    return {one.key: _of(cohort, scores, row) for row, one in enumerate(own)}


def _of(cohort: Cohort, scores: Scores, row: int) -> list[Alternative]:
    found = [
        Alternative(one.key, round(float(scores.total[row, column]), 3), _obstacle(scores, row, column))
        for column, one in enumerate(cohort.mentors)
    ]
    return sorted(found, key=lambda one: (one.obstacle is not None, -one.score, one.mentor))


def _obstacle(scores: Scores, row: int, column: int) -> str | None:
    return next((name for name in OBSTACLES if scores.obstacles[name][row, column]), None)
