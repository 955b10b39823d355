"""Operations on drafts: keep what a person has typed into a task, forget what nobody needs any more."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from models.cases import Case
from models.tasks import Task, TaskDraft, TaskStatus
from workflows import journal
from workflows.access import Permission, require
from workflows.queries.held import hold_task
from workflows.refusals import Complaint, Invalid
from workflows.work import Work

LARGEST_DRAFT = 200_000
KEPT_AFTER_THE_END = timedelta(days=30)


def save_draft(
    work: Work, task_id: uuid.UUID, answers: Mapping[str, Any], *, was_refused: bool = False
) -> datetime:
    """Keep what a person has typed into a task, also one not to be done any more; say at which moment.

    A page may still be saving when its own answers have arrived: then there is nothing left to keep,
    unless `was_refused` says that these are other answers, which came too late.
    """
    case, task = hold_task(work, task_id)
    saved_at = work.now()
    require(work, Permission.TASK_SAVE_DRAFT, task.subject(case))
    is_own = task.status is TaskStatus.COMPLETED and task.completed_by_id == work.actor.person_id
    if is_own and not was_refused:
        return saved_at
    settled = journal.settle(answers)
    if len(journal.canonical(settled)) > LARGEST_DRAFT:
        raise Invalid({"": [Complaint("draft_too_large")]})
    # The task is locked, so that the draft that comes last is the newest.
    written = insert(TaskDraft).values(
        task_id=task_id, person_id=work.actor.person_id, answers=settled, saved_at=saved_at
    )
    newer = {name: written.excluded[name] for name in ("answers", "saved_at")}
    work.session.execute(written.on_conflict_do_update(index_elements=["task_id", "person_id"], set_=newer))
    return saved_at


def forget_drafts(work: Work) -> int:
    """Forget the drafts of cases that ended long ago; return how many there were."""
    ended = (
        select(Task.id)
        .join(Case, Case.id == Task.case_id)
        .where(Case.ended_at < work.now() - KEPT_AFTER_THE_END)
    )
    gone = delete(TaskDraft).where(TaskDraft.task_id.in_(ended)).returning(TaskDraft.task_id)
    return len(work.session.execute(gone).all())
