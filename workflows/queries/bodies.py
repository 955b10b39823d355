"""Read the councils, commissions and working groups of an organisation, and who sits in them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import case, select

from models.bodies import Body, BodyDuty, BodyKind, BodyMember
from models.organisations import Organisation
from models.people import Person
from workflows.access import Permission, Subject, can, require
from workflows.queries.organisations import get_organisation
from workflows.queries.people import Member, list_members
from workflows.refusals import NotFound
from workflows.work import Work

OUTSIDE = {"mentee", "guardian"}
"""Who holds nothing but these sits in no council."""
_IN_ORDER = case({BodyDuty.CHAIR: 0, BodyDuty.SECRETARY: 1}, value=BodyMember.duty, else_=2)


@dataclass(frozen=True)
class Seat:
    """Who sits in a body, as what, from a day to a day."""

    id: uuid.UUID
    person_id: uuid.UUID
    name: str
    duty: BodyDuty
    since_on: date
    until_on: date | None


@dataclass(frozen=True)
class BodyView:
    """A body with its seats, those of today first."""

    id: uuid.UUID
    organisation_id: uuid.UUID
    kind: BodyKind
    name: str
    closed_on: date | None
    seats: list[Seat] = field(default_factory=list)

    @property
    def sitting(self) -> list[Seat]:
        """Return the seats that go on."""
        return [seat for seat in self.seats if seat.until_on is None]

    @property
    def former(self) -> list[Seat]:
        """Return the seats that have ended."""
        return [seat for seat in self.seats if seat.until_on is not None]


@dataclass(frozen=True)
class Bodies:
    """The bodies of an organisation, and whether the reader may change them."""

    organisation: Organisation
    bodies: Sequence[BodyView]
    may_change: bool


def list_bodies(work: Work, organisation_id: uuid.UUID) -> Bodies:
    """List the bodies of an organisation by name, those that are closed last."""
    organisation = get_organisation(work, organisation_id)
    require(work, Permission.BODY_READ, Subject.of(organisation))
    rows = work.session.scalars(
        select(Body)
        .where(Body.organisation_id == organisation_id)
        .order_by(Body.closed_on.desc().nulls_first(), Body.name, Body.id)
    )
    views = {
        one.id: BodyView(one.id, organisation_id, one.kind, one.name, one.closed_on) for one in rows.all()
    }
    seats = (
        select(BodyMember, Person.full_name)
        .join(Person, Person.id == BodyMember.person_id)
        .where(BodyMember.body_id.in_(views))
        .order_by(_IN_ORDER, Person.full_name, BodyMember.id)
    )
    for seat, name in work.session.execute(seats) if views else ():
        found = Seat(seat.id, seat.person_id, name, seat.duty, seat.since_on, seat.until_on)
        views[seat.body_id].seats.append(found)
    may_change = can(work, Permission.BODY_CHANGE, Subject.of(organisation))
    return Bodies(organisation, list(views.values()), may_change)


def get_body(work: Work, body_id: uuid.UUID) -> tuple[Bodies, BodyView]:
    """Return a body among those of its organisation."""
    place = work.session.scalar(select(Body.organisation_id).where(Body.id == body_id))
    if place is None:
        raise NotFound(noun="body")
    bodies = list_bodies(work, place)
    return bodies, next(one for one in bodies.bodies if one.id == body_id)


def list_possible_members(work: Work, organisation_id: uuid.UUID) -> list[Member]:
    """List who could sit in a body: those who hold a role there and are not only looked after."""
    return [one for one in list_members(work, organisation_id) if set(one.roles) - OUTSIDE]
