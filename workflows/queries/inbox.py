"""The inbox: the open tasks of a person, the most urgent first.

Tasks reach a person in three ways: assigned, offered to several participants of a case, or waiting
for a role the person holds. Each way is one range of one index in the order of the list, so that a
page costs the same whether a hundred tasks wait or a hundred thousand; the ranges are disjoint. The
total is counted up to a thousand, for nobody acts on "38 412 tasks" differently than on "1000+".
"""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Row

from workflows.access.reach import BRANCH_ROLES
from workflows.queries.inbox_ranges import After, Way, count_of, page_of
from workflows.work import Role, Work

PAGE = 50
COUNTED = 1000
MOST_WORDS = 5


class Whose(StrEnum):
    """Which tasks to list: those that are mine, those that wait for my roles, or both."""

    MINE = "mine"
    ROLES = "roles"
    ALL = "all"


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
    after: Place | None = None,
    size: int = PAGE,
) -> InboxPage:
    """List the open tasks of the actor by due date, those without one last."""
    asked = _asked(work, whose, search)
    if not asked.ways:
        return InboxPage((), None, 0, is_more=False)
    connection = work.session.connection()
    begins, place = _place(after)
    page = page_of(asked.ways, begins, asked.words)
    found = connection.execute(page, {**asked.values, **place, "limit": size + 1}).all()
    rows = tuple(InboxRow(**row._mapping, is_overdue=_is_overdue(row, work)) for row in found[:size])
    following = Place(rows[-1].due_at, rows[-1].id) if len(found) > size else None
    if after is None and following is None:
        return InboxPage(rows, None, len(rows), is_more=False)
    count = count_of(asked.ways, asked.words)
    total = connection.execute(count, {**asked.values, "limit": COUNTED + 1}).scalar_one()
    return InboxPage(rows, following, min(total, COUNTED), is_more=total > COUNTED)


def _is_overdue(row: Row[Any], work: Work) -> bool:
    return not row.is_paused and row.due_at is not None and row.due_at < work.now()


@dataclass(frozen=True)
class _Asked:
    """Which ways lead to the actor, how many words are sought, and the values of both."""

    ways: tuple[Way, ...]
    words: int
    values: dict[str, Any]


def _asked(work: Work, whose: Whose, search: str) -> _Asked:
    words = search.split()[:MOST_WORDS]
    values: dict[str, Any] = {f"word_{place}": _pattern(word) for place, word in enumerate(words)}
    values["person_id"] = work.actor.person_id
    ways = list(_ways(work, whose)) if work.actor.person_id else []
    for place, (way, role) in enumerate(ways):
        if role is not None and way is Way.BRANCH:
            values |= {f"path_{place}": f"{role.path}%", f"role_{place}": role.name}
        elif role is not None:
            values |= {f"organisation_{place}": role.organisation_id, f"role_{place}": role.name}
    return _Asked(tuple(way for way, _ in ways), len(words), values)


def _ways(work: Work, whose: Whose) -> Iterator[tuple[Way, Role | None]]:
    if whose in (Whose.MINE, Whose.ALL):
        yield Way.MINE, None
    if whose in (Whose.ROLES, Whose.ALL):
        yield Way.OFFERED, None
        for role in _roles(work):
            yield Way.BRANCH if role.name in BRANCH_ROLES else Way.ROLE, role


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
