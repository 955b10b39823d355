"""Operations on timers: let one fire, whether it is due or only if it is."""

import uuid
from typing import Any

from sqlalchemy import Select, bindparam, select

from models.cases import CaseStatus
from models.prepared import Prepared
from workflows import process
from workflows.access import Permission, require
from workflows.process.parts import TIMER
from workflows.queries.held import CASE, HeldCase, case_from, held_columns, held_from
from workflows.queries.timers import is_due
from workflows.refusals import NotWaiting
from workflows.work import Work


def fire_timer(work: Work, timer_id: uuid.UUID) -> None:
    """Let a timer fire, due or not: its case moves on as the diagram says."""
    row = _ONE.find(work.session.connection(), {"timer_id": timer_id})
    if row is None:
        raise NotWaiting(act="fire_timer")
    case = case_from(row)
    role = require(work, Permission.TIMER_FIRE, case.subject)
    if case.status is not CaseStatus.RUNNING:
        raise NotWaiting(act="fire_timer")
    _fire(work, case, row, role)


def fire_due_timer(work: Work, timer_id: uuid.UUID) -> bool:
    """Let a timer fire if it is due and nobody is moving its case at this moment; say whether it did."""
    return (
        _fire_first(work, _DUE.find(work.session.connection(), {"timer_id": timer_id, "now": work.now()}))
        is not None
    )


def fire_next_timer(work: Work) -> uuid.UUID | None:
    """Let the timer fire that is due the longest; return its id, or None when none is due.

    A case that somebody else is moving at this moment is left for the next time.
    """
    return _fire_first(work, _LONGEST_DUE.find(work.session.connection(), {"now": work.now()}))


def _fire_first(work: Work, row: Any) -> uuid.UUID | None:
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


_THIS_ONE = TIMER.c.id == bindparam("timer_id")
_ONE = Prepared(_timers().where(_THIS_ONE))
_IS_DUE = is_due(bindparam("now", type_=TIMER.c.due_at.type))
_DUE = Prepared(_timers(skip_locked=True).where(_THIS_ONE, _IS_DUE))
_LONGEST_DUE = Prepared(_timers(skip_locked=True).where(_IS_DUE).order_by(TIMER.c.due_at).limit(1))


def _fire(work: Work, case: HeldCase, timer: Any, role: str) -> uuid.UUID:
    timer_id: uuid.UUID = timer.timer_id
    moved = process.fire_timer(work, case, timer_id)
    details = {"element": timer.element, "name": timer.name, "passed": moved.passed}
    process.record(work, case, "timer.fired", role, details, subject=("timer", timer_id), moved=moved)
    return timer_id
