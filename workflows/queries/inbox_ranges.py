"""The statements of the inbox, put together of ranges of indexes, once for each combination of them."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import (
    UUID,
    ColumnElement,
    DateTime,
    FromClause,
    Integer,
    Select,
    String,
    Subquery,
    Table,
    and_,
    bindparam,
    func,
    or_,
    select,
    true,
    tuple_,
    union_all,
)

from models.cases import CaseStatus
from models.organisations import Organisation
from models.tasks import TaskOffer, TaskStatus
from workflows.queries.held import CASE, TASK

_ORGANISATION = cast(Table, Organisation.__table__)
_OFFER = cast(Table, TaskOffer.__table__)

SHOWN = (
    "id",
    "case_id",
    "organisation_id",
    "process",
    "element",
    "name",
    "case_title",
    "role",
    "opened_at",
    "due_at",
    "assignee_id",
    "delegated_by_id",
)
_COLUMNS = tuple(TASK.c[name] for name in SHOWN)
_IS_OPEN = TASK.c.status == TaskStatus.OPEN
_DATE = DateTime(timezone=True)


class Way(StrEnum):
    """How tasks reach somebody."""

    MINE = "mine"
    OFFERED = "offered"
    ROLE = "role"
    BRANCH = "branch"


class After(StrEnum):
    """Where a page begins: at the top, after a task with a due date, after one without."""

    TOP = "top"
    DATED = "dated"
    UNDATED = "undated"


@dataclass(frozen=True)
class _Range:
    """A range of an index, with the columns that order it."""

    source: FromClause
    condition: ColumnElement[bool]
    due_at: ColumnElement[datetime | None]
    task_id: ColumnElement[uuid.UUID]
    each: Subquery | None = None
    """The organisations of a branch: the range is read once in each of them."""

    def limited(self, chosen: Select[Any], limit: ColumnElement[int]) -> Select[Any]:
        """Read no more than this of the range, in each organisation."""
        if self.each is None:
            return select(chosen.limit(limit).subquery())
        inner = chosen.correlate(self.each).limit(limit).lateral()
        return select(inner).select_from(self.each.join(inner, true()))


@lru_cache(maxsize=256)
def page_of(ways: tuple[Way, ...], after: After, words: int) -> Select[Any]:
    """Read the first tasks of all ways in the order of the list."""
    ranges = list(_ranges(ways))
    parts = [_ordered(one, where, words) for one in ranges for where in _following(one, after)]
    found = union_all(*parts).subquery()
    page = _in_order(select(found), found).limit(_limit()).subquery()
    # Only the tasks of the page are joined to their cases, however many there are besides.
    is_paused = (CASE.c.status == CaseStatus.SUSPENDED).label("is_paused")
    return _in_order(select(page, is_paused).join(CASE, CASE.c.id == page.c.case_id), page)


def _in_order(chosen: Select[Any], found: Subquery) -> Select[Any]:
    return chosen.order_by(found.c.due_at.asc().nulls_last(), found.c.id)


@lru_cache(maxsize=256)
def count_of(ways: tuple[Way, ...], words: int) -> Select[Any]:
    """Count the tasks of all ways, but no further than the limit."""
    parts = [_counted(one, words) for one in _ranges(ways)]
    first = select(union_all(*parts).subquery()).limit(_limit()).subquery()
    return select(func.count()).select_from(first)


def _ranges(ways: tuple[Way, ...]) -> Iterator[_Range]:
    for place, way in enumerate(ways):
        yield _RANGES[way](place)


def _mine(_place: int) -> _Range:
    mine = and_(TASK.c.assignee_id == _given("person_id", UUID()), _IS_OPEN)
    return _Range(TASK, mine, TASK.c.due_at, TASK.c.id)


def _offered(_place: int) -> _Range:
    source = _OFFER.join(TASK, TASK.c.id == _OFFER.c.task_id)
    mine = _OFFER.c.person_id == _given("person_id", UUID())
    return _Range(source, mine, _OFFER.c.due_at, _OFFER.c.task_id)


def _role(place: int) -> _Range:
    return _waiting(place, TASK.c.organisation_id == _given(f"organisation_{place}", UUID()))


def _branch(place: int) -> _Range:
    begins = _given(f"path_{place}", String())
    branch = select(_ORGANISATION.c.id).where(_ORGANISATION.c.path.like(begins)).subquery()
    return _waiting(place, TASK.c.organisation_id == branch.c.id, branch)


def _waiting(place: int, here: ColumnElement[bool], each: Subquery | None = None) -> _Range:
    waits = and_(here, TASK.c.pool_role == _given(f"role_{place}", String()), _IS_OPEN)
    return _Range(TASK, waits, TASK.c.due_at, TASK.c.id, each)


_RANGES: dict[Way, Callable[[int], _Range]] = {
    Way.MINE: _mine,
    Way.OFFERED: _offered,
    Way.ROLE: _role,
    Way.BRANCH: _branch,
}


def _following(one: _Range, after: After) -> Iterator[ColumnElement[bool]]:
    """Split what follows a place into ranges of the index: dates that are later, then tasks without one."""
    due_at, id_ = _given("after_due_at", _DATE), _given("after_id", UUID())
    if after is After.TOP:
        yield true()
    elif after is After.UNDATED:
        yield and_(one.due_at.is_(None), one.task_id > id_)
    else:
        yield tuple_(one.due_at, one.task_id) > tuple_(due_at, id_)
        yield one.due_at.is_(None)


def _ordered(one: _Range, where: ColumnElement[bool], words: int) -> Select[Any]:
    chosen = select(*_COLUMNS).select_from(one.source).where(one.condition, where, *_matches(words))
    return one.limited(chosen.order_by(one.due_at.asc().nulls_last(), one.task_id), _limit())


def _counted(one: _Range, words: int) -> Select[Any]:
    chosen = select(one.task_id.label("id")).select_from(one.source)
    return one.limited(chosen.where(one.condition, *_matches(words)), _limit())


def _matches(words: int) -> Iterator[ColumnElement[bool]]:
    for place in range(words):
        pattern = _given(f"word_{place}", String())
        yield or_(TASK.c.name.ilike(pattern, escape="\\"), TASK.c.case_title.ilike(pattern, escape="\\"))


def _limit() -> ColumnElement[int]:
    return bindparam("limit", type_=Integer())


def _given(name: str, kind: Any) -> ColumnElement[Any]:
    return bindparam(name, type_=kind)
