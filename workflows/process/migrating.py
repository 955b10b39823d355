"""Bring the rows of a case in line with all that waits in it after it moved to another version."""

import uuid
from dataclasses import replace
from typing import Any

from sqlalchemy import Table, bindparam, select, update

from models.tasks import TaskStatus
from workflows.engine.step import Step
from workflows.process.changes import Changes, Moved, ids
from workflows.process.keeping import keep
from workflows.process.opening import refuse_strangers
from workflows.process.parts import AWAITED, TIMER
from workflows.queries.held import CASE, TASK, HeldCase
from workflows.work import Work


def migrate(work: Work, case: HeldCase, pack_version_id: uuid.UUID, step: Step) -> Moved:
    """Keep what waits on as it is, with its due date, and open and close the rest."""
    # What somebody asked for in their own words stands on no diagram and waits on.
    is_drawn = (TASK.c.case_id == case.id) & (TASK.c.element != "")
    tasks = _waiting(work, TASK, is_drawn & (TASK.c.status == TaskStatus.OPEN))
    timers = _waiting(work, TIMER, TIMER.c.case_id == case.id)
    awaited = _waiting(work, AWAITED, AWAITED.c.case_id == case.id)
    _execute(work, update(CASE).where(CASE.c.id == case.id).values(pack_version_id=pack_version_id))
    _rename(work, step)
    begun = replace(
        step,
        opened=tuple(task for task in step.opened if uuid.UUID(task.id) not in tasks),
        timers_started=tuple(timer for timer in step.timers_started if uuid.UUID(timer.id) not in timers),
        awaited=tuple(one for one in step.awaited if uuid.UUID(one.id) not in awaited),
    )
    refuse_strangers(work, case, begun.opened)
    changes = Changes(
        begun,
        withdrawn=tasks - ids(task.id for task in step.opened),
        stopped=timers - ids(timer.id for timer in step.timers_started),
        ceased=awaited - ids(one.id for one in step.awaited),
    )
    return keep(work, case, changes)


def _rename(work: Work, step: Step) -> None:
    """Call what waits by the names of the new version."""
    tasks = [
        {
            "of_id": uuid.UUID(task.id),
            "element": task.element,
            "process": task.process,
            "name": task.name,
            "form": task.form,
        }
        for task in step.opened
    ]
    _update_each(work, TASK, tasks)
    for table, waiting in ((TIMER, step.timers_started), (AWAITED, step.awaited)):
        rows = [{"of_id": uuid.UUID(one.id), "element": one.element, "name": one.name} for one in waiting]
        _update_each(work, table, rows)


def _update_each(work: Work, table: Table, rows: list[dict[str, Any]]) -> None:
    if rows:
        new: dict[str, Any] = {name: bindparam(name) for name in rows[0] if name != "of_id"}
        _execute(work, update(table).where(table.c.id == bindparam("of_id")).values(new), rows)


def _waiting(work: Work, table: Table, condition: Any) -> frozenset[uuid.UUID]:
    return frozenset(work.session.connection().scalars(select(table.c.id).where(condition)))


def _execute(work: Work, statement: Any, rows: list[dict[str, Any]] | None = None) -> None:
    work.session.connection().execute(statement, rows)
