"""Operations on timers: let one fire, whether it is due or only if it is."""

import uuid
from typing import Any

from sqlalchemy import Row, Select, select

from models.cases import CaseStatus
from workflows import process
from workflows.access import Permission, require
from workflows.process.parts import TIMER
from workflows.queries.held import CASE, HeldCase, case_from, held_columns, held_from
from workflows.queries.timers import is_due
from workflows.refusals import NotWaiting
from workflows.work import Work


def fire_timer(work: Work, timer_id: uuid.UUID) -> None:
    """Let a timer fire, due or not: its case moves on as the diagram says."""
    row = work.session.connection().execute(_timers().where(TIMER.c.id == timer_id)).one_or_none()
    if row is None:
        raise NotWaiting(act="fire_timer")
    case = case_from(row)
    role = require(work, Permission.TIMER_FIRE, case.subject)
    if case.status is not CaseStatus.RUNNING:
        raise NotWaiting(act="fire_timer")
    _fire(work, case, row, role)


def fire_due_timer(work: Work, timer_id: uuid.UUID) -> bool:
    """Let a timer fire if it is due and nobody is moving its case at this moment; say whether it did."""
    wanted = _timers(skip_locked=True).where(TIMER.c.id == timer_id, is_due(work.now()))
    return _fire_first(work, wanted) is not None


def fire_next_timer(work: Work) -> uuid.UUID | None:
    """Let the timer fire that is due the longest; return its id, or None when none is due.

    A case that somebody else is moving at this moment is left for the next time.
    """
    first = _timers(skip_locked=True).where(is_due(work.now())).order_by(TIMER.c.due_at).limit(1)
    return _fire_first(work, first)


def _fire_first(work: Work, wanted: Select[Any]) -> uuid.UUID | None:
    row = work.session.connection().execute(wanted).one_or_none()
    if row is None:
        return None
    case = case_from(row)
    role = require(work, Permission.TIMER_FIRE, case.subject)
    return _fire(work, case, row, role)


def _timers(*, skip_locked: bool = False) -> Select[Any]:
    return (
        select(*held_columns(), TIMER.c.id.label("timer_id"), TIMER.c.element, TIMER.c.name)
        .select_from(held_from().join(TIMER, TIMER.c.case_id == CASE.c.id))
        .with_for_update(of=(CASE, TIMER), skip_locked=skip_locked)
    )


def _fire(work: Work, case: HeldCase, timer: Row[Any], role: str) -> uuid.UUID:
    timer_id: uuid.UUID = timer.timer_id
    moved = process.fire_timer(work, case, timer_id)
    details = {"element": timer.element, "name": timer.name, "passed": moved.passed}
    process.record(work, case, "timer.fired", role, details, subject=("timer", timer_id), moved=moved)
    return timer_id
