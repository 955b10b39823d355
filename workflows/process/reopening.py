"""A case that was ended by hand goes on from where it stood, as if it had been paused ever since."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from models.cases import CaseStatus
from models.tasks import TaskStatus
from workflows.engine import instances
from workflows.engine.step import OpenTask
from workflows.process.changes import Changes
from workflows.process.keeping import keep
from workflows.process.opening import offers_of
from workflows.process.parts import OFFER
from workflows.process.stopping import resume
from workflows.queries.definitions import load_pack
from workflows.queries.held import CASE, TASK, HeldCase, hold_case
from workflows.records.turns import waits_for
from workflows.work import Work


def reopen(work: Work, case: HeldCase, ended_at: datetime) -> None:
    """Let everything of its diagram wait again that waited when it was ended, due later by as long."""
    step = instances.standing(load_pack(work, case.pack_version_id).definitions, case.state)
    stood_still = replace(case, status=CaseStatus.SUSPENDED, suspended_at=ended_at)
    for task in step.opened:
        _open_again(work, case, task)
    keep(work, stood_still, Changes(replace(step, opened=())))
    back = {"suspended_at": ended_at, "end_reason": None}
    _execute(work, update(CASE).where(CASE.c.id == case.id).values(back))
    held = hold_case(work, case.id)
    resume(work, replace(held, suspended_at=ended_at))


def _open_again(work: Work, case: HeldCase, task: OpenTask) -> None:
    row = work.session.connection().execute(select(TASK).where(TASK.c.id == uuid.UUID(task.id))).one()
    _open(work, case, row)


def _open(work: Work, case: HeldCase, row: Any) -> None:
    """Give the task back to whoever had it, or to those who hold its role by now."""
    holders = case.holders(row.role)
    stays = row.assignee_id is not None and (row.assignee_id in holders or not holders)
    turn: Mapping[str, Any] = {} if stays else waits_for(row.role, holders)
    _execute(work, update(TASK).where(TASK.c.id == row.id).values(status=TaskStatus.OPEN, **turn))
    if not stays:
        offers = list(offers_of(case, {"id": row.id, "role": row.role, "due_at": row.due_at}))
        if offers:
            _execute(work, insert(OFFER), offers)


def _execute(work: Work, statement: Any, rows: list[dict[str, Any]] | None = None) -> None:
    work.session.connection().execute(statement, rows)
