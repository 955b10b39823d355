"""The map of requests: with what the mentees of a programme come, by form of mentoring or by group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select

from models.bases import MenteeEntry, MentorEntry
from models.people import Person
from workflows.access import Permission, can
from workflows.queries.bases.conditions import GONE, is_minor
from workflows.queries.bases.places import BasePlace
from workflows.work import Work

FEWEST_SHOWN = 3
"""Fewer children than this could be told apart by whoever must not read their requests."""


class Across(StrEnum):
    """What stands across the map."""

    FORM = "form"
    GROUP = "group"


@dataclass(frozen=True)
class Cell:
    """How many come with a problem; `None` where so few are children that it is not said."""

    count: int | None

    @property
    def is_hidden(self) -> bool:
        """Say whether there is somebody, but too few to say how many."""
        return self.count is None


@dataclass(frozen=True)
class MapRow:
    """A problem: how many come with it, and how many mentors help with it."""

    problem: str
    cells: Sequence[Cell]
    total: int | None
    mentors: int


@dataclass(frozen=True)
class RequestMap:
    """The whole map, the most frequent problem first."""

    columns: Sequence[str]
    rows: Sequence[MapRow]
    mentees: int
    without_problem: int
    shows_all: bool

    @property
    def most(self) -> int:
        """Return the largest number of a cell, at least one."""
        return max([1, *(cell.count or 0 for row in self.rows for cell in row.cells)])


def get_request_map(work: Work, place: BasePlace, across: Across) -> RequestMap:
    """Count the requests of a programme; the caller has asked for permission."""
    shows_all = can(work, Permission.MENTEE_READ, place.subject)
    counts = _counts(work, place, across)
    helping = _helping(work, place)
    columns = _columns(place, across, {column for _, column in counts})
    problems = sorted({problem for problem, _ in counts}, key=lambda one: (-_total(counts, one), one))
    rows = [_row(problem, columns, counts, helping.get(problem, 0), shows_all) for problem in problems]
    mentees, without = _mentees(work, place)
    return RequestMap(columns, rows, mentees, without if shows_all else 0, shows_all)


Counts = Mapping[tuple[str, str], tuple[int, int]]


def _total(counts: Counts, problem: str) -> int:
    return sum(number for (one, _), (number, _children) in counts.items() if one == problem)


def _row(problem: str, columns: Sequence[str], counts: Counts, mentors: int, shows_all: bool) -> MapRow:
    found = [counts.get((problem, column), (0, 0)) for column in columns]
    cells = [Cell(None if not shows_all and 0 < children < FEWEST_SHOWN else n) for n, children in found]
    # A sum would give away the one number that is not said.
    is_told = not any(cell.is_hidden for cell in cells)
    return MapRow(problem, cells, sum(n for n, _ in found) if is_told else None, mentors)


def _columns(place: BasePlace, across: Across, there: set[str]) -> list[str]:
    if across is Across.GROUP:
        return sorted(there, key=lambda one: (not one, one))
    known = list(place.forms)
    return [*known, *sorted(there - set(known))]


def _counts(work: Work, place: BasePlace, across: Across) -> Counts:
    column: ColumnElement[str] = (
        MenteeEntry.form.expression
        if across is Across.FORM
        else func.coalesce(Person.study_group, "").expression
    )
    asked = (
        select(
            func.unnest(MenteeEntry.problems).label("problem"),
            column.label("across"),
            # One whose age nobody knows may be a child.
            (is_minor(place.today) | Person.born_on.is_(None)).label("is_child"),
        )
        .join(Person, Person.id == MenteeEntry.person_id)
        .where(MenteeEntry.programme_id == place.programme.id, MenteeEntry.status.not_in(GONE))
        .subquery()
    )
    children = func.count().filter(asked.c.is_child)
    wanted = select(asked.c.problem, asked.c.across, func.count(), children)
    rows = work.session.execute(wanted.group_by(asked.c.problem, asked.c.across))
    return {(problem, across_): (number, few) for problem, across_, number, few in rows}


def _helping(work: Work, place: BasePlace) -> dict[str, int]:
    problem = func.unnest(MentorEntry.helps_with).label("problem")
    offered = (
        select(problem)
        .where(MentorEntry.programme_id == place.programme.id, MentorEntry.status.not_in(GONE))
        .subquery()
    )
    wanted = select(offered.c.problem, func.count()).group_by(offered.c.problem)
    return dict(work.session.execute(wanted).tuples().all())


def _mentees(work: Work, place: BasePlace) -> tuple[int, int]:
    wanted = select(func.count(), func.count().filter(func.cardinality(MenteeEntry.problems) == 0)).where(
        MenteeEntry.programme_id == place.programme.id, MenteeEntry.status.not_in(GONE)
    )
    number, without = work.session.execute(wanted).one()
    return number, without
