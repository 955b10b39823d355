"""Scores of everybody with everybody: one matrix for each thing that counts, mentees down, mentors across."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workflows.matching.cohort import Cohort, Mentee, Mentor, Two
from workflows.matching.rules import EITHER, MUTUAL, Rules

Numbers = NDArray[np.float64]
Truths = NDArray[np.bool_]
HIGHER_FORM, ENOUGH_INTERESTS, ENOUGH_TIMES = "learner_learner", 3, 2
OBSTACLES = (
    "other_form",
    "same_person",
    "own_child",
    "kept_apart",
    "forbidden",
    "level_not_higher",
    "experience_not_longer",
    "not_chosen",
)
"""Why two people cannot be a pair at all, the gravest first."""


@dataclass(frozen=True, slots=True)
class Scores:
    """What speaks for each two, in points, and what stands in their way."""

    points: dict[str, Numbers]
    obstacles: dict[str, Truths]
    total: Numbers

    @property
    def admissible(self) -> Truths:
        blocked = np.zeros(self.total.shape, dtype=bool)
        for each in self.obstacles.values():
            blocked |= each
        return ~blocked


def score(cohort: Cohort, rules: dict[str, Rules]) -> Scores:
    """Score everybody with everybody, each mentee by the rules of the own form."""
    shape = len(cohort.mentees), len(cohort.mentors)
    points: dict[str, Numbers] = {}
    obstacles = {name: np.zeros(shape, dtype=bool) for name in OBSTACLES}
    for form in sorted({one.form for one in cohort.mentees}):
        rows = np.array([n for n, one in enumerate(cohort.mentees) if one.form == form], dtype=int)
        block = _Block(cohort, rows, form, rules.get(form, Rules()))
        for name, values in block.points().items():
            points.setdefault(name, np.zeros(shape))[rows] = values
        for name, truths in block.obstacles().items():
            obstacles[name][rows] = truths
    total = np.zeros(shape)
    for values in points.values():
        total += values
    return Scores(points, obstacles, total)


def find_obstacles(cohort: Cohort, rules: Rules, mentee: str, mentor: str) -> list[str]:
    """List what stands in the way of two people."""
    one = next(each for each in cohort.mentees if each.key == mentee)
    other = next(each for each in cohort.mentors if each.key == mentor)
    small = Cohort((one,), (other,), cohort.wishes, cohort.pinned, cohort.forbidden, cohort.apart)
    found = score(small, {one.form: rules}).obstacles
    return [name for name in OBSTACLES if found[name].any()]


class _Block:
    """The mentees of one form with all mentors."""

    def __init__(self, cohort: Cohort, rows: NDArray[np.int_], form: str, rules: Rules) -> None:
        self.mentees = [cohort.mentees[row] for row in rows]
        self.mentors = cohort.mentors
        self.cohort, self.form, self.rules = cohort, form, rules
        self.shape = len(self.mentees), len(self.mentors)
        self.by_mentee, self.by_mentor = self._ranks()

    def points(self) -> dict[str, Numbers]:
        """Give the points for everything that counts."""
        rules = self.rules
        waits = np.array([one.has_mentors == 0 for one in self.mentees], dtype=float)
        first = np.array([one.priority for one in self.mentees], dtype=float)
        return {
            "everybody": _down(waits * rules.everybody, self.shape),
            "priority": _down(first * rules.priority, self.shape),
            "wishes": self._wishes(),
            "fit": rules.fit * self._shares(lambda one: one.problems, lambda one: one.helps_with),
            "interests": rules.interests * self._common(lambda one: one.interests, ENOUGH_INTERESTS),
            "times": rules.times * self._common(lambda one: one.times, ENOUGH_TIMES),
            "age": rules.age * self._age_wished(),
            "subject": rules.subject * self._same_subject(),
            "young": rules.young * self._young(),
        }

    def obstacles(self) -> dict[str, Truths]:
        """Say what stands in the way of whom."""
        marks = self._at(self.cohort.forbidden, lambda one: one.key, lambda one: one.key)
        return {
            "other_form": _across([self.form not in one.forms for one in self.mentors], self.shape),
            "same_person": self._met((one.person, one.person) for one in self.mentees),
            "own_child": self._own_children(),
            "kept_apart": self._met(self.cohort.apart),
            "forbidden": marks,
            "level_not_higher": self._level_not_higher(),
            "experience_not_longer": self._experience_not_longer(),
            "not_chosen": self._not_chosen(),
        }

    def _ranks(self) -> tuple[Numbers, Numbers]:
        rows = {one.key: row for row, one in enumerate(self.mentees)}
        columns = {one.key: column for column, one in enumerate(self.mentors)}
        by_mentee, by_mentor = np.full(self.shape, np.inf), np.full(self.shape, np.inf)
        for (mentee, mentor), wish in self.cohort.wishes.items():
            if mentee in rows and mentor in columns:
                spot = rows[mentee], columns[mentor]
                by_mentee[spot] = wish.by_mentee or np.inf
                by_mentor[spot] = wish.by_mentor or np.inf
        return by_mentee, by_mentor

    def _wishes(self) -> Numbers:
        rules = self.rules
        is_mutual = np.isfinite(self.by_mentee) & np.isfinite(self.by_mentor)
        both = np.where(is_mutual, rules.mutual, 0)
        # The second choice counts a half of the first, the third a third.
        own: Numbers = both + rules.mentee_choice / self.by_mentee + rules.mentor_choice / self.by_mentor
        return own

    def _not_chosen(self) -> Truths:
        mentee, mentor = np.isfinite(self.by_mentee), np.isfinite(self.by_mentor)
        if self.rules.needs == MUTUAL:
            return ~(mentee & mentor)
        return ~(mentee | mentor) if self.rules.needs == EITHER else np.zeros(self.shape, dtype=bool)

    def _shares(
        self,
        down: Callable[[Mentee], Sequence[str]],
        across: Callable[[Mentor], Sequence[str]],
    ) -> Numbers:
        found = self._counts(down, across)
        asked = np.array([max(1, len(set(down(one)))) for one in self.mentees], dtype=float)
        shares: Numbers = found / asked[:, None]
        return shares

    def _common(self, of: Callable[[Any], Sequence[str]], enough: int) -> Numbers:
        return np.minimum(self._counts(of, of), enough) / enough

    def _counts(
        self, down: Callable[[Mentee], Sequence[str]], across: Callable[[Mentor], Sequence[str]]
    ) -> Numbers:
        words = sorted({word for one in self.mentees for word in down(one)})
        return _marked(map(down, self.mentees), words) @ _marked(map(across, self.mentors), words).T

    def _age_wished(self) -> Numbers:
        ages = _numbers(one.age for one in self.mentees)[:, None]
        first = _numbers(one.age_from for one in self.mentors)
        last = _numbers(one.age_to for one in self.mentors)
        has_wish = ~(np.isnan(first) & np.isnan(last))
        low, high = np.where(np.isnan(first), -np.inf, first), np.where(np.isnan(last), np.inf, last)
        return ((ages >= low) & (ages <= high) & has_wish).astype(float)

    def _same_subject(self) -> Numbers:
        own = np.array([one.subject.casefold() for one in self.mentees], dtype=object)
        theirs = np.array([one.subject.casefold() for one in self.mentors], dtype=object)
        same: Truths = (own[:, None] == theirs[None, :]) & (own != "")[:, None]
        return np.asarray(same, dtype=float)

    def _young(self) -> Numbers:
        years = _numbers(one.experience_years for one in self.mentees)
        return _down((years <= self.rules.young_up_to).astype(float), self.shape)

    def _level_not_higher(self) -> Truths:
        if not self.rules.higher_level:
            return np.zeros(self.shape, dtype=bool)
        own = _numbers(one.study_level for one in self.mentees)[:, None]
        theirs = _numbers(one.study_level for one in self.mentors)[None, :]
        is_equal = np.array([one.is_equal for one in self.mentees])[:, None]
        # Where a level is not known nobody can say that the mentor's is higher.
        found: Truths = ~(theirs > own) & ~is_equal
        return found

    def _experience_not_longer(self) -> Truths:
        if not self.rules.more_experience:
            return np.zeros(self.shape, dtype=bool)
        own = _numbers(one.experience_years for one in self.mentees)[:, None]
        theirs = _numbers(one.experience_years for one in self.mentors)[None, :]
        found: Truths = theirs <= own
        return found

    def _own_children(self) -> Truths:
        if not self.rules.not_own_child:
            return np.zeros(self.shape, dtype=bool)
        return self._met({(one.person, parent) for one in self.mentees for parent in one.guardians})

    def _met(self, people: Iterable[Two]) -> Truths:
        return self._at(people, lambda one: one.person, lambda one: one.person)

    def _at(
        self, pairs: Iterable[Two], down: Callable[[Mentee], str], across: Callable[[Mentor], str]
    ) -> Truths:
        rows = {down(one): row for row, one in enumerate(self.mentees)}
        columns = {across(one): column for column, one in enumerate(self.mentors)}
        truths = np.zeros(self.shape, dtype=bool)
        for mentee, mentor in pairs:
            if mentee in rows and mentor in columns:
                truths[rows[mentee], columns[mentor]] = True
        return truths


def _marked(lists: Iterable[Sequence[str]], words: Sequence[str]) -> Numbers:
    place = {word: number for number, word in enumerate(words)}
    given = list(lists)
    marks = np.zeros((len(given), len(words)))
    for row, each in enumerate(given):
        marks[row, [place[word] for word in each if word in place]] = 1
    return marks


def _numbers(values: Iterable[int | None]) -> Numbers:
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def _down(values: NDArray[Any], shape: tuple[int, int]) -> Numbers:
    return np.broadcast_to(values[:, None], shape).astype(float)


def _across(values: Sequence[bool], shape: tuple[int, int]) -> Truths:
    return np.broadcast_to(np.array(values, dtype=bool)[None, :], shape).copy()
