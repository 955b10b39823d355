"""Read cases: one with its people and all that waits in it, or a list of those one may see."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, literal, or_, select, true, tuple_

from models.cases import Case, CaseParticipant, CaseStatus
from models.definitions import PackVersion
from models.organisations import Organisation
from models.people import Person
from models.tasks import Task, TaskStatus
from models.waiting import AwaitedMessage, Incident, Timer
from workflows.access import Participant, Permission, Subject, can, require
from workflows.access.reach import BRANCH_ROLES
from workflows.access.rules import OVERSEERS
from workflows.refusals import NotFound
from workflows.work import Work

PAGE = 50
COUNTED = 1000
_ACTS = (
    Permission.CASE_SUSPEND,
    Permission.CASE_RESUME,
    Permission.CASE_CANCEL,
    Permission.CASE_REOPEN,
    Permission.CASE_MIGRATE,
    Permission.TASK_ASK,
    Permission.MESSAGE_SEND,
    Permission.INCIDENT_RETRY,
    Permission.INCIDENT_DIAGNOSE,
    Permission.JOURNAL_READ,
)


@dataclass(frozen=True)
class ParticipantView:
    """Somebody who takes part in a case."""

    person_id: uuid.UUID
    name: str
    role: str
    since_at: datetime


@dataclass(frozen=True)
class CaseView:
    """A case with all that waits in it."""

    case: Case
    organisation_name: str
    pack_version_number: int
    participants: Sequence[ParticipantView]
    open_tasks: Sequence[Task]
    done_tasks: Sequence[Task]
    timers: Sequence[Timer]
    awaited: Sequence[AwaitedMessage]
    incidents: Sequence[Incident]
    may: frozenset[Permission]
    subject: Subject

    @property
    def has_begun(self) -> bool:
        """Say whether the case has made its first step: one that was asked for may not have been able to."""
        return bool(self.case.state)


@dataclass(frozen=True)
class CaseRow:
    """A case in a list."""

    id: uuid.UUID
    title: str
    process: str
    status: CaseStatus
    organisation_id: uuid.UUID
    organisation_name: str
    started_at: datetime
    ended_at: datetime | None
    has_incidents: bool


@dataclass(frozen=True)
class CasePlace:
    """After which case the next page begins."""

    started_at: datetime
    id: uuid.UUID


def list_participants(work: Work, case_id: uuid.UUID) -> tuple[Participant, ...]:
    """List who takes part in a case now, as far as rules look at it."""
    rows = work.session.execute(
        select(CaseParticipant.role, CaseParticipant.person_id).where(
            CaseParticipant.case_id == case_id, CaseParticipant.until_at.is_(None)
        )
    )
    return tuple(Participant(role, person_id) for role, person_id in rows)


def get_subject(work: Work, case_id: uuid.UUID) -> Subject:
    """Return what a permission about this case is asked about."""
    place = work.session.execute(
        select(Organisation.id, Organisation.path)
        .join(Case, Case.organisation_id == Organisation.id)
        .where(Case.id == case_id)
    ).one_or_none()
    if place is None:
        raise NotFound(noun="case")
    return Subject(place[0], place[1], list_participants(work, case_id))


def get_case(work: Work, case_id: uuid.UUID) -> CaseView:
    """Return a case that the actor may see."""
    subject = get_subject(work, case_id)
    require(work, Permission.CASE_READ, subject)
    case, organisation_name, number = work.session.execute(
        select(Case, Organisation.name, PackVersion.number)
        .join(Organisation, Case.organisation_id == Organisation.id)
        .join(PackVersion, Case.pack_version_id == PackVersion.id)
        .where(Case.id == case_id)
    ).one()
    scalars = work.session.scalars
    tasks = select(Task).where(Task.case_id == case_id)
    is_open, is_done = Task.status == TaskStatus.OPEN, Task.status == TaskStatus.COMPLETED
    unresolved = (Incident.case_id == case_id) & Incident.resolved_at.is_(None)
    return CaseView(
        case=case,
        organisation_name=organisation_name,
        pack_version_number=number,
        participants=_participants(work, case_id),
        open_tasks=scalars(tasks.where(is_open).order_by(Task.due_at.asc().nulls_last(), Task.id)).all(),
        done_tasks=scalars(
            tasks.where(is_done).order_by(Task.completed_at.desc(), Task.id).limit(PAGE)
        ).all(),
        timers=scalars(select(Timer).where(Timer.case_id == case_id).order_by(Timer.due_at)).all(),
        awaited=scalars(
            select(AwaitedMessage).where(AwaitedMessage.case_id == case_id).order_by(AwaitedMessage.name)
        ).all(),
        incidents=scalars(select(Incident).where(unresolved).order_by(Incident.opened_at)).all(),
        may=frozenset(act for act in _ACTS if can(work, act, subject)),
        subject=subject,
    )


def _participants(work: Work, case_id: uuid.UUID) -> list[ParticipantView]:
    rows = work.session.execute(
        select(CaseParticipant.person_id, Person.full_name, CaseParticipant.role, CaseParticipant.since_at)
        .join(Person, CaseParticipant.person_id == Person.id)
        .where(CaseParticipant.case_id == case_id, CaseParticipant.until_at.is_(None))
        .order_by(CaseParticipant.role, Person.full_name)
    )
    return [ParticipantView(*row) for row in rows]


def list_cases(
    work: Work,
    *,
    status: CaseStatus | None = None,
    process: str = "",
    search: str = "",
    after: CasePlace | None = None,
    size: int = PAGE,
) -> tuple[list[CaseRow], CasePlace | None]:
    """List the cases that the actor may see, the newest first, and where the next page begins."""
    found = work.session.execute(_page(work, status, process, search, after).limit(size + 1)).all()
    rows = [CaseRow(*row) for row in found[:size]]
    following = CasePlace(rows[-1].started_at, rows[-1].id) if len(found) > size else None
    return rows, following


def count_cases(work: Work, *, status: CaseStatus | None = None, process: str = "", search: str = "") -> int:
    """Count the cases of a list, up to one more than anybody wants to know of."""
    found = _page(work, status, process, search, None).order_by(None).limit(COUNTED + 1).subquery()
    return work.session.execute(select(func.count()).select_from(found)).scalar_one()


def _page(
    work: Work, status: CaseStatus | None, process: str, search: str, after: CasePlace | None
) -> Select[Any]:
    wanted = [visible_to(work)]
    if status:
        wanted.append(Case.status == status)
    if process:
        wanted.append(Case.process == process)
    wanted += [Case.title.icontains(word, autoescape=True) for word in search.split()]
    if after:
        wanted.append(tuple_(Case.started_at, Case.id) < tuple_(literal(after.started_at), literal(after.id)))
    has_incidents = exists().where(Incident.case_id == Case.id, Incident.resolved_at.is_(None))
    return (
        select(
            Case.id,
            Case.title,
            Case.process,
            Case.status,
            Case.organisation_id,
            Organisation.name,
            Case.started_at,
            Case.ended_at,
            has_incidents,
        )
        .join(Organisation, Case.organisation_id == Organisation.id)
        .where(*wanted)
        .order_by(Case.started_at.desc(), Case.id.desc())
    )


def visible_to(work: Work) -> ColumnElement[bool]:
    """Say in SQL what `Permission.CASE_READ` says: own cases, and those where one's role oversees."""
    if work.actor.is_system:
        return true()
    ways: list[ColumnElement[bool]] = [
        exists().where(
            CaseParticipant.case_id == Case.id,
            CaseParticipant.person_id == work.actor.person_id,
            CaseParticipant.until_at.is_(None),
        )
    ]
    for role in work.actor.roles:
        if role.name in OVERSEERS and role.name in BRANCH_ROLES:
            ways.append(Organisation.path.startswith(role.path, autoescape=True))
        elif role.name in OVERSEERS:
            ways.append(Case.organisation_id == role.organisation_id)
    return or_(*ways)
