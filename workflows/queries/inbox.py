"""The inbox: the open tasks of a person, the most urgent first.

Tasks reach a person in three ways: assigned, offered to several participants of a case, or waiting
for a role the person holds. Each way is one range of one index in the order of the list, so that a
page costs the same whether a hundred tasks wait or a hundred thousand; the ranges are disjoint. The
total is counted up to a thousand, for nobody acts on "38 412 tasks" differently than on "1000+".
"""

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row

from workflows.access.reach import BRANCH_ROLES
from workflows.access.rules import OVERSEERS
from workflows.queries.inbox_filters import Due, Filters, Order
from workflows.queries.inbox_ranges import After, Shape, Way, choices_of, count_of, counts_of, page_of
from workflows.work import Role, Work

__all__ = [
    "COUNTED",
    "PAGE",
    "Due",
    "Filters",
    "InboxPage",
    "InboxRow",
    "Order",
    "Place",
    "Whose",
    "count_lists",
    "list_choices",
    "list_inbox",
]

PAGE = 50
COUNTED = 1000
MOST_WORDS = 5
MOST_ON_A_BADGE = 99
MOST_CHOICES = 1000


class Whose(StrEnum):
    """Which tasks to list: those that are mine, those that wait for my roles, those I asked others to do."""

    MINE = "mine"
    ROLES = "roles"
    GIVEN = "given"
    ALL = "all"
    SEEN = "seen"
    """Everything that waits in the organisations that I oversee, whoever has it."""


@dataclass(frozen=True)
class Place:
    """After which task the next page begins."""

    due_at: datetime | None
    id: uuid.UUID


@dataclass(frozen=True)
class InboxRow:
    """One task of the inbox."""

    id: uuid.UUID
    case_id: uuid.UUID
    organisation_id: uuid.UUID
    process: str
    element: str
    name: str
    case_title: str
    role: str
    opened_at: datetime
    due_at: datetime | None
    follow_up_on: date | None
    assignee_id: uuid.UUID | None
    delegated_by_id: uuid.UUID | None
    is_paused: bool
    """Its case stands still, and its deadline will be later by as long as that lasts."""
    is_overdue: bool


@dataclass(frozen=True)
class InboxPage:
    """A page of the inbox; `total` is exact unless `is_more` says that there are more than that."""

    rows: tuple[InboxRow, ...]
    next: Place | None
    total: int
    is_more: bool


def list_inbox(
    work: Work,
    whose: Whose = Whose.ALL,
    *,
    search: str = "",
    filters: Filters = Filters(),
    after: Place | None = None,
    size: int = PAGE,
    is_counted: bool = True,
) -> InboxPage:
    """List the open tasks of the actor by due date, those without one last, or in the order asked for."""
    asked = _asked(work, whose, search, filters)
    if not asked.shape.ways:
        return InboxPage((), None, 0, is_more=False)
    connection = work.session.connection()
    begins, place = _place(after)
    page = page_of(asked.shape, begins)
    found = connection.execute(page, {**asked.values, **place, "limit": size + 1}).all()
    rows = tuple(InboxRow(**row._mapping, is_overdue=_is_overdue(row, work)) for row in found[:size])
    following = Place(rows[-1].due_at, rows[-1].id) if len(found) > size else None
    if not is_counted or (after is None and following is None):
        return InboxPage(rows, following, len(rows), is_more=False)
    count = count_of(asked.shape)
    total = connection.execute(count, {**asked.values, "limit": COUNTED + 1}).scalar_one()
    return InboxPage(rows, following, min(total, COUNTED), is_more=total > COUNTED)


def count_lists(work: Work, whose: Whose, search: str, filters: Filters) -> dict[str, int]:
    """Count the list that is "shown", what stands under each tab, and what presses under this one.

    All in one statement: the first up to a thousand, the others no further than a badge says.
    """
    ways, asked = list(_every_way(work)), _asked(work, whose, search, filters)
    shapes = [(one.value, Shape(_chosen(ways, one))) for one in Whose]
    own = _chosen(ways, whose)
    shapes += [(due.value, Shape(own, filters=frozenset({due.value}))) for due in _ON_BADGES]
    wanted = tuple((name, shape) for name, shape in shapes if shape.ways)
    if not asked.shape.ways:
        return {"shown": 0}
    values = asked.values | filters.values(work.now())
    values |= {"limit": MOST_ON_A_BADGE + 1, "total_limit": COUNTED + 1}
    found: dict[str, int] = counts_of(wanted, asked.shape).find(work.session.connection(), values)._asdict()
    return found


_ON_BADGES = (Due.OVERDUE, Due.TODAY, Due.AGAIN)


@dataclass(frozen=True)
class Choice:
    """What tells tasks apart: by that they can be filtered."""

    case_id: uuid.UUID
    case_title: str
    process: str
    element: str
    name: str
    role: str


def list_choices(work: Work, whose: Whose) -> list[Choice]:
    """List what the first tasks of a list are about, to choose filters from."""
    ways = list(_every_way(work))
    shape = Shape(_chosen(ways, whose))
    if not shape.ways:
        return []
    found = work.session.connection().execute(choices_of(shape), {**_values(ways), "limit": MOST_CHOICES})
    return [Choice(*row) for row in found]


def sees_more(work: Work) -> bool:
    """Say whether the actor oversees tasks that wait for others."""
    return any(role.name in OVERSEERS for role in work.actor.roles)


def _is_overdue(row: Row[Any], work: Work) -> bool:
    return not row.is_paused and row.due_at is not None and row.due_at < work.now()


@dataclass(frozen=True)
class _Asked:
    """The shape of the statement that is asked for, and the values it is given."""

    shape: Shape
    values: dict[str, Any]


def _asked(work: Work, whose: Whose, search: str, filters: Filters) -> _Asked:
    words = search.split()[:MOST_WORDS]
    ways = list(_every_way(work))
    values = {f"word_{place}": _pattern(word) for place, word in enumerate(words)}
    values |= _values(ways)
    if filters.names:
        values |= filters.values(work.now())
    return _Asked(Shape(_chosen(ways, whose), len(words), filters.names, filters.order), values)


@dataclass(frozen=True)
class _OneWay:
    """A way that leads to the actor, and the values by which it does."""

    way: Way
    of: tuple[Whose, ...]
    values: dict[str, Any]


def _chosen(ways: Iterable[_OneWay], whose: Whose) -> tuple[tuple[Way, int], ...]:
    return tuple((one.way, place) for place, one in enumerate(ways) if whose in one.of)


def _values(ways: Iterable[_OneWay]) -> dict[str, Any]:
    return {f"{name}_{place}": value for place, one in enumerate(ways) for name, value in one.values.items()}


_MINE, _FREE = (Whose.MINE, Whose.ALL), (Whose.ROLES, Whose.ALL)


def _every_way(work: Work) -> Iterator[_OneWay]:
    """List all ways in a fixed order, so that several lists can be counted in one statement."""
    me, stood_for = work.actor.person_id, work.actor.stands_for
    if me is None:
        return
    yield _OneWay(Way.MINE, _MINE, {"person": me})
    yield _OneWay(Way.OFFERED, _FREE, {"person": me})
    for place, person_id in enumerate(stood_for):
        yield _OneWay(Way.STOOD_FOR, _MINE, {"person": person_id})
        known = [me, *stood_for[:place]]
        yield _OneWay(Way.STOOD_FOR_OFFERED, _FREE, {"person": person_id, "known": known})
    yield _OneWay(Way.GIVEN, (Whose.GIVEN, Whose.ALL), {"person": me, "known": list(stood_for)})
    for role in _roles(work):
        if role.name in BRANCH_ROLES:
            yield _OneWay(Way.BRANCH, _FREE, {"path": f"{role.path}%", "role": role.name})
        else:
            yield _OneWay(Way.ROLE, _FREE, {"organisation": role.organisation_id, "role": role.name})
    yield from _overseen(work)


def _overseen(work: Work) -> Iterator[_OneWay]:
    """List the branches and the organisations that the actor oversees, each once."""
    roles = [role for role in work.actor.roles if role.name in OVERSEERS]
    branches = {role.path for role in roles if role.name in BRANCH_ROLES}
    tops = sorted(path for path in branches if not any(_is_above(other, path) for other in branches))
    for path in tops:
        yield _OneWay(Way.PLACES, (Whose.SEEN,), {"path": f"{path}%"})
    places = {role.organisation_id for role in roles if not role.path.startswith(tuple(tops))}
    for organisation_id in sorted(places):
        yield _OneWay(Way.PLACE, (Whose.SEEN,), {"organisation": organisation_id})


def _is_above(other: str, path: str) -> bool:
    return other != path and path.startswith(other)


def _roles(work: Work) -> list[Role]:
    """List the roles of the actor without those that another of them reaches anyway."""
    roles = sorted(set(work.actor.roles), key=lambda role: (role.name, role.path))
    return [role for role in roles if not any(_reaches(other, role) for other in roles)]


def _reaches(other: Role, role: Role) -> bool:
    is_same = other.name == role.name and other.name in BRANCH_ROLES
    return is_same and other.path != role.path and role.path.startswith(other.path)


def _pattern(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _place(after: Place | None) -> tuple[After, dict[str, Any]]:
    if after is None:
        return After.TOP, {}
    values = {"after_id": after.id, "after_due_at": after.due_at}
    return (After.DATED if after.due_at else After.UNDATED), values
