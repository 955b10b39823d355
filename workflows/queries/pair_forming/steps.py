"""The tasks by which pairs are formed in a case: whose turn it is, and at which part of the way."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, select

from models.cases import Case
from models.organisations import Organisation
from models.people import Person
from models.tasks import Task, TaskStatus
from workflows.access import Permission, Subject, can
from workflows.queries.definitions import LoadedPack, load_pack
from workflows.queries.gathered import participants_of, people_from
from workflows.queries.pair_forming.place import PairingPlace
from workflows.work import Work


class Part(StrEnum):
    """The parts of the way to pairs that somebody works at."""

    MEETING = "meeting"
    CHOICES = "choices"
    PROPOSALS = "proposals"
    DECISION = "decision"


_PARTS = {
    "general_meetings.plan": Part.MEETING,
    "general_meetings.attend": Part.MEETING,
    "general_meetings.record_talks": Part.MEETING,
    "general_meetings.answers": Part.CHOICES,
    "pairing.review": Part.PROPOSALS,
    "approvals.advise": Part.DECISION,
    "approvals.decide": Part.DECISION,
    "approvals.agree": Part.DECISION,
    "approvals.order": Part.DECISION,
}
"""By who listens to a task of the diagram, or reads for its form, one knows what it is for."""


@dataclass(frozen=True)
class PairingStep:
    """An open task on the way to pairs."""

    id: uuid.UUID
    name: str
    part: Part
    role: str
    assignee: str
    is_own: bool
    due_at: datetime | None


def list_steps(work: Work, place: PairingPlace) -> list[PairingStep]:
    """List the open tasks of the case in which pairs are formed, the most urgent first."""
    pack = pack_of(work, place)
    if pack is None:
        return []
    found = []
    for task, subject, assignee in _tasks(work, place, Task.status == TaskStatus.OPEN):
        part = part_of(pack, task.element)
        if part:
            is_own = can(work, Permission.TASK_COMPLETE, subject)
            values = (task.name, part, task.role, assignee or "", is_own, task.due_at)
            found.append(PairingStep(task.id, *values))
    return found


def decides(work: Work, place: PairingPlace) -> bool:
    """Say whether the reader may see what is decided: as one of those who do it, or oversee it."""
    if can(work, Permission.PAIRING_READ_DECISION, place.subject):
        return True
    pack = pack_of(work, place)
    if pack is None or place.run is None or place.run.submitted_at is None:
        return False
    shown = (TaskStatus.OPEN, TaskStatus.COMPLETED)
    since = Task.opened_at >= place.run.submitted_at
    return any(
        part_of(pack, task.element) is Part.DECISION and can(work, Permission.PAIRING_READ_DECISION, subject)
        for task, subject, _assignee in _tasks(work, place, Task.status.in_(shown), since)
    )


def part_of(pack: LoadedPack, element: str) -> Part | None:
    """Say for which part of the way to pairs a task stands, if for one."""
    asked = (*pack.definitions.listeners(element), *pack.definitions.readers(element))
    return next((_PARTS[name] for name in asked if name in _PARTS), None)


def pack_of(work: Work, place: PairingPlace) -> LoadedPack | None:
    """Return the methodology by which pairs are formed here."""
    version_id = work.session.scalar(select(Case.pack_version_id).where(Case.id == place.case_id))
    return load_pack(work, version_id) if version_id else None


def _tasks(
    work: Work, place: PairingPlace, *which: ColumnElement[bool]
) -> Sequence[tuple[Task, Subject, str | None]]:
    wanted = (
        select(Task, Organisation.path, participants_of(Task.__table__.c.case_id), Person.full_name)
        .join(Organisation, Organisation.id == Task.organisation_id)
        .outerjoin(Person, Person.id == Task.assignee_id)
        .where(Task.case_id == place.case_id, *which)
        .order_by(Task.due_at, Task.id)
    )
    rows = work.session.execute(wanted).all()
    return [(task, _subject(task, path, people), name) for task, path, people, name in rows]


def _subject(task: Task, path: str, people: object) -> Subject:
    return Subject(
        task.organisation_id,
        path,
        people_from(people),
        task_role=task.role,
        assignee_id=task.assignee_id,
        delegated_by_id=task.delegated_by_id,
        completed_by_id=task.completed_by_id,
    )
