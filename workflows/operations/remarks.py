"""Operations on what people say and keep beside a task; the journal tells that they did, never what."""

import uuid
from typing import Any

from sqlalchemy import func, select

from models.letters import LetterKind
from models.tasks import TaskComment, TaskFile
from workflows import process
from workflows.access import Permission, acting_person, require
from workflows.queries.held import HeldCase, hold_task
from workflows.records import letters
from workflows.records.remarks import may_take_back, read_file, read_remark, tidy_name
from workflows.refusals import Complaint, Conflict, Forbidden, Invalid, NotFound
from workflows.work import Work

MOST_COMMENTS = 200
MOST_FILES = 10


def comment_task(work: Work, task_id: uuid.UUID, text: str) -> uuid.UUID:
    """Say something about a task to all who may see it."""
    case, task = hold_task(work, task_id)
    role = require(work, Permission.TASK_COMMENT, task.subject(case))
    text = read_remark(text)
    if _count(work, TaskComment, task_id) >= MOST_COMMENTS:
        raise Conflict("too_many_comments", limit=MOST_COMMENTS)
    comment = TaskComment(
        id=uuid.uuid4(), task_id=task_id, person_id=acting_person(work), text=text, written_at=work.now()
    )
    work.session.add(comment)
    work.session.flush()
    _record(work, case, "task.commented", role, task_id, {"comment": comment.id})
    concerned = [one for one in (task.assignee_id, task.delegated_by_id) if one]
    about = {"task": str(task_id), "comment": str(comment.id)}
    letters.ask(work, LetterKind.COMMENT, concerned, cause=comment.id, about=about)
    return comment.id


def delete_comment(work: Work, comment_id: uuid.UUID) -> uuid.UUID:
    """Take back what one has just said; return of which task it was."""
    comment = work.session.get(TaskComment, comment_id)
    if comment is None:
        raise NotFound(noun="comment")
    case, task = hold_task(work, comment.task_id)
    role = require(work, Permission.TASK_READ, task.subject(case))
    if comment.person_id != work.actor.person_id:
        raise Forbidden
    if not may_take_back(work, comment):
        raise Conflict("comment_stays")
    work.session.delete(comment)
    work.session.flush()
    _record(work, case, "task.comment_deleted", role, task.id, {"comment": comment_id})
    return task.id


def add_file(work: Work, task_id: uuid.UUID, name: str, content: bytes) -> uuid.UUID:
    """Put a file beside a task, for those who may read its answers."""
    case, task = hold_task(work, task_id)
    role = require(work, Permission.TASK_ADD_FILE, task.subject(case))
    require(work, Permission.TASK_READ_ANSWERS, task.subject(case))
    kind = read_file(name, content)
    if _count(work, TaskFile, task_id) >= MOST_FILES:
        raise Invalid({"file": [Complaint("too_many_files", limit=MOST_FILES)]})
    file = TaskFile(
        id=uuid.uuid4(),
        task_id=task_id,
        person_id=acting_person(work),
        name=tidy_name(name),
        kind=kind,
        size=len(content),
        content=content,
        added_at=work.now(),
    )
    work.session.add(file)
    work.session.flush()
    details = {"file": file.id, "kind": kind, "size": file.size}
    _record(work, case, "task.file_added", role, task_id, details)
    return file.id


def delete_file(work: Work, file_id: uuid.UUID) -> uuid.UUID:
    """Delete a file that one has put there; return of which task it was."""
    file = work.session.get(TaskFile, file_id)
    if file is None:
        raise NotFound(noun="file")
    case, task = hold_task(work, file.task_id)
    role = require(work, Permission.TASK_READ_ANSWERS, task.subject(case))
    if file.person_id != work.actor.person_id:
        raise Forbidden
    work.session.delete(file)
    work.session.flush()
    _record(work, case, "task.file_deleted", role, task.id, {"file": file_id})
    return task.id


def _count(work: Work, kind: type[TaskComment | TaskFile], task_id: uuid.UUID) -> int:
    wanted = select(func.count()).select_from(kind).where(kind.task_id == task_id)
    return work.session.execute(wanted).scalar_one()


def _record(
    work: Work, case: HeldCase, act: str, role: str, task_id: uuid.UUID, details: dict[str, Any]
) -> None:
    process.record(work, case, act, role, details, subject=("task", task_id))
