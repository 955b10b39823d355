"""Read what somebody has on their hands, and what went over to others."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import aliased

from models.cases import Case, CaseParticipant, CaseStatus
from models.people import Person
from models.programmes import Programme
from models.standing_in import HandOver, HandOverItem
from models.tasks import Task, TaskStatus
from workflows.access import Permission, require
from workflows.queries.people import get_subject_of
from workflows.work import Work

SEAT = "curator"
"""The seat that is handed over: a mentor or a mentee is nobody's to replace by a list."""
MOST_SHOWN = 20
_ALIVE = (CaseStatus.RUNNING, CaseStatus.SUSPENDED)


@dataclass(frozen=True)
class Caseload:
    """How much somebody has on their hands: cases with them as the curator, tasks of their own besides."""

    seats: int
    tasks: int


@dataclass(frozen=True)
class HandedOver:
    """A caseload that went from one to another."""

    id: uuid.UUID
    from_id: uuid.UUID
    from_name: str
    to_name: str
    at: datetime
    returned_at: datetime | None
    items: int


def seats_of(person_id: uuid.UUID) -> Select[tuple[uuid.UUID]]:
    """Read in which cases somebody sits as the curator; a programme's own goes over by an order."""
    return (
        select(CaseParticipant.case_id)
        .join(Case, Case.id == CaseParticipant.case_id)
        .where(
            CaseParticipant.person_id == person_id,
            CaseParticipant.role == SEAT,
            CaseParticipant.until_at.is_(None),
            Case.status.in_(_ALIVE),
            ~select(Programme.id).where(Programme.case_id == Case.id).exists(),
        )
        .order_by(CaseParticipant.case_id)
    )


def tasks_of(person_id: uuid.UUID) -> Select[tuple[uuid.UUID]]:
    """Read which open tasks are somebody's without following from such a seat."""
    seats = seats_of(person_id).order_by(None)
    follows = (Task.role == SEAT) & Task.case_id.in_(seats)
    wanted = select(Task.id).where(Task.assignee_id == person_id, Task.status == TaskStatus.OPEN, ~follows)
    return wanted.order_by(Task.case_id, Task.id)


def count_caseload(work: Work, person_id: uuid.UUID) -> Caseload:
    """Count what somebody has on their hands."""
    require(work, Permission.DEPUTY_READ, get_subject_of(work, person_id))
    parts = (wanted.order_by(None).subquery() for wanted in (seats_of(person_id), tasks_of(person_id)))
    counts = (select(func.count()).select_from(part).scalar_subquery() for part in parts)
    return Caseload(*work.session.execute(select(*counts)).one())


def list_hand_overs(work: Work, person_id: uuid.UUID) -> list[HandedOver]:
    """List what went over from somebody or to them, the newest first."""
    require(work, Permission.DEPUTY_READ, get_subject_of(work, person_id))
    old, new = aliased(Person), aliased(Person)
    items = select(func.count()).where(HandOverItem.hand_over_id == HandOver.id).scalar_subquery()
    wanted = (
        select(HandOver.id, old.id, old.full_name, new.full_name, HandOver.at, HandOver.returned_at, items)
        .join(old, old.id == HandOver.from_id)
        .join(new, new.id == HandOver.to_id)
        .where(or_(HandOver.from_id == person_id, HandOver.to_id == person_id))
        .order_by(HandOver.at.desc(), HandOver.id)
        .limit(MOST_SHOWN)
    )
    return [HandedOver(*row) for row in work.session.execute(wanted)]


def titles_of(work: Work, case_ids: list[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Map cases that were on somebody's hands to their titles."""
    rows = work.session.execute(select(Case.id, Case.title).where(Case.id.in_(case_ids)))
    return {row.id: row.title for row in rows}
