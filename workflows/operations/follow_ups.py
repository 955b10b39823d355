"""Operations on the day to look at a task again."""

import uuid
from datetime import date, timedelta

from sqlalchemy import update

from models.tasks import TaskStatus
from workflows import process
from workflows.access import Permission, require
from workflows.queries.held import TASK, hold_task
from workflows.refusals import Complaint, Conflict, Invalid
from workflows.work import Work

FURTHEST = timedelta(days=366)


def follow_up(work: Work, task_id: uuid.UUID, day: date | None) -> None:
    """Note the day to look at a task again; without one it is looked at as usual."""
    case, task = hold_task(work, task_id)
    role = require(work, Permission.TASK_FOLLOW_UP, task.subject(case))
    if task.status is not TaskStatus.OPEN:
        raise Conflict(f"task_{task.status.value}", task=task.name, who="", at=task.completed_at)
    today = case.local(work.now()).date()
    if day is not None and not today <= day <= today + FURTHEST:
        raise Invalid({"follow_up_on": [Complaint("follow_up_day_out_of_reach")]})
    work.session.connection().execute(update(TASK).where(TASK.c.id == task.id).values(follow_up_on=day))
    process.record(work, case, "task.followed_up", role, {"on": day}, subject=("task", task.id))
