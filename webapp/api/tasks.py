"""REST: the inbox, one task, and the acts on it."""

import uuid
from typing import Any

from webapp.api.reading import part
from webapp.schemas.inbox import InboxQuery
from webapp.schemas.tasks import AnswersIn, CompletedTaskOut, InboxPageOut, TaskOut
from webapp.transaction import work
from workflows.operations.tasks import CompletedTask, claim_task, complete_task, release_task, save_draft
from workflows.queries.inbox import InboxPage, list_inbox
from workflows.queries.tasks import TaskView, get_task

api = part("api_tasks", "tasks", "What waits for people.")


@api.get("")
@api.arguments(InboxQuery, location="query")
@api.response(200, InboxPageOut)
def list_tasks(asked: dict[str, Any]) -> InboxPage:
    """List the open tasks of the person signed in, the most urgent first."""
    return list_inbox(work(), **asked)


@api.get("/<uuid:task_id>")
@api.response(200, TaskOut)
def get(task_id: uuid.UUID) -> TaskView:
    """Return one task."""
    return get_task(work(), task_id)


@api.post("/<uuid:task_id>/complete")
@api.arguments(AnswersIn)
@api.response(200, CompletedTaskOut)
def complete(given: dict[str, Any], task_id: uuid.UUID) -> CompletedTask:
    """Complete a task with the answers to its form."""
    return complete_task(work(), task_id, given["answers"])


@api.put("/<uuid:task_id>/draft")
@api.arguments(AnswersIn)
@api.response(204)
def draft(given: dict[str, Any], task_id: uuid.UUID) -> None:
    """Keep answers without sending them."""
    save_draft(work(), task_id, given["answers"])


@api.post("/<uuid:task_id>/claim")
@api.response(204)
def claim(task_id: uuid.UUID) -> None:
    """Take a task that waits for one's role."""
    claim_task(work(), task_id)


@api.post("/<uuid:task_id>/release")
@api.response(204)
def release(task_id: uuid.UUID) -> None:
    """Give a task back to those for whose role it was opened."""
    release_task(work(), task_id)
