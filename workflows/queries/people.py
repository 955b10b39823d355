"""Read who somebody is and what they may be asked to do."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import UUID, ColumnElement, DateTime, Select, bindparam, exists, func, select
from sqlalchemy.orm import Session

from models.organisations import Moment, Organisation
from models.people import EndedSession, Membership, Person, User
from models.prepared import Prepared
from models.standing_in import Deputyship
from workflows.access import Permission, Subject, require
from workflows.refusals import NotFound
from workflows.work import Actor, Role, Work


@dataclass(frozen=True)
class SignedIn:
    """Who acts through a session, and whether the password has to be changed before anything else."""

    actor: Actor
    must_change_password: bool


def find_signed_in(
    session: Session,
    user_id: uuid.UUID,
    session_generation: int,
    now: datetime,
    session_id: uuid.UUID | None = None,
) -> SignedIn | None:
    """Return who acts through a session that was begun earlier, unless it has been ended since."""
    given = {
        "user_id": user_id,
        "session_generation": session_generation,
        "session_id": session_id,
        "now": now,
    }
    rows = _SIGNED_IN.all(session.connection(), given)
    return SignedIn(_actor_from(rows), rows[0].must_change_password) if rows else None


def get_actor_of_person(session: Session, person_id: uuid.UUID, now: datetime) -> Actor:
    """Return a person as who acts, account or none: for commands and for tests."""
    session.flush()
    rows = _PERSON.all(session.connection(), {"person_id": person_id, "now": now})
    if not rows:
        raise NotFound(noun="person")
    return _actor_from(rows)


def _stood_for(now: Moment) -> ColumnElement[Any]:
    """Read for whom a person stands in today."""
    return (
        select(func.array_agg(Deputyship.person_id.distinct()))
        .join(Organisation, Organisation.id == Deputyship.organisation_id)
        .where(Deputyship.deputy_id == Person.id, Deputyship.counts_at(now))
        .scalar_subquery()
        .label("stands_for")
    )


def _actors(now: Moment) -> Select[Any]:
    """Read people with the roles of a moment, a row for each role."""
    held = (
        select(Membership.person_id, Membership.role, Organisation.id, Organisation.path)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.counts_at(now))
        .subquery()
    )
    person = (Person.id, Person.full_name, Person.language, User.must_change_password, _stood_for(now))
    return (
        select(*person, held.c.role, held.c.id.label("organisation_id"), held.c.path)
        .select_from(Person)
        .outerjoin(User, User.person_id == Person.id)
        .outerjoin(held, held.c.person_id == Person.id)
        .order_by(held.c.path, held.c.role)
    )


_NOW = bindparam("now", type_=DateTime(timezone=True))
# Every request asks who it is that asks.
_SIGNED_IN = Prepared(
    _actors(_NOW).where(
        User.id == bindparam("user_id"),
        User.session_generation == bindparam("session_generation"),
        ~User.is_blocked,
        ~exists().where(EndedSession.id == bindparam("session_id", type_=UUID())),
    )
)
_PERSON = Prepared(_actors(_NOW).where(Person.id == bindparam("person_id")))


def _actor_from(rows: Sequence[Any]) -> Actor:
    first = rows[0]
    roles = tuple(dict.fromkeys(Role(row.role, row.organisation_id, row.path) for row in rows if row.role))
    return Actor(first.id, first.full_name, first.language, roles, stands_for=tuple(first.stands_for or ()))


def get_subject_of(work: Work, person_id: uuid.UUID) -> Subject:
    """Return what permissions about a person are asked about."""
    place = work.session.execute(
        select(Organisation.id, Organisation.path)
        .join(Person, Person.organisation_id == Organisation.id)
        .where(Person.id == person_id)
    ).one_or_none()
    if place is None:
        raise NotFound(noun="person")
    return Subject(place[0], place[1], person_id=person_id)


def hold_person(work: Work, person_id: uuid.UUID) -> tuple[Person, Subject]:
    """Lock a person; return what permissions are asked about too, for the caller to ask."""
    found = work.session.execute(
        select(Person, Organisation.path)
        .join(Organisation, Organisation.id == Person.organisation_id)
        .where(Person.id == person_id)
        .with_for_update(of=Person)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound(noun="person")
    person, path = found
    return person, Subject(person.organisation_id, path, person_id=person.id)


def list_held(work: Work, person_id: uuid.UUID) -> list[tuple[str, str]]:
    """List the roles a person holds or is going to hold, each with the path of its organisation."""
    held = (
        select(Membership.role, Organisation.path)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.person_id == person_id, ~Membership.is_over_at(work.now()))
    )
    return [(role, path) for role, path in work.session.execute(held)]


@dataclass(frozen=True)
class Member:
    """A person of an organisation and the roles held there today."""

    person_id: uuid.UUID
    full_name: str
    roles: tuple[str, ...]


def list_members(work: Work, organisation_id: uuid.UUID, role: str | None = None) -> list[Member]:
    """List who holds a role in an organisation today, by name."""
    organisation = work.session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFound(noun="organisation")
    require(work, Permission.PERSON_READ, Subject.of(organisation))
    held = (
        select(Person.id, Person.full_name, func.array_agg(Membership.role.distinct()))
        .join(Membership, Membership.person_id == Person.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Organisation.id == organisation_id, Membership.counts_at(work.now()))
        .group_by(Person.id)
        .order_by(Person.full_name, Person.id)
    )
    if role:
        held = held.where(Membership.role == role)
    return [Member(id_, name, tuple(sorted(roles))) for id_, name, roles in work.session.execute(held)]
