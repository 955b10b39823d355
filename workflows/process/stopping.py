"""A case that stands still, goes on, or is over before its end.

While a case is suspended its clock stands still too: its timers are paused and its tasks closed to
people. When it goes on, what was due in three days is due in three days again. A holiday of two
months would otherwise let every reminder and every escalation go off on the first day of school.
"""

import uuid
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select, update

from models.cases import CaseStatus
from models.tasks import TaskStatus
from workflows.process.parts import AWAITED, INCIDENT, OFFER, TIMER
from workflows.process.recounting import go_on
from workflows.process.sending import defer_waiting
from workflows.queries.held import CASE, TASK, HeldCase
from workflows.work import Work


def suspend(work: Work, case: HeldCase) -> None:
    """Let the case stand still."""
    _change(work, case, status=CaseStatus.SUSPENDED, suspended_at=work.now())
    _execute(work, update(TIMER).where(TIMER.c.case_id == case.id).values(is_paused=True))


def resume(work: Work, case: HeldCase) -> timedelta:
    """Let the case go on; return for how long it stood still."""
    stood = work.now() - (case.suspended_at or work.now())
    _change(work, case, status=CaseStatus.RUNNING, suspended_at=None)
    _move_timers(work, case, stood)
    _move_tasks(work, case, stood)
    go_on(work, case)
    defer_waiting(work, case.id)
    return stood


def _move_timers(work: Work, case: HeldCase, stood: timedelta) -> None:
    # A timer that an incident stopped waits for a person to retry it, as it did before.
    failed = select(INCIDENT.c.subject).where(
        INCIDENT.c.case_id == case.id, INCIDENT.c.act == "fire_timer", INCIDENT.c.resolved_at.is_(None)
    )
    stopped = [uuid.UUID(one) for one in work.session.connection().scalars(failed)]
    moved = {"due_at": TIMER.c.due_at + stood, "is_paused": TIMER.c.id.in_(stopped)}
    _execute(work, update(TIMER).where(TIMER.c.case_id == case.id).values(moved))


def _move_tasks(work: Work, case: HeldCase, stood: timedelta) -> None:
    open_ones = (TASK.c.case_id == case.id) & (TASK.c.status == TaskStatus.OPEN)
    _execute(work, update(TASK).where(open_ones).values(due_at=TASK.c.due_at + stood))
    if case.has_groups:
        ids = select(TASK.c.id).where(open_ones)
        _execute(work, update(OFFER).where(OFFER.c.task_id.in_(ids)).values(due_at=OFFER.c.due_at + stood))


def stop(work: Work, case: HeldCase, reason: str) -> None:
    """End the case where it stands; nothing of it waits any more."""
    now = work.now()
    _change(work, case, status=CaseStatus.CANCELLED, suspended_at=None, ended_at=now, end_reason=reason)
    ids = select(TASK.c.id).where(TASK.c.case_id == case.id)
    _execute(work, delete(OFFER).where(OFFER.c.task_id.in_(ids)))
    withdrawn = update(TASK).where(TASK.c.case_id == case.id, TASK.c.status == TaskStatus.OPEN)
    _execute(work, withdrawn.values(status=TaskStatus.WITHDRAWN, pool_role=None))
    _execute(work, delete(TIMER).where(TIMER.c.case_id == case.id))
    _execute(work, delete(AWAITED).where(AWAITED.c.case_id == case.id))
    over = update(INCIDENT).where(INCIDENT.c.case_id == case.id, INCIDENT.c.resolved_at.is_(None))
    _execute(work, over.values(resolved_at=now))


def _change(work: Work, case: HeldCase, **values: Any) -> None:
    _execute(work, update(CASE).where(CASE.c.id == case.id).values(revision=CASE.c.revision + 1, **values))


def _execute(work: Work, statement: Any) -> None:
    work.session.connection().execute(statement)
