"""For whom a task is opened: one participant, one of several participants, or a role in the organisation."""

from collections.abc import Iterator, Mapping
from typing import Any

from workflows.engine.step import OpenTask
from workflows.queries.held import HeldCase


def task_row(case: HeldCase, task: OpenTask) -> dict[str, Any]:
    """Make the row of a task that has begun to wait, as JSON."""
    waits = waits_for(case, task.role)
    assignee_id = waits["assignee_id"]
    return {
        "id": task.id,
        "element": task.element,
        "process": task.process,
        "name": task.name,
        "role": task.role,
        "form": task.form,
        "due_at": task.due_at.isoformat() if task.due_at else None,
        "assignee_id": str(assignee_id) if assignee_id else None,
        "pool_role": waits["pool_role"],
    }


def waits_for(case: HeldCase, role: str) -> dict[str, Any]:
    """Say who is to do a task of this role before anybody takes it upon themselves."""
    holders = case.holders(role)
    return {
        "assignee_id": holders[0] if len(holders) == 1 else None,
        "pool_role": None if holders else role,
    }


def offers_of(case: HeldCase, row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Offer the task to each of several participants in its role, as JSON."""
    holders = case.holders(row["role"])
    if len(holders) > 1:
        for person_id in holders:
            yield {"task_id": row["id"], "person_id": str(person_id), "due_at": row["due_at"]}
