"""Read what people say and keep beside a task."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from models.people import Person
from models.tasks import TaskComment, TaskFile
from workflows.access import Permission, require
from workflows.queries.task_heads import get_task_subject
from workflows.records.remarks import may_take_back
from workflows.refusals import NotFound
from workflows.work import Work

MOST_COMMENTS = 200


@dataclass(frozen=True)
class Comment:
    """What somebody said about a task."""

    id: uuid.UUID
    person_id: uuid.UUID
    who: str
    text: str
    written_at: datetime
    may_delete: bool


@dataclass(frozen=True)
class FileHead:
    """A file beside a task, without its content."""

    id: uuid.UUID
    task_id: uuid.UUID
    person_id: uuid.UUID
    who: str
    name: str
    kind: str
    size: int
    added_at: datetime
    may_delete: bool


def list_comments(work: Work, task_id: uuid.UUID) -> list[Comment]:
    """List what is said about a task, the oldest first."""
    require(work, Permission.TASK_READ, get_task_subject(work, task_id))
    newest = (
        select(TaskComment, Person.full_name)
        .join(Person, Person.id == TaskComment.person_id)
        .where(TaskComment.task_id == task_id)
        .order_by(TaskComment.written_at.desc(), TaskComment.id)
        .limit(MOST_COMMENTS)
    )
    return [
        Comment(one.id, one.person_id, who, one.text, one.written_at, may_take_back(work, one))
        for one, who in reversed(work.session.execute(newest).all())
    ]


def list_files(work: Work, task_id: uuid.UUID) -> list[FileHead]:
    """List the files beside a task, the oldest first."""
    subject = get_task_subject(work, task_id)
    require(work, Permission.TASK_READ_ANSWERS, subject)
    wanted = (
        select(TaskFile, Person.full_name)
        .join(Person, Person.id == TaskFile.person_id)
        .where(TaskFile.task_id == task_id)
        .order_by(TaskFile.added_at, TaskFile.id)
    )
    return [_head(work, one, who) for one, who in work.session.execute(wanted)]


def _head(work: Work, one: TaskFile, who: str) -> FileHead:
    is_own = one.person_id == work.actor.person_id
    return FileHead(
        one.id, one.task_id, one.person_id, who, one.name, one.kind, one.size, one.added_at, is_own
    )


def get_file(work: Work, file_id: uuid.UUID) -> tuple[str, str, bytes]:
    """Return the name, the kind and the content of a file that the actor may read."""
    file = work.session.get(TaskFile, file_id)
    if file is None:
        raise NotFound(noun="file")
    require(work, Permission.TASK_READ_ANSWERS, get_task_subject(work, file.task_id))
    return file.name, file.kind, file.content
