"""Read which timers are due."""

import uuid
from datetime import datetime
from typing import cast

from sqlalchemy import ColumnElement, Table, select

from models.cases import CaseStatus
from models.waiting import Timer
from workflows.queries.held import CASE
from workflows.work import Work

_TIMER = cast(Table, Timer.__table__)


def is_due(now: datetime) -> ColumnElement[bool]:
    """Say that a timer has to fire now; timers are joined to their cases."""
    return (_TIMER.c.due_at <= now) & ~_TIMER.c.is_paused & (CASE.c.status == CaseStatus.RUNNING)


def earliest_due() -> ColumnElement[datetime]:
    """Return when the next timer has to fire, for a query that asks for more than that."""
    running = (CASE.c.status == CaseStatus.RUNNING) & ~_TIMER.c.is_paused
    earliest = select(_TIMER.c.due_at).join(CASE, CASE.c.id == _TIMER.c.case_id).where(running)
    return earliest.order_by(_TIMER.c.due_at).limit(1).scalar_subquery()


def list_due_timers(work: Work, *, limit: int) -> list[uuid.UUID]:
    """List the timers that are due, the longest first."""
    due = select(_TIMER.c.id).join(CASE, CASE.c.id == _TIMER.c.case_id).where(is_due(work.now()))
    return list(work.session.scalars(due.order_by(_TIMER.c.due_at, _TIMER.c.id).limit(limit)))
