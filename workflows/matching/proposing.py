"""A proposal for a whole cohort, with reasons; and candidates for one mentee who is still looked after."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from workflows.matching.assigning import Spot, Task, assign
from workflows.matching.cohort import Cohort, Wish
from workflows.matching.reasons import (
    Reason,
    speak_against,
    speak_for,
    why_mentee_is_left,
    why_mentor_is_left,
)
from workflows.matching.rules import Rules
from workflows.matching.scoring import Scores, score

Progress = Callable[[float, str], None]
NOBODY = Wish()


@dataclass(frozen=True, slots=True)
class Proposed:
    """Two people who are proposed to each other."""

    mentee: str
    mentor: str
    form: str
    is_group: bool
    is_pinned: bool
    score: float
    reasons: list[Reason]
    against: list[Reason]


@dataclass(frozen=True, slots=True)
class LeftOver:
    """Somebody who got nobody, and why."""

    key: str
    side: str
    reasons: list[Reason]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is proposed for a cohort, and who is left over."""

    pairs: tuple[Proposed, ...]
    left_over: tuple[LeftOver, ...]


def propose(cohort: Cohort, rules: Mapping[str, Rules], progress: Progress | None = None) -> Outcome:
    """Propose what is best for the cohort as a whole; the same cohort gives the same proposal."""
    say = progress or (lambda _share, _step: None)
    say(0.0, "scoring")
    known = {one.form: rules.get(one.form, Rules()) for one in cohort.mentees}
    scores = score(cohort, known)
    say(0.3, "assigning")
    spots = assign(_task(cohort, known, scores))
    say(0.7, "explaining")
    loads = Counter(column for _row, column in spots)
    pairs = tuple(_proposed(cohort, known, scores, spot, loads[spot[1]]) for spot in spots)
    outcome = Outcome(pairs, _left_over(cohort, scores, spots))
    say(1.0, "done")
    return outcome


def list_candidates(cohort: Cohort, rules: Rules, mentee: str, limit: int = 10) -> list[Proposed]:
    """List the mentors with room who fit one mentee, the best first."""
    own = next(one for one in cohort.mentees if one.key == mentee)
    small = replace(cohort, mentees=(own,))
    scores = score(small, {own.form: rules})
    open_to = [n for n, one in enumerate(cohort.mentors) if scores.admissible[0, n] and one.capacity > 0]
    best = sorted(open_to, key=lambda column: (-scores.total[0, column], column))[:limit]
    return [
        _proposed(small, {own.form: rules}, scores, (0, column), cohort.mentors[column].has_mentees + 1)
        for column in best
    ]


def _task(cohort: Cohort, rules: Mapping[str, Rules], scores: Scores) -> Task:
    of = [rules[one.form] for one in cohort.mentees]
    is_group = [one.form in cohort.groups for one in cohort.mentees]
    return Task(
        total=scores.total,
        admissible=scores.admissible,
        capacity=[one.capacity for one in cohort.mentors],
        wanted=[max(0, one.most_mentors - one.has_mentors) for one in cohort.mentees],
        had=[one.has_mentors for one in cohort.mentees],
        # A group is meant to be full; elsewhere the mentees are spread.
        load=[0.0 if group else own.load for group, own in zip(is_group, of, strict=True)],
        loaded=[one.has_mentees for one in cohort.mentors],
        pins=_pins(cohort, scores),
        least={row: of[row].least_mentees for row, group in enumerate(is_group) if group},
        families=[one.form for one in cohort.mentees],
    )


def _pins(cohort: Cohort, scores: Scores) -> frozenset[Spot]:
    """Keep what is pinned, unless something has come in its way since, which no pin can remove."""
    rows = {one.key: row for row, one in enumerate(cohort.mentees)}
    columns = {one.key: column for column, one in enumerate(cohort.mentors)}
    spots = {(rows[a], columns[b]) for a, b in cohort.pinned if a in rows and b in columns}
    return frozenset(spot for spot in spots if scores.admissible[spot])


def _proposed(cohort: Cohort, rules: Mapping[str, Rules], scores: Scores, spot: Spot, load: int) -> Proposed:
    mentee, mentor = cohort.mentees[spot[0]], cohort.mentors[spot[1]]
    two = mentee.key, mentor.key
    wish, is_pinned = cohort.wishes.get(two, NOBODY), two in cohort.pinned
    own = rules[mentee.form]
    is_group = mentee.form in cohort.groups
    return Proposed(
        mentee=mentee.key,
        mentor=mentor.key,
        form=mentee.form,
        is_group=is_group,
        is_pinned=is_pinned,
        score=round(float(scores.total[spot]), 3),
        reasons=speak_for(mentee, mentor, wish, own, is_pinned=is_pinned),
        against=speak_against(mentee, mentor, wish, own, 0 if is_group else load),
    )


def _left_over(cohort: Cohort, scores: Scores, spots: list[Spot]) -> tuple[LeftOver, ...]:
    rows, columns = {row for row, _ in spots}, {column for _, column in spots}
    mentees = (
        LeftOver(one.key, "mentee", why_mentee_is_left(cohort, scores, row, one.form in cohort.groups))
        for row, one in enumerate(cohort.mentees)
        if row not in rows and one.has_mentors == 0
    )
    mentors = (
        LeftOver(one.key, "mentor", why_mentor_is_left(cohort, scores, column))
        for column, one in enumerate(cohort.mentors)
        if column not in columns and one.capacity > 0 and one.has_mentees == 0
    )
    return (*mentees, *mentors)
