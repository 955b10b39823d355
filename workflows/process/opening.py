"""For whom a task is opened: one person, one of several participants, or a role in the organisation."""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import func, select

from models.organisations import Organisation
from models.people import Membership
from workflows.engine.step import OpenTask, StepFailed
from workflows.process.stretching import due_of
from workflows.queries.held import HeldCase
from workflows.records.turns import waits_for
from workflows.work import Work


def refuse_strangers(work: Work, case: HeldCase, opened: Iterable[OpenTask]) -> None:
    """Fail if a task is opened for somebody who has nothing to do with the case or its organisation."""
    for task in opened:
        if task.assignee and not _is_known(work, case, uuid.UUID(task.assignee)):
            raise StepFailed.at(task.element, task.name, "assignee_unknown", person=task.assignee)


def _is_known(work: Work, case: HeldCase, person_id: uuid.UUID) -> bool:
    if any(one.person_id == person_id for one in case.participants):
        return True
    member = (
        select(Membership.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            Membership.person_id == person_id,
            func.starts_with(case.path, Organisation.path),
            Membership.counts_at(work.now()),
        )
    )
    return work.session.connection().execute(member.limit(1)).first() is not None


def task_row(work: Work, case: HeldCase, task: OpenTask) -> dict[str, Any]:
    """Make the row of a task that has begun to wait, as JSON."""
    waits = waits_for(task.role, case.holders(task.role))
    assignee_id = task.assignee or waits["assignee_id"]
    return {
        "id": task.id,
        "element": task.element,
        "process": task.process,
        "name": task.name,
        "role": task.role,
        "form": task.form,
        **due_of(work, case, task).as_json(),
        "assignee_id": str(assignee_id) if assignee_id else None,
        "pool_role": None if task.assignee else waits["pool_role"],
    }


def offers_of(case: HeldCase, row: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Offer the task to each of several participants in its role, as JSON."""
    holders = case.holders(row["role"])
    if len(holders) > 1:
        for person_id in holders:
            yield {"task_id": row["id"], "person_id": str(person_id), "due_at": row["due_at"]}
