"""Operations on links by which somebody without an account does one task: make one, take it back."""

import secrets
import uuid
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import exists, select, update

from models.people import User
from models.task_links import TaskLink
from models.tasks import TaskStatus
from workflows import journal
from workflows.access import Permission, require
from workflows.queries.held import HeldCase, HeldTask, hold_task
from workflows.queries.task_links import digest_of
from workflows.refusals import Conflict
from workflows.work import Work

LASTS = timedelta(days=14)


class MadeLink(NamedTuple):
    """A new link: its secret, which is shown once and kept nowhere, and how long it lasts."""

    secret: str
    until_at: datetime


def make_task_link(work: Work, task_id: uuid.UUID) -> MadeLink:
    """Make a link to a task for its assignee, who has no account; an earlier one does not count any more."""
    case, task, role = _hold(work, task_id)
    if task.assignee_id is None or task.status is not TaskStatus.OPEN:
        raise Conflict("task_link_for_nobody", task=task.name)
    if work.session.scalar(select(exists().where(User.person_id == task.assignee_id))):
        raise Conflict("task_link_not_needed", task=task.name)
    _withdraw(work, task_id)
    made = MadeLink(secrets.token_urlsafe(24), work.now() + LASTS)
    work.session.add(
        TaskLink(
            id=uuid.uuid4(),
            task_id=task_id,
            person_id=task.assignee_id,
            digest=digest_of(made.secret),
            made_by_id=work.actor.person_id,
            made_at=work.now(),
            until_at=made.until_at,
        )
    )
    work.session.flush()
    _record(work, "task.linked", case, task, role)
    return made


def withdraw_task_link(work: Work, task_id: uuid.UUID) -> None:
    """Take the link to a task back; where none stands nothing changes."""
    case, task, role = _hold(work, task_id)
    if _withdraw(work, task_id):
        _record(work, "task.unlinked", case, task, role)


def _hold(work: Work, task_id: uuid.UUID) -> tuple[HeldCase, HeldTask, str]:
    case, task = hold_task(work, task_id)
    return case, task, require(work, Permission.TASK_LINK, task.subject(case))


def _withdraw(work: Work, task_id: uuid.UUID) -> int:
    standing = update(TaskLink).where(TaskLink.task_id == task_id, TaskLink.withdrawn_at.is_(None))
    return len(work.session.scalars(standing.values(withdrawn_at=work.now()).returning(TaskLink.id)).all())


def _record(work: Work, act: str, case: HeldCase, task: HeldTask, role: str) -> None:
    journal.record(
        work,
        act,
        f"task:{task.id}",
        organisation_id=case.organisation_id,
        role=role,
        case_id=case.id,
        pack_version_id=case.pack_version_id,
        details={"name": task.name, "for": task.assignee_id},
    )
