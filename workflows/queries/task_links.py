"""Read links to tasks: who comes by one, and whether one can be made."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from models.people import Person, User
from models.task_links import TaskLink
from models.tasks import Task, TaskStatus
from workflows.work import Actor, Work


@dataclass(frozen=True)
class Guest:
    """Somebody who comes by a link: who it is, to which task, and whether it is done already."""

    actor: Actor
    task_id: uuid.UUID
    is_done: bool


@dataclass(frozen=True)
class LinkState:
    """Whether the assignee of a task needs a link, and until when one stands."""

    name: str
    until_at: datetime | None


def find_guest(session: Session, secret: str, now: datetime) -> Guest | None:
    """Find who comes by a link, unless it has been taken back or is too old, or the task is another's now.

    Somebody may have got an account since; one that is closed closes the link too.
    """
    row = session.execute(
        select(Person.id, Person.full_name, Person.language, Task.id.label("task_id"), Task.status)
        .select_from(TaskLink)
        .join(Person, Person.id == TaskLink.person_id)
        .join(Task, Task.id == TaskLink.task_id)
        .outerjoin(User, User.person_id == Person.id)
        .where(
            User.is_blocked.is_not(True),
            TaskLink.digest == digest_of(secret),
            TaskLink.withdrawn_at.is_(None),
            TaskLink.until_at > now,
            Task.assignee_id == TaskLink.person_id,
            Task.status != TaskStatus.WITHDRAWN,
        )
    ).one_or_none()
    if row is None:
        return None
    actor = Actor(person_id=row.id, name=row.full_name, language=row.language)
    return Guest(actor, row.task_id, row.status is TaskStatus.COMPLETED)


def find_link_state(work: Work, task_id: uuid.UUID) -> LinkState | None:
    """Find out about the link to an open task; the caller asks for permission.

    There is nothing to find out where the assignee has an account, or where there is none.
    """
    has_account = exists().where(User.person_id == Person.id)
    row = work.session.execute(
        select(Person.full_name, TaskLink.until_at)
        .select_from(Task)
        .join(Person, Person.id == Task.assignee_id)
        .outerjoin(
            TaskLink,
            (TaskLink.task_id == Task.id)
            & TaskLink.withdrawn_at.is_(None)
            & (TaskLink.person_id == Task.assignee_id)
            & (TaskLink.until_at > work.now()),
        )
        .where(Task.id == task_id, Task.status == TaskStatus.OPEN, ~has_account)
    ).one_or_none()
    return LinkState(*row) if row else None


def digest_of(secret: str) -> bytes:
    """Return what is kept of the secret of a link."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()
