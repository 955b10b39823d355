"""A private calendar: whose it is, and what stands in it."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.cases import Case, CaseStatus
from models.feeds import CalendarFeed
from models.meetings import Meeting
from models.organisations import Organisation
from models.pairs import PairMember
from models.people import Person, User
from models.tasks import Task, TaskStatus
from workflows.queries.own_meetings import PAIR, meetings_ahead
from workflows.queries.task_links import digest_of
from workflows.queries.today_pair_rows import SIDES
from workflows.work import Actor, Work

BACK, AHEAD = timedelta(days=92), timedelta(days=400)
MOST_EVENTS = 500


@dataclass(frozen=True)
class Reader:
    """Whose calendar it is, and by which clock."""

    actor: Actor
    time_zone: str


@dataclass(frozen=True)
class Event:
    """Something in a calendar. Its `uid` stays the same for as long as it is the same thing."""

    uid: str
    kind: str
    on: date
    at: datetime | None
    role: str
    id: uuid.UUID | None
    """The pair or the task that it leads to."""
    written_at: datetime
    name: str = ""
    pack_version_id: uuid.UUID | None = None


def find_reader(session: Session, secret: str) -> Reader | None:
    """Find whose calendar opens by a secret; none if it was taken back or the account is closed."""
    row = session.execute(
        select(Person.id, Person.full_name, Person.language, Organisation.time_zone)
        .select_from(CalendarFeed)
        .join(Person, Person.id == CalendarFeed.person_id)
        .join(Organisation, Organisation.id == Person.organisation_id)
        .join(User, User.person_id == Person.id)
        .where(
            CalendarFeed.digest == digest_of(secret), CalendarFeed.withdrawn_at.is_(None), ~User.is_blocked
        )
    ).one_or_none()
    if row is None:
        return None
    return Reader(Actor(person_id=row.id, name=row.full_name, language=row.language), row.time_zone)


def find_feed_made_at(work: Work) -> datetime | None:
    """Say since when the actor's calendar stands open, if it does."""
    standing = select(CalendarFeed.made_at).where(
        CalendarFeed.person_id == work.actor.person_id, CalendarFeed.withdrawn_at.is_(None)
    )
    return work.session.scalar(standing)


def list_events(work: Work, today: date) -> list[Event]:
    """List what stands in the actor's calendar, by day; three statements however much it is."""
    found = [*_ahead(work, today), *_held(work, today), *_tasks(work)]
    return sorted(found, key=lambda one: (one.on, one.uid))


def _ahead(work: Work, today: date) -> Iterator[Event]:
    ahead = meetings_ahead(today - BACK, today + AHEAD)
    wanted = select(ahead).where(ahead.c.person_id == work.actor.person_id).limit(MOST_EVENTS)
    for row in work.session.execute(wanted):
        sort = "next" if row.kind == PAIR else "general"
        uid = f"{sort}-{row.source_id}"
        yield Event(uid, row.kind, row.on, row.at, row.role, row.pair_id, row.written_at)


def _held(work: Work, today: date) -> Iterator[Event]:
    wanted = (
        select(Meeting.id, Meeting.held_on, PairMember.role, Meeting.pair_id, Meeting.recorded_at)
        .join(PairMember, PairMember.pair_id == Meeting.pair_id)
        .where(
            PairMember.person_id == work.actor.person_id,
            PairMember.until_on.is_(None),
            PairMember.role.in_(SIDES),
            Meeting.held_on > today - BACK,
        )
        .order_by(Meeting.held_on.desc(), Meeting.id)
        .limit(MOST_EVENTS)
    )
    for id_, on, role, pair_id, recorded_at in work.session.execute(wanted):
        yield Event(f"held-{id_}", PAIR, on, None, role, pair_id, recorded_at)


def _tasks(work: Work) -> Iterator[Event]:
    """List the days by which the actor's own tasks are due."""
    wanted = (
        select(Task.id, Task.due_at, Task.opened_at, Task.name, Case.pack_version_id, Organisation.time_zone)
        .join(Case, Case.id == Task.case_id)
        .join(Organisation, Organisation.id == Task.organisation_id)
        .where(
            Task.assignee_id == work.actor.person_id,
            Task.status == TaskStatus.OPEN,
            Task.due_at.is_not(None),
            Case.status == CaseStatus.RUNNING,
        )
        .order_by(Task.due_at, Task.id)
        .limit(MOST_EVENTS)
    )
    for row in work.session.execute(wanted):
        local = row.due_at.astimezone(ZoneInfo(row.time_zone))
        yield Event(
            f"task-{row.id}",
            "task",
            local.date(),
            local,
            "",
            row.id,
            row.opened_at,
            row.name,
            row.pack_version_id,
        )
