"""Tasks as letters name them: what to do and by when, nothing of whom it is about."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select

from models.cases import Case, CaseStatus
from models.tasks import Task, TaskComment, TaskStatus
from workflows.work import Work


@dataclass(frozen=True)
class TaskLine:
    """A task in a letter; its name is a text of its pack."""

    id: uuid.UUID
    name: str
    pack_version_id: uuid.UUID
    due_at: datetime | None
    is_overdue: bool


def lines_of(work: Work) -> Select[Any]:
    """Select tasks as lines of a letter."""
    is_overdue = func.coalesce(Task.due_at < work.now(), False)
    columns = (Task.id, Task.name, Case.pack_version_id, Task.due_at, is_overdue)
    return select(*columns).join(Case, Case.id == Task.case_id)


def find_line(work: Work, task_id: uuid.UUID, person_id: uuid.UUID) -> TaskLine | None:
    """Find a task that still waits for a person, or that this person has asked another to do."""
    concerns = or_(Task.assignee_id == person_id, Task.delegated_by_id == person_id)
    waits = (Task.status == TaskStatus.OPEN) & (Case.status == CaseStatus.RUNNING)
    row = work.session.execute(lines_of(work).where(Task.id == task_id, concerns, waits)).one_or_none()
    return TaskLine(*row) if row else None


def has_comment(work: Work, comment_id: uuid.UUID) -> bool:
    """Say whether what was written has not been taken back."""
    return work.session.get(TaskComment, comment_id) is not None
