"""Who answers for a programme: by which order, from when to when; and who could be appointed."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from models.cases import CaseParticipant
from models.people import Person
from models.programmes import Appointment
from workflows.access import Permission
from workflows.queries.people import Member, list_members
from workflows.queries.programmes.showing import ProgrammeView
from workflows.work import Work

DUTIES = ("curator", "deputy_curator", "form_lead", "team")
NOT_STAFF = frozenset({"mentee", "guardian", "participant"})


@dataclass(frozen=True)
class Appointed:
    """Somebody who was appointed by order."""

    id: uuid.UUID
    person_id: uuid.UUID
    name: str
    position: str | None
    duty: str
    form: str | None
    order_number: str
    since_on: date
    until_on: date | None


@dataclass(frozen=True)
class Leading:
    """Somebody who leads the programme in its case."""

    name: str
    since_at: datetime


def list_appointed(work: Work, view: ProgrammeView) -> list[Appointed]:
    """List everybody who was ever appointed, in the order of the duties, the newest first."""
    wanted = (
        select(
            Appointment.id,
            Appointment.person_id,
            Person.full_name,
            Person.position,
            Appointment.role,
            Appointment.form,
            Appointment.order_number,
            Appointment.since_on,
            Appointment.until_on,
        )
        .join(Person, Person.id == Appointment.person_id)
        .where(Appointment.programme_id == view.id)
        .order_by(Appointment.since_on.desc(), Person.full_name, Appointment.id)
    )
    found = [Appointed(*row) for row in work.session.execute(wanted).tuples()]
    return sorted(found, key=lambda one: DUTIES.index(one.duty) if one.duty in DUTIES else len(DUTIES))


def list_leading(work: Work, view: ProgrammeView) -> list[Leading]:
    """List the heads who lead the programme."""
    wanted = (
        select(Person.full_name, CaseParticipant.since_at)
        .join(Person, Person.id == CaseParticipant.person_id)
        .where(
            CaseParticipant.case_id == view.programme.case_id,
            CaseParticipant.role == "head",
            CaseParticipant.until_at.is_(None),
        )
        .order_by(Person.full_name)
    )
    return [Leading(*row) for row in work.session.execute(wanted).tuples()]


def list_to_appoint(work: Work, view: ProgrammeView) -> Sequence[Member]:
    """List the staff who could be appointed, for those who may appoint."""
    if Permission.PROGRAMME_APPOINT not in view.may:
        return ()
    members = list_members(work, view.programme.organisation_id)
    return [one for one in members if set(one.roles) - NOT_STAFF]
