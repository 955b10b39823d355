"""The statements of the inbox, put together of ranges of indexes, once for each combination of them."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, cast

from sqlalchemy import (
    ARRAY,
    UUID,
    ColumnElement,
    DateTime,
    FromClause,
    Integer,
    Select,
    String,
    Subquery,
    Table,
    all_,
    and_,
    any_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    true,
    tuple_,
    union_all,
)

from models.cases import CaseStatus
from models.organisations import Organisation
from models.prepared import Prepared
from models.tasks import TaskOffer, TaskStatus
from workflows.queries.held import CASE, TASK
from workflows.queries.inbox_filters import CONDITIONS, VALUES, Order

_ORGANISATION = cast(Table, Organisation.__table__)
_OFFER = cast(Table, TaskOffer.__table__)
_LAST = TASK.alias("last")

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
    "follow_up_on",
    "assignee_id",
    "delegated_by_id",
)
_COLUMNS = tuple(TASK.c[name] for name in SHOWN)
_IS_OPEN = TASK.c.status == TaskStatus.OPEN
_DATE = DateTime(timezone=True)
_NEVER = literal_column("'infinity'::timestamptz", _DATE)
_KEYS: dict[Order, str] = {
    Order.NEWEST: "opened_at",
    Order.PAIR: "case_title",
    Order.KIND: "name",
    Order.STAGE: "process",
}


class Way(StrEnum):
    """How tasks reach somebody, and how those who oversee come to see them."""

    MINE = "mine"
    OFFERED = "offered"
    ROLE = "role"
    BRANCH = "branch"
    GIVEN = "given"
    """Somebody else does it at one's request; one answers for it still."""
    STOOD_FOR = "stood_for"
    """It is somebody's for whom one stands in."""
    STOOD_FOR_OFFERED = "stood_for_offered"
    PLACE = "place"
    PLACES = "places"


class After(StrEnum):
    """Where a page begins: at the top, after a task with a due date, after one without."""

    TOP = "top"
    DATED = "dated"
    UNDATED = "undated"


@dataclass(frozen=True)
class Shape:
    """What makes one statement another: the ways with the places of their values, and the conditions."""

    ways: tuple[tuple[Way, int], ...]
    words: int = 0
    filters: frozenset[str] = frozenset()
    order: Order = Order.DUE


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


@lru_cache(maxsize=512)
def page_of(shape: Shape, after: After) -> Select[Any]:
    """Read the first tasks of all ways in the order of the list."""
    ranges = list(_ranges(shape))
    parts = [_ordered(one, where, shape) for one in ranges for where in _following(one, after, shape.order)]
    found = union_all(*parts).subquery()
    page = select(found).order_by(*_by(shape.order, found.c)).limit(_limit()).subquery()
    # Only the tasks of the page are joined to their cases, however many there are besides.
    is_paused = (CASE.c.status == CaseStatus.SUSPENDED).label("is_paused")
    whole = select(page, is_paused).join(CASE, CASE.c.id == page.c.case_id)
    return whole.order_by(*_by(shape.order, page.c))


def _by(order: Order, columns: Any) -> tuple[ColumnElement[Any], ...]:
    if order is Order.DUE:
        return (columns.due_at.asc().nulls_last(), columns.id)
    if order is Order.NEWEST:
        return (columns.opened_at.desc(), columns.id.desc())
    return (columns[_KEYS[order]], columns.due_at.asc().nulls_last(), columns.id)


@lru_cache(maxsize=512)
def count_of(shape: Shape, limit: str = "limit") -> Select[Any]:
    """Count the tasks of all ways, but no further than the limit."""
    most = bindparam(limit, type_=Integer())
    parts = [_counted(one, shape, most) for one in _ranges(shape)]
    first = select(union_all(*parts).subquery()).limit(most).subquery()
    return select(func.count()).select_from(first)


@lru_cache(maxsize=256)
def counts_of(shapes: tuple[tuple[str, Shape], ...], whole: Shape) -> Prepared:
    """Count several lists at once, none further than the limit, and the whole of one up to its own."""
    total = count_of(whole, "total_limit").scalar_subquery().label("shown")
    counts = (count_of(shape).scalar_subquery().label(name) for name, shape in shapes)
    return Prepared(select(total, *counts), spare=VALUES)


@lru_cache(maxsize=256)
def choices_of(shape: Shape) -> Select[Any]:
    """Read what tells the first tasks of all ways apart: by that they can be filtered."""
    names = ("case_id", "case_title", "process", "element", "name", "role")
    parts = []
    for one in _ranges(shape):
        chosen = select(*(TASK.c[name] for name in names)).select_from(one.source)
        parts.append(one.limited(chosen.where(one.condition, *_conditions(shape)), _limit()))
    found = union_all(*parts).subquery()
    return select(found).distinct().limit(_limit())


def _ranges(shape: Shape) -> Iterator[_Range]:
    for way, place in shape.ways:
        yield _RANGES[way](place)


def _mine(place: int) -> _Range:
    mine = and_(TASK.c.assignee_id == _given(f"person_{place}", UUID()), _IS_OPEN)
    return _Range(TASK, mine, TASK.c.due_at, TASK.c.id)


def _offered(place: int) -> _Range:
    source = _OFFER.join(TASK, TASK.c.id == _OFFER.c.task_id)
    mine = _OFFER.c.person_id == _given(f"person_{place}", UUID())
    return _Range(source, mine, _OFFER.c.due_at, _OFFER.c.task_id)


def _stood_for_offered(place: int) -> _Range:
    """What is offered to somebody one stands in for, unless it is there already by another way."""
    offered, other = _offered(place), _OFFER.alias(f"other_{place}")
    known = any_(_given(f"known_{place}", ARRAY(UUID())))
    is_known = select(1).where(other.c.task_id == _OFFER.c.task_id, other.c.person_id == known).exists()
    return _Range(offered.source, and_(offered.condition, ~is_known), offered.due_at, offered.task_id)


def _given_to_others(place: int) -> _Range:
    asked = TASK.c.delegated_by_id == _given(f"person_{place}", UUID())
    elsewhere = TASK.c.assignee_id != all_(_given(f"known_{place}", ARRAY(UUID())))
    return _Range(TASK, and_(asked, elsewhere, _IS_OPEN), TASK.c.due_at, TASK.c.id)


def _role(place: int) -> _Range:
    return _waiting(place, TASK.c.organisation_id == _given(f"organisation_{place}", UUID()))


def _branch(place: int) -> _Range:
    branch = _branch_of(place)
    return _waiting(place, TASK.c.organisation_id == branch.c.id, branch)


def _branch_of(place: int) -> Subquery:
    begins = _given(f"path_{place}", String())
    return select(_ORGANISATION.c.id).where(_ORGANISATION.c.path.like(begins)).subquery()


def _waiting(place: int, here: ColumnElement[bool], each: Subquery | None = None) -> _Range:
    waits = and_(here, TASK.c.pool_role == _given(f"role_{place}", String()), _IS_OPEN)
    return _Range(TASK, waits, TASK.c.due_at, TASK.c.id, each)


def _place(place: int) -> _Range:
    here = TASK.c.organisation_id == _given(f"organisation_{place}", UUID())
    return _Range(TASK, and_(here, _IS_OPEN), TASK.c.due_at, TASK.c.id)


def _places(place: int) -> _Range:
    branch = _branch_of(place)
    here = TASK.c.organisation_id == branch.c.id
    return _Range(TASK, and_(here, _IS_OPEN), TASK.c.due_at, TASK.c.id, branch)


_RANGES: dict[Way, Callable[[int], _Range]] = {
    Way.MINE: _mine,
    Way.OFFERED: _offered,
    Way.ROLE: _role,
    Way.BRANCH: _branch,
    Way.GIVEN: _given_to_others,
    Way.STOOD_FOR: _mine,
    Way.STOOD_FOR_OFFERED: _stood_for_offered,
    Way.PLACE: _place,
    Way.PLACES: _places,
}


def _following(one: _Range, after: After, order: Order) -> Iterator[ColumnElement[bool]]:
    """Split what follows a place into ranges of the index: dates that are later, then tasks without one."""
    due_at, id_ = _given("after_due_at", _DATE), _given("after_id", UUID())
    if after is After.TOP:
        yield true()
    elif order is Order.NEWEST:
        yield tuple_(TASK.c.opened_at, one.task_id) < tuple_(_last(order), id_)
    elif order is not Order.DUE:
        own = tuple_(TASK.c[_KEYS[order]], func.coalesce(one.due_at, _NEVER), one.task_id)
        yield own > tuple_(_last(order), func.coalesce(due_at, _NEVER), id_)
    elif after is After.UNDATED:
        yield and_(one.due_at.is_(None), one.task_id > id_)
    else:
        yield tuple_(one.due_at, one.task_id) > tuple_(due_at, id_)
        yield one.due_at.is_(None)


def _last(order: Order) -> ColumnElement[Any]:
    """Read by what the last task of the page before was put in order."""
    return select(_LAST.c[_KEYS[order]]).where(_LAST.c.id == _given("after_id", UUID())).scalar_subquery()


def _ordered(one: _Range, where: ColumnElement[bool], shape: Shape) -> Select[Any]:
    chosen = select(*_COLUMNS).select_from(one.source).where(one.condition, where, *_conditions(shape))
    if shape.order is Order.DUE:
        return one.limited(chosen.order_by(one.due_at.asc().nulls_last(), one.task_id), _limit())
    return one.limited(chosen.order_by(*_by(shape.order, TASK.c)), _limit())


def _counted(one: _Range, shape: Shape, most: ColumnElement[int]) -> Select[Any]:
    chosen = select(one.task_id.label("id")).select_from(one.source)
    return one.limited(chosen.where(one.condition, *_conditions(shape)), most)


def _conditions(shape: Shape) -> Iterator[ColumnElement[bool]]:
    for place in range(shape.words):
        pattern = _given(f"word_{place}", String())
        yield or_(TASK.c.name.ilike(pattern, escape="\\"), TASK.c.case_title.ilike(pattern, escape="\\"))
    for name in sorted(shape.filters):
        yield CONDITIONS[name]


def _limit() -> ColumnElement[int]:
    return bindparam("limit", type_=Integer())


def _given(name: str, kind: Any) -> ColumnElement[Any]:
    return bindparam(name, type_=kind)
