"""The daily letter: for which organisations it is time, who has anything to read, and what it is."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Date, String, and_, cast, exists, func, literal, or_, select

from models.cases import Case, CaseStatus
from models.letters import DigestDay, Letter, LetterKind, Way
from models.notices import Notice
from models.organisations import Organisation
from models.people import Person
from models.tasks import Task, TaskStatus
from workflows.queries.notifications import ways_of
from workflows.queries.own_meetings import meetings_ahead
from workflows.queries.task_lines import TaskLine, lines_of
from workflows.records.letters import way_of
from workflows.work import Work

HOUR = 7
"""By the clock of the organisation: before people go to work."""
LATEST_HOUR = 12
"""A worker that was down in the morning still writes them before noon, and not in the evening."""
LONGEST_LOOK_BACK = timedelta(days=7)
MOST_LINES = 30
_A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Morning:
    """An organisation whose daily letters are to be written: for which day, and since when news are new."""

    organisation_id: uuid.UUID
    on: date
    ends_at: datetime
    since: datetime


@dataclass(frozen=True)
class Gathered:
    """What stands in somebody's daily letter."""

    pressing: Sequence[TaskLine] = ()
    new: Sequence[TaskLine] = ()
    given: Sequence[TaskLine] = ()
    talked_of: Sequence[TaskLine] = ()
    notices: int = 0
    meetings: Sequence[tuple[date, str]] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Say whether there is nothing to read."""
        return not any((self.pressing, self.new, self.given, self.talked_of, self.notices, self.meetings))


def list_mornings(work: Work) -> list[uuid.UUID]:
    """List the organisations where it is morning and the letters of the day are not written yet."""
    now = work.now()
    hour = func.date_part("hour", func.timezone(Organisation.time_zone, literal(now)))
    written_on = cast(func.timezone(Organisation.time_zone, DigestDay.written_at), Date)
    is_of_before = written_on < Organisation.day_at(now)
    wanted = (
        select(Organisation.id)
        .outerjoin(DigestDay, DigestDay.organisation_id == Organisation.id)
        .where(hour >= HOUR, hour < LATEST_HOUR, or_(DigestDay.written_at.is_(None), is_of_before))
        .order_by(Organisation.id)
    )
    return list(work.session.scalars(wanted))


def morning_of(organisation: Organisation, before: datetime | None, now: datetime) -> Morning:
    """Say what is the day there, and what is news: what came after the letters before."""
    zone = ZoneInfo(organisation.time_zone)
    on = now.astimezone(zone).date()
    ends_at = datetime.combine(on + _A_DAY, time(), zone)
    since = max(before, now - LONGEST_LOOK_BACK) if before else now - _A_DAY
    return Morning(organisation.id, on, ends_at, since)


def has_anything(morning: Morning) -> ColumnElement[bool]:
    """Say that somebody has something to read; people and their choices are joined."""
    ahead = meetings_ahead(morning.on, morning.on + _A_DAY)
    unread = exists().where(
        Notice.person_id == Person.id, Notice.read_at.is_(None), Notice.written_at > morning.since
    )
    kept = exists().where(
        Letter.person_id == Person.id, Letter.way == Way.DAILY, Letter.asked_at > morning.since
    )
    return or_(
        and_(_daily(LetterKind.TASK_OVERDUE), _waits(Task.due_at < morning.ends_at)),
        and_(_daily(LetterKind.TASK_NEW), _waits(Task.opened_at > morning.since)),
        and_(_daily(LetterKind.NOTICE), unread),
        and_(_daily(LetterKind.MEETING), Person.id.in_(select(ahead.c.person_id))),
        kept,
    )


def gather(work: Work, person_id: uuid.UUID, morning: Morning) -> Gathered:
    """Gather what is to be read in somebody's daily letter now, in five statements at the most."""
    ways = ways_of(work, person_id)
    daily = {kind for kind, way in ways.items() if way is Way.DAILY}
    pressing, new = _tasks(work, person_id, morning, daily)
    lines = _lines(work, person_id, morning)
    return Gathered(
        pressing=pressing,
        new=new,
        given=[line for kind, line in lines if kind is LetterKind.TASK_GIVEN],
        talked_of=[line for kind, line in lines if kind is LetterKind.COMMENT],
        notices=_count_notices(work, person_id, morning) if LetterKind.NOTICE in daily else 0,
        meetings=_meetings(work, person_id, morning) if LetterKind.MEETING in daily else (),
    )


def _tasks(
    work: Work, person_id: uuid.UUID, morning: Morning, daily: set[LetterKind]
) -> tuple[list[TaskLine], list[TaskLine]]:
    is_pressing, is_new = Task.due_at < morning.ends_at, Task.opened_at > morning.since
    wanted: list[TaskLine] = []
    if LetterKind.TASK_OVERDUE in daily:
        wanted = _waiting(work, person_id, is_pressing)
    if LetterKind.TASK_NEW not in daily:
        return wanted, []
    known = {line.id for line in wanted}
    return wanted, [line for line in _waiting(work, person_id, is_new) if line.id not in known]


def _waiting(work: Work, person_id: uuid.UUID, which: ColumnElement[bool]) -> list[TaskLine]:
    wanted = lines_of(work).where(
        Task.assignee_id == person_id,
        Task.status == TaskStatus.OPEN,
        Case.status == CaseStatus.RUNNING,
        which,
    )
    ordered = wanted.order_by(Task.due_at.asc().nulls_last(), Task.id).limit(MOST_LINES)
    return [TaskLine(*row) for row in work.session.execute(ordered)]


def _lines(work: Work, person_id: uuid.UUID, morning: Morning) -> list[tuple[LetterKind, TaskLine]]:
    wanted = (
        lines_of(work)
        .add_columns(Letter.kind)
        .join(Letter, Letter.about["task"].astext == cast(Task.id, String()))
        .where(
            Letter.person_id == person_id,
            Letter.way == Way.DAILY,
            Letter.asked_at > morning.since,
            Task.status == TaskStatus.OPEN,
        )
        .order_by(Letter.asked_at)
        .limit(MOST_LINES)
    )
    found = {(row[-1], row[0]): TaskLine(*row[:-1]) for row in work.session.execute(wanted)}
    return [(kind, line) for (kind, _task), line in found.items()]


def _count_notices(work: Work, person_id: uuid.UUID, morning: Morning) -> int:
    unread = select(func.count()).where(
        Notice.person_id == person_id, Notice.read_at.is_(None), Notice.written_at > morning.since
    )
    return work.session.scalar(unread) or 0


def _meetings(work: Work, person_id: uuid.UUID, morning: Morning) -> list[tuple[date, str]]:
    ahead = meetings_ahead(morning.on, morning.on + _A_DAY)
    wanted = select(ahead.c.on, ahead.c.kind).where(ahead.c.person_id == person_id).order_by(ahead.c.on)
    return [(on, kind) for on, kind in work.session.execute(wanted)]


def _daily(kind: LetterKind) -> ColumnElement[bool]:
    return way_of(kind) == Way.DAILY.value


def _waits(which: ColumnElement[bool]) -> ColumnElement[bool]:
    return (
        exists()
        .where(Task.case_id == Case.id, Case.status == CaseStatus.RUNNING)
        .where(Task.assignee_id == Person.id, Task.status == TaskStatus.OPEN, which)
    )
