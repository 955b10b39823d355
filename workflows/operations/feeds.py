"""Operations on private calendars: open one's own at a new address, close it."""

import secrets
import uuid

from sqlalchemy import update

from models.feeds import CalendarFeed
from models.people import Person
from workflows import journal
from workflows.access import Permission, Subject, require
from workflows.queries.people import hold_person
from workflows.queries.task_links import digest_of
from workflows.refusals import Forbidden
from workflows.work import Work


def make_feed(work: Work) -> str:
    """Open the actor's calendar at a new address; return its secret, which is kept nowhere.

    An earlier address does not count any more.
    """
    person, subject = _oneself(work)
    role = require(work, Permission.FEED_MAKE, subject)
    _withdraw(work, person.id)
    secret = secrets.token_urlsafe(32)
    feed = CalendarFeed(id=uuid.uuid4(), person_id=person.id, digest=digest_of(secret), made_at=work.now())
    work.session.add(feed)
    work.session.flush()
    _record(work, "feed.made", person, role)
    return secret


def withdraw_feed(work: Work) -> None:
    """Close the actor's calendar; where none stands open nothing changes."""
    person, subject = _oneself(work)
    role = require(work, Permission.FEED_WITHDRAW, subject)
    if _withdraw(work, person.id):
        _record(work, "feed.withdrawn", person, role)


def _oneself(work: Work) -> tuple[Person, Subject]:
    if work.actor.person_id is None:
        raise Forbidden
    return hold_person(work, work.actor.person_id)


def _withdraw(work: Work, person_id: uuid.UUID) -> int:
    standing = update(CalendarFeed).where(
        CalendarFeed.person_id == person_id, CalendarFeed.withdrawn_at.is_(None)
    )
    closed = standing.values(withdrawn_at=work.now()).returning(CalendarFeed.id)
    return len(work.session.scalars(closed).all())


def _record(work: Work, act: str, person: Person, role: str) -> None:
    journal.record(
        work, act, f"person:{person.id}", organisation_id=person.organisation_id, role=role, details={}
    )
