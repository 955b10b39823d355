"""Operations on councils, commissions and working groups: set one up, give and end seats, close it."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy import exists, func, select, update

from models.bodies import Body, BodyDuty, BodyKind, BodyMember
from models.people import Person
from workflows import journal
from workflows.access import Permission, Subject, require
from workflows.queries.members import list_strangers
from workflows.queries.organisations import hold_organisation
from workflows.records import days
from workflows.records.addresses import LONGEST_NAME
from workflows.refusals import Complaint, Conflict, Invalid, NotFound
from workflows.work import Work

SINGLE = (BodyDuty.CHAIR, BodyDuty.SECRETARY)
"""Of these there is one at a time."""


def add_body(work: Work, organisation_id: uuid.UUID, kind: BodyKind, name: str) -> uuid.UUID:
    """Set up a body of an organisation."""
    organisation = hold_organisation(work, organisation_id)
    role = require(work, Permission.BODY_CHANGE, Subject.of(organisation))
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        problem = Complaint("too_long", maximum=LONGEST_NAME) if name else Complaint("required")
        raise Invalid({"name": [problem]})
    same = (Body.organisation_id == organisation_id, func.lower(Body.name) == name.lower())
    if work.session.scalar(select(exists().where(*same, Body.closed_on.is_(None)))):
        raise Invalid({"name": [Complaint("body_name_taken")]})
    body = Body(id=uuid.uuid4(), organisation_id=organisation_id, kind=kind, name=name)
    work.session.add(body)
    work.session.flush()
    _record(work, "body.added", body, role, {"name": name, "kind": kind.value})
    return body.id


def close_body(work: Work, body_id: uuid.UUID) -> None:
    """Close a body; everybody's seat ends today."""
    body, role = _hold(work, body_id)
    body.closed_on = days.today(work, body.organisation_id)
    sitting = (BodyMember.body_id == body_id, BodyMember.until_on.is_(None))
    work.session.execute(
        update(BodyMember).where(*sitting).values(until_on=func.greatest(BodyMember.since_on, body.closed_on))
    )
    work.session.flush()
    _record(work, "body.closed", body, role, {"name": body.name})


def give_seat(
    work: Work, body_id: uuid.UUID, person_id: uuid.UUID, duty: BodyDuty, *, since_on: date | None = None
) -> uuid.UUID:
    """Give somebody of the organisation a seat in a body."""
    body, role = _hold(work, body_id)
    organisation = hold_organisation(work, body.organisation_id)
    if list_strangers(work, organisation, [person_id]):
        raise Invalid({"person": [Complaint("person_not_here")]})
    _refuse_if_held(work, body_id, person_id, duty)
    seat = BodyMember(
        id=uuid.uuid4(),
        body_id=body_id,
        person_id=person_id,
        duty=duty,
        since_on=since_on or days.today(work, body.organisation_id),
    )
    work.session.add(seat)
    work.session.flush()
    _record(
        work, "body.joined", body, role, {"person": person_id, "duty": duty.value, "since": seat.since_on}
    )
    return seat.id


def end_seat(work: Work, seat_id: uuid.UUID) -> None:
    """Let a seat end today; one that is over stays as it is."""
    seat = work.session.get(BodyMember, seat_id)
    if seat is None:
        raise NotFound(noun="body")
    body, role = _hold(work, seat.body_id)
    work.session.refresh(seat)
    if seat.until_on is not None:
        return
    seat.until_on = max(seat.since_on, days.today(work, body.organisation_id))
    work.session.flush()
    _record(work, "body.left", body, role, {"person": seat.person_id, "until": seat.until_on})


def _refuse_if_held(work: Work, body_id: uuid.UUID, person_id: uuid.UUID, duty: BodyDuty) -> None:
    rows = work.session.execute(
        select(BodyMember.person_id, BodyMember.duty, Person.full_name)
        .join(Person, Person.id == BodyMember.person_id)
        .where(BodyMember.body_id == body_id, BodyMember.until_on.is_(None))
    ).all()
    for row in rows:
        if row.person_id == person_id:
            raise Invalid({"person": [Complaint("sits_there_already", person=row.full_name)]})
        if duty in SINGLE and row.duty is duty:
            raise Invalid({"duty": [Complaint("seat_taken", person=row.full_name)]})


def _hold(work: Work, body_id: uuid.UUID) -> tuple[Body, str]:
    """Lock a body that is not closed, so that two seats are not given at once."""
    body = work.session.get(Body, body_id, with_for_update=True, populate_existing=True)
    if body is None:
        raise NotFound(noun="body")
    organisation = hold_organisation(work, body.organisation_id)
    role = require(work, Permission.BODY_CHANGE, Subject.of(organisation))
    if body.closed_on:
        raise Conflict("body_closed", name=body.name)
    return body, role


def _record(work: Work, act: str, body: Body, role: str, details: dict[str, Any]) -> None:
    journal.record(
        work, act, f"body:{body.id}", organisation_id=body.organisation_id, role=role, details=details
    )
