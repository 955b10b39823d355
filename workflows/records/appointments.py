"""Who answers for a programme: appointed by order, from a day to a day, and seated in its cases."""

import uuid
from datetime import date, timedelta

from sqlalchemy import or_, select

from models.bases import MenteeEntry, MentorEntry
from models.cases import Case, CaseParticipant, CaseStatus
from models.pairs import Pair
from models.programmes import Appointment, Programme
from workflows.records import participants, programmes
from workflows.work import Work

SEATED = {"curator": "curator", "deputy_curator": "curator"}
"""The role in the case that an appointment gives; the others give none."""
_ALIVE = (CaseStatus.RUNNING, CaseStatus.SUSPENDED)


def appoint(
    work: Work,
    programme: Programme,
    person_id: uuid.UUID,
    role: str,
    *,
    form: str | None = None,
    order_number: str = "",
    since_on: date,
) -> Appointment:
    """Appoint somebody; whoever answers for the whole programme takes part in its case."""
    appointment = Appointment(
        id=uuid.uuid4(),
        programme_id=programme.id,
        person_id=person_id,
        role=role,
        form=form,
        order_number=order_number,
        since_on=since_on,
    )
    work.session.add(appointment)
    details = {"person": person_id, "role": role, "form": form, "order_number": order_number}
    programmes.note(work, programme, "appointment.made", details)
    if role in SEATED and programme.case_id is not None:
        participants.seat(work, programme.case_id, SEATED[role], person_id)
    return appointment


def end(work: Work, programme: Programme, appointment: Appointment, last_on: date) -> None:
    """End an appointment with a day; one that had not begun by then counts on its first day."""
    appointment.until_on = max(last_on, appointment.since_on)
    details = {"person": appointment.person_id, "role": appointment.role}
    programmes.note(work, programme, "appointment.ended", details)


def hand_over_curatorship(
    work: Work, programme: Programme, old: Appointment, new_id: uuid.UUID, order_number: str, since_on: date
) -> Appointment:
    """Let another curator go on: in the case of the programme and in all that stand around it."""
    end(work, programme, old, since_on - timedelta(days=1))
    for case_id in list_cases_of(work, programme, old.person_id):
        participants.replace(work, case_id, "curator", old.person_id, new_id)
    return appoint(work, programme, new_id, "curator", order_number=order_number, since_on=since_on)


def list_appointments(work: Work, programme_id: uuid.UUID, *roles: str) -> list[Appointment]:
    """List the appointments that have not been ended."""
    wanted = select(Appointment).where(
        Appointment.programme_id == programme_id, Appointment.until_on.is_(None)
    )
    if roles:
        wanted = wanted.where(Appointment.role.in_(roles))
    return list(work.session.scalars(wanted.order_by(Appointment.since_on, Appointment.id)))


def list_cases_of(work: Work, programme: Programme, curator_id: uuid.UUID) -> list[uuid.UUID]:
    """List the running cases of a programme in which somebody takes part as the curator."""
    around = (
        Case.id.in_(select(table.case_id).where(table.programme_id == programme.id))
        for table in (MenteeEntry, MentorEntry, Pair)
    )
    wanted = (
        select(Case.id)
        .join(CaseParticipant, CaseParticipant.case_id == Case.id)
        .where(
            or_(Case.id == programme.case_id, *around),
            Case.status.in_(_ALIVE),
            CaseParticipant.person_id == curator_id,
            CaseParticipant.role == "curator",
            CaseParticipant.until_at.is_(None),
        )
    )
    return list(work.session.scalars(wanted.order_by(Case.id)))
