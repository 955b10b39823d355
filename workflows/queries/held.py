"""Read a case or one of its tasks in order to move it: locked until the transaction ends.

A case is the unit of change. Whatever moves it takes the lock of its row first, then the lock of
the task or timer, always in this order, so that two acts never wait for each other in a circle.
"""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, cast
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Join, Table, bindparam, select

from models.cases import Case, CaseStatus
from models.organisations import Organisation
from models.prepared import Prepared
from models.tasks import Task, TaskDraft, TaskStatus
from models.waiting import Incident
from workflows.access import Participant, Subject
from workflows.queries.gathered import breaks_from, breaks_of, participants_of, people_from
from workflows.records.cases import note_begun
from workflows.records.participants import are_others
from workflows.refusals import NotFound
from workflows.work import Work

CASE = cast(Table, Case.__table__)
TASK = cast(Table, Task.__table__)
_ORGANISATION = cast(Table, Organisation.__table__)
_INCIDENT = cast(Table, Incident.__table__)
_DRAFT = cast(Table, TaskDraft.__table__)


@dataclass(frozen=True, slots=True)
class HeldCase:
    """A case whose row is locked, with all that rules and the engine need of it."""

    id: uuid.UUID
    organisation_id: uuid.UUID
    path: str
    time_zone: str
    pack_version_id: uuid.UUID
    process: str
    title: str
    status: CaseStatus
    state: bytes
    revision: int
    suspended_at: datetime | None
    participants: tuple[Participant, ...]
    breaks: tuple[tuple[date, date], ...]
    """The days off of the organisation and of those above it, since the case began."""
    has_incidents: bool

    @property
    def subject(self) -> Subject:
        return Subject(self.organisation_id, self.path, self.participants)

    @property
    def has_begun(self) -> bool:
        """Say whether it has made its first step; a promised case that could not stands without a state."""
        return bool(self.state)

    def local(self, instant: datetime) -> datetime:
        """Say an instant in the zone of the case's organisation, where dates without a zone belong."""
        return instant.astimezone(ZoneInfo(self.time_zone))

    def holders(self, role: str) -> tuple[uuid.UUID, ...]:
        """List the participants in this role."""
        return tuple(one.person_id for one in self.participants if one.role == role)

    @property
    def has_groups(self) -> bool:
        """Say whether several people share a role, so that tasks may be offered to each of them."""
        return len({one.role for one in self.participants}) < len(self.participants)


@dataclass(frozen=True, slots=True)
class HeldTask:
    """A task whose row and whose case are locked."""

    id: uuid.UUID
    element: str
    name: str
    role: str
    pool_role: str | None
    form: str | None
    status: TaskStatus
    due_at: datetime | None
    assignee_id: uuid.UUID | None
    delegated_by_id: uuid.UUID | None
    completed_at: datetime | None
    completed_by_id: uuid.UUID | None
    answers: dict[str, Any] | None
    has_draft: bool

    @property
    def is_asked(self) -> bool:
        """Say whether somebody asked for it in their own words, so that no diagram has it."""
        return not self.element

    def subject(self, case: HeldCase) -> Subject:
        """Return what a permission for this task is asked about."""
        return Subject(
            case.organisation_id,
            case.path,
            case.participants,
            task_role=self.role,
            assignee_id=self.assignee_id,
            delegated_by_id=self.delegated_by_id,
            completed_by_id=self.completed_by_id,
        )


_BESIDES = ("path", "time_zone", "participants", "breaks", "has_incidents")
_CASE_COLUMNS = tuple(CASE.c[name] for name in HeldCase.__dataclass_fields__ if name not in _BESIDES)
_TASK_COLUMNS = tuple(TASK.c[name] for name in HeldTask.__dataclass_fields__ if name != "has_draft")
_WIDTH = len(_CASE_COLUMNS) + len(_BESIDES)


def _is_there(table: Table, *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return select(1).select_from(table).where(*conditions).exists()


def held_columns() -> tuple[ColumnElement[Any], ...]:
    """List the columns that make a `HeldCase`, in its order."""
    return (
        *_CASE_COLUMNS,
        _ORGANISATION.c.path,
        _ORGANISATION.c.time_zone,
        participants_of(CASE.c.id),
        breaks_of(_ORGANISATION.c.path, CASE.c.started_at),
        _is_there(_INCIDENT, _INCIDENT.c.case_id == CASE.c.id, _INCIDENT.c.resolved_at.is_(None)),
    )


def held_from() -> Join:
    """Return the tables that `held_columns` come from."""
    return CASE.join(_ORGANISATION, CASE.c.organisation_id == _ORGANISATION.c.id)


_HOLD_CASE = Prepared(
    select(*held_columns())
    .select_from(held_from())
    .where(CASE.c.id == bindparam("id"))
    .with_for_update(of=CASE)
)
_HOLD_TASK = Prepared(
    select(
        *held_columns(),
        *_TASK_COLUMNS,
        _is_there(_DRAFT, _DRAFT.c.task_id == TASK.c.id, _DRAFT.c.person_id == bindparam("person_id")),
    )
    .select_from(held_from().join(TASK, TASK.c.case_id == CASE.c.id))
    .where(TASK.c.id == bindparam("id"))
    .with_for_update(of=(CASE, TASK))
)


def case_from(row: Sequence[Any]) -> HeldCase:
    """Make a held case of the first columns of a row."""
    *plain, path, time_zone, pairs, breaks, has_incidents = row[:_WIDTH]
    values: Mapping[str, Any] = dict(zip((column.name for column in _CASE_COLUMNS), plain, strict=True))
    return HeldCase(
        **values,
        path=path,
        time_zone=time_zone,
        participants=people_from(pairs),
        breaks=breaks_from(breaks),
        has_incidents=has_incidents,
    )


def with_participants_of_now(work: Work, case: HeldCase) -> HeldCase:
    """Return the case with the participants that it has by now, if this act has changed them."""
    if not are_others(work, case.id):
        return case
    pairs = work.session.connection().scalar(select(participants_of(bindparam("id"))), {"id": case.id})
    return replace(case, participants=people_from(pairs))


def hold_case(work: Work, case_id: uuid.UUID) -> HeldCase:
    """Lock a case and return it; whether the actor may know of it is for the operation to ask."""
    row = _HOLD_CASE.find(work.session.connection(), {"id": case_id})
    if row is None:
        raise NotFound(noun="case")
    note_begun(work, case_id)
    return case_from(row)


def read_cases(work: Work, case_ids: Collection[uuid.UUID]) -> list[HeldCase]:
    """Return cases as `hold_case` does, but lock none of them: to look ahead, never to move them."""
    wanted = select(*held_columns()).select_from(held_from()).where(CASE.c.id.in_(case_ids))
    found = {case.id: case for case in map(case_from, work.session.connection().execute(wanted))}
    if len(found) < len(set(case_ids)):
        raise NotFound(noun="case")
    return [found[case_id] for case_id in dict.fromkeys(case_ids)]


def hold_task(work: Work, task_id: uuid.UUID) -> tuple[HeldCase, HeldTask]:
    """Lock a task together with its case and return both."""
    wanted = {"id": task_id, "person_id": work.actor.person_id}
    row = _HOLD_TASK.find(work.session.connection(), wanted)
    if row is None:
        raise NotFound(noun="task")
    case, task = case_from(row), HeldTask(*row[_WIDTH:])
    note_begun(work, case.id)
    return case, task
