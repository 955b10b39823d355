"""Several tasks by their names, and who could do all of them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from models.organisations import Organisation
from models.tasks import Task, TaskStatus
from workflows.access import Permission, Subject, can
from workflows.access.subjects import Participant
from workflows.queries.doers import Doer, list_doers
from workflows.queries.gathered import participants_of, people_from
from workflows.queries.held import TASK
from workflows.refusals import NotFound
from workflows.work import Work


@dataclass(frozen=True)
class TaskHead:
    """A task as a list of results names it."""

    id: uuid.UUID
    case_id: uuid.UUID
    name: str
    case_title: str


def list_heads(work: Work, task_ids: Sequence[uuid.UUID]) -> list[TaskHead]:
    """List those of the tasks that the actor may see, in the order asked for."""
    seen = {
        task.id: TaskHead(task.id, task.case_id, task.name, task.case_title)
        for task, subject in _with_subjects(work, task_ids)
        if can(work, Permission.TASK_READ, subject)
    }
    return [seen[task_id] for task_id in task_ids if task_id in seen]


def list_doers_of(work: Work, task_ids: Sequence[uuid.UUID]) -> list[Doer]:
    """List who could do at least one of the open tasks that the actor may give away, by name."""
    subjects = {
        (subject.organisation_id, subject.task_role, subject.holders(subject.task_role or "")): subject
        for task, subject in _with_subjects(work, task_ids)
        if task.status is TaskStatus.OPEN and can(work, Permission.TASK_ASSIGN, subject)
    }
    found = {one.person_id: one for subject in subjects.values() for one in list_doers(work, subject)}
    return sorted(found.values(), key=lambda one: (one.full_name, one.person_id))


def get_task_subject(work: Work, task_id: uuid.UUID) -> Subject:
    """Return what permissions about a task are asked about."""
    found = _with_subjects(work, [task_id])
    if not found:
        raise NotFound(noun="task")
    return found[0][1]


def _with_subjects(work: Work, task_ids: Sequence[uuid.UUID]) -> list[tuple[Task, Subject]]:
    wanted = (
        select(Task, Organisation.path, participants_of(TASK.c.case_id))
        .join(Organisation, Organisation.id == Task.organisation_id)
        .where(Task.id.in_(task_ids))
    )
    rows = work.session.execute(wanted.execution_options(populate_existing=True))
    return [(task, _subject(task, path, people_from(people))) for task, path, people in rows]


def _subject(task: Task, path: str, participants: tuple[Participant, ...]) -> Subject:
    return Subject(
        task.organisation_id,
        path,
        participants,
        task_role=task.role,
        assignee_id=task.assignee_id,
        delegated_by_id=task.delegated_by_id,
        completed_by_id=task.completed_by_id,
    )
