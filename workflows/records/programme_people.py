"""Who answers for a programme, for the cases that stand around it."""

import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy import Date, bindparam, select

from models.programmes import Appointment, Programme
from workflows.records import days
from workflows.work import Work

_TODAY = bindparam("today", type_=Date())
_CURATORS = (
    select(Appointment.person_id)
    .where(
        Appointment.programme_id == bindparam("programme_id"),
        Appointment.role == "curator",
        Appointment.since_on <= _TODAY,
        Appointment.until_on.is_(None) | (Appointment.until_on >= _TODAY),
    )
    .order_by(Appointment.since_on, Appointment.id)
)


def list_curators(work: Work, programme_id: uuid.UUID) -> list[uuid.UUID]:
    """List the curators of a programme who are appointed today."""
    programme = work.session.get_one(Programme, programme_id)
    today = days.today(work, programme.organisation_id)
    given = {"programme_id": programme_id, "today": today}
    return list(dict.fromkeys(work.session.scalars(_CURATORS, given)))


def with_curators(
    work: Work, programme_id: uuid.UUID, people: Mapping[str, Sequence[uuid.UUID]]
) -> dict[str, list[uuid.UUID]]:
    """Seat the curators of the programme beside these people, and nobody on two sides of the same case."""
    seated: dict[str, list[uuid.UUID]] = {}
    taken: set[uuid.UUID] = set()
    for role, ones in {**people, "curator": list_curators(work, programme_id)}.items():
        free = [one for one in dict.fromkeys(ones) if one not in taken]
        taken.update(free)
        if free:
            seated[role] = free
    return seated
