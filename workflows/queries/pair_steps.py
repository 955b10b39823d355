"""What waits in the cases of pairs: whose turn it is, and by when."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select

from models.people import Person
from models.tasks import Task, TaskOffer, TaskStatus
from workflows.work import Work

MEETINGS = ("record_acquaintance", "record_trial", "set_goals", "record_meeting", "record_final")
"""The tasks that are done by meeting: a pair at one of them beyond its day has not met as it should."""


@dataclass(frozen=True)
class PairStep:
    """An open task of a pair, as its reader meets it."""

    id: uuid.UUID
    case_id: uuid.UUID
    process: str
    element: str
    name: str
    role: str
    who: str
    due_at: datetime | None
    is_own: bool


def list_steps(work: Work, cases: Collection[uuid.UUID]) -> dict[uuid.UUID, list[PairStep]]:
    """Map cases to what is open in them, one's own first, then the most urgent."""
    offered = exists().where(TaskOffer.task_id == Task.id, TaskOffer.person_id == work.actor.person_id)
    wanted = (
        select(Task, Person.full_name, offered)
        .outerjoin(Person, Person.id == Task.assignee_id)
        .where(Task.case_id.in_(cases), Task.status == TaskStatus.OPEN)
        .order_by(Task.due_at.asc().nulls_last(), Task.id)
    )
    found: dict[uuid.UUID, list[PairStep]] = {one: [] for one in cases}
    for task, who, is_offered in work.session.execute(wanted):
        found[task.case_id].append(_step(work, task, who or "", is_offered=is_offered))
    return {case: sorted(steps, key=lambda one: not one.is_own) for case, steps in found.items()}


def processes_of(steps: Iterable[PairStep]) -> list[str]:
    """Name the processes in which something is open."""
    return [one.process for one in steps]


def _step(work: Work, task: Task, who: str, *, is_offered: bool) -> PairStep:
    is_free = task.assignee_id is None
    is_own = task.assignee_id == work.actor.person_id or (is_free and (is_offered or _is_for(work, task)))
    return PairStep(
        id=task.id,
        case_id=task.case_id,
        process=task.process,
        element=task.element,
        name=task.name,
        role=task.role,
        who=who,
        due_at=task.due_at,
        is_own=is_own,
    )


def _is_for(work: Work, task: Task) -> bool:
    """Say whether a task waits for a role that the actor holds in its very organisation."""
    return (task.pool_role, task.organisation_id) in {
        (role.name, role.organisation_id) for role in work.actor.roles
    }
