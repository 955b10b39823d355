"""Read which timers are due."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from sqlalchemy import ColumnElement, Table, bindparam, select

from models.cases import CaseStatus
from models.organisations import Moment
from models.waiting import Timer
from workflows.queries.held import CASE
from workflows.work import Work

_TIMER = cast(Table, Timer.__table__)


def is_due(now: Moment) -> ColumnElement[bool]:
    """Say that a timer has to fire now; timers are joined to their cases."""
    return (_TIMER.c.due_at <= now) & ~_TIMER.c.is_paused & (CASE.c.status == CaseStatus.RUNNING)


def earliest_due() -> ColumnElement[datetime]:
    """Return when the next timer has to fire, for a query that asks for more than that."""
    running = (CASE.c.status == CaseStatus.RUNNING) & ~_TIMER.c.is_paused
    earliest = select(_TIMER.c.due_at).join(CASE, CASE.c.id == _TIMER.c.case_id).where(running)
    return earliest.order_by(_TIMER.c.due_at).limit(1).scalar_subquery()


@dataclass(frozen=True, slots=True)
class DueTimer:
    """A timer that is due, and its case."""

    id: uuid.UUID
    process: str
    case_title: str


_DUE = (
    select(_TIMER.c.id, CASE.c.process, CASE.c.title)
    .join_from(_TIMER, CASE, CASE.c.id == _TIMER.c.case_id)
    .where(is_due(bindparam("now", type_=_TIMER.c.due_at.type)))
    .order_by(_TIMER.c.due_at, _TIMER.c.id)
    .limit(bindparam("limit"))
)


def list_due_timers(work: Work, *, limit: int) -> list[DueTimer]:
    """List the timers that are due, the longest first."""
    given = {"now": work.now(), "limit": limit}
    return [DueTimer(*row) for row in work.session.connection().execute(_DUE, given)]
