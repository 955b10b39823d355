"""Whose turn it is, once somebody else holds the role of an open task."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Row, Table, delete, insert, select, update

from models.tasks import Task, TaskOffer, TaskStatus
from workflows.work import Work

_TASK = cast(Table, Task.__table__)
_OFFER = cast(Table, TaskOffer.__table__)
_HEADS = (_TASK.c.id, _TASK.c.assignee_id, _TASK.c.delegated_by_id, _TASK.c.due_at)


def hand_on(
    work: Work,
    case_id: uuid.UUID,
    role: str,
    holders: Sequence[uuid.UUID],
    *,
    gone_id: uuid.UUID | None = None,
    heir_id: uuid.UUID | None = None,
) -> None:
    """Let the open tasks of a role follow its holders; `gone_id` holds it no more, `heir_id` follows them."""
    is_open = (_TASK.c.case_id == case_id) & (_TASK.c.role == role) & (_TASK.c.status == TaskStatus.OPEN)
    for task in work.session.connection().execute(select(*_HEADS).where(is_open).order_by(_TASK.c.id)).all():
        if turn := _turn_of(task, role, holders, gone_id, heir_id):
            _give(work, task, turn, holders)


def _turn_of(
    task: Row[Any],
    role: str,
    holders: Sequence[uuid.UUID],
    gone_id: uuid.UUID | None,
    heir_id: uuid.UUID | None,
) -> Mapping[str, Any] | None:
    """Say what becomes of the turn, or None when somebody has it who goes on."""
    if task.assignee_id is None:
        return _turn(None) | waits_for(role, holders)
    if task.assignee_id == gone_id:
        # Who only did it for another gives it back to that other.
        owner_id = task.delegated_by_id or heir_id
        return _turn(owner_id) if owner_id else _turn(None) | waits_for(role, holders)
    if gone_id is not None and task.delegated_by_id == gone_id:
        successor_id = heir_id or (holders[0] if len(holders) == 1 else None)
        return _turn(task.assignee_id, successor_id if successor_id != task.assignee_id else None)
    return None


def waits_for(role: str, holders: Sequence[uuid.UUID]) -> dict[str, Any]:
    """Say who is to do a task of this role before anybody takes it upon themselves."""
    return {
        "assignee_id": holders[0] if len(holders) == 1 else None,
        "pool_role": None if holders else role,
    }


def _turn(assignee_id: uuid.UUID | None, delegated_by_id: uuid.UUID | None = None) -> dict[str, Any]:
    return {"assignee_id": assignee_id, "delegated_by_id": delegated_by_id, "pool_role": None}


def _give(work: Work, task: Row[Any], turn: Mapping[str, Any], holders: Sequence[uuid.UUID]) -> None:
    connection = work.session.connection()
    connection.execute(update(_TASK).where(_TASK.c.id == task.id).values(turn))
    connection.execute(delete(_OFFER).where(_OFFER.c.task_id == task.id))
    if turn["assignee_id"] is None and turn["pool_role"] is None:
        offers = [{"task_id": task.id, "person_id": one, "due_at": task.due_at} for one in holders]
        connection.execute(insert(_OFFER), offers)
