"""The rows of tasks that somebody asked for in their own words."""

import uuid
from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import Table, delete, update

from models.tasks import Task, TaskDraft, TaskOffer
from workflows.refusals import Complaint, Invalid
from workflows.work import Work

LONGEST_NOTE = 2000
_TASK = cast(Table, Task.__table__)
_OFFER = cast(Table, TaskOffer.__table__)
_DRAFT = cast(Table, TaskDraft.__table__)


def read_note(answers: Mapping[str, Any]) -> dict[str, str]:
    """Read what the doer says of what came of it; they may say nothing."""
    note = str(answers.get("note") or "").replace("\x00", "").strip()
    if len(note) > LONGEST_NOTE:
        raise Invalid({"note": [Complaint("too_long", maximum=LONGEST_NOTE)]})
    return {"note": note} if note else {}


def close_asked(work: Work, task_id: uuid.UUID, **values: Any) -> None:
    """Let it wait for nobody any more, done or not."""
    execute = work.session.connection().execute
    execute(delete(_OFFER).where(_OFFER.c.task_id == task_id))
    execute(delete(_DRAFT).where(_DRAFT.c.task_id == task_id))
    execute(update(_TASK).where(_TASK.c.id == task_id).values(pool_role=None, follow_up_on=None, **values))
