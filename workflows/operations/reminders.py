"""Operations of the clock: write the daily letters, remind of meetings and of what has become overdue."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, String, cast, func, literal
from sqlalchemy.dialects.postgresql import insert

from models.cases import Case, CaseStatus
from models.letters import DigestDay, Letter, LetterKind
from models.organisations import Organisation
from models.people import Person
from models.tasks import Task, TaskStatus
from workflows.access import Permission, Subject, require
from workflows.queries.digests import has_anything, morning_of
from workflows.queries.own_meetings import meetings_ahead
from workflows.records import days
from workflows.records.letters import inserted, letters_for
from workflows.work import Work

FIRST_HOUR, LAST_HOUR = 7, 20
"""Reminders come by day."""
LOOKED_BACK = timedelta(hours=26)
"""What became overdue in the evening is told in the morning; what is older than that was told before."""
_A_DAY = timedelta(days=1)
_EVERYWHERE = Subject(uuid.UUID(int=0), "")


def write_digests(work: Work, organisation_id: uuid.UUID) -> int:
    """Write the daily letters of an organisation, once a day; return to how many people."""
    organisation = work.session.get_one(Organisation, organisation_id)
    require(work, Permission.LETTER_WRITE, Subject.of(organisation))
    before = work.session.get(DigestDay, organisation_id, with_for_update=True, populate_existing=True)
    written_at = before.written_at if before else None
    if not _begins_the_day(work, organisation_id, before):
        return 0
    morning = morning_of(organisation, written_at, work.now())
    about = func.jsonb_build_object("on", morning.on.isoformat(), "since", morning.since.isoformat())
    rows = letters_for(LetterKind.DIGEST, work.now(), cause=literal(morning.on.isoformat()), about=about)
    return _write(work, rows.where(Person.organisation_id == organisation_id, has_anything(morning)))


def _begins_the_day(work: Work, organisation_id: uuid.UUID, before: DigestDay | None) -> bool:
    """Note that the letters of this day are being written, unless they have been."""
    if before is None:
        noted = insert(DigestDay).values(organisation_id=organisation_id, written_at=work.now())
        first = noted.on_conflict_do_nothing().returning(DigestDay.organisation_id)
        return work.session.execute(first).first() is not None
    if days.day_of(work, organisation_id, before.written_at) >= days.today(work, organisation_id):
        return False
    before.written_at = work.now()
    work.session.flush()
    return True


def remind_of_meetings(work: Work) -> int:
    """Tell those who want it at once that they meet tomorrow; return how many letters there are."""
    require(work, Permission.LETTER_WRITE, _EVERYWHERE)
    now = work.now()
    ahead = meetings_ahead(now.date(), now.date() + 2 * _A_DAY)
    cause = cast(ahead.c.source_id, String()) + " " + cast(ahead.c.on, String())
    about = func.jsonb_build_object("on", ahead.c.on, "kind", ahead.c.kind, "pair", ahead.c.pair_id)
    rows = (
        letters_for(LetterKind.MEETING, now, cause=cause, about=about)
        .join(ahead, ahead.c.person_id == Person.id)
        .join(Organisation, Organisation.id == Person.organisation_id)
        .where(ahead.c.on == cast(_local(now), Date) + 1, _is_day(now))
    )
    return _write(work, rows)


def remind_of_overdue(work: Work) -> int:
    """Tell those who want it at once what has become overdue; return how many letters there are."""
    require(work, Permission.LETTER_WRITE, _EVERYWHERE)
    now = work.now()
    # A deadline that was moved is another one.
    cause = cast(Task.id, String()) + " " + cast(Task.due_at, String())
    about = func.jsonb_build_object("task", cast(Task.id, String()))
    rows = (
        letters_for(LetterKind.TASK_OVERDUE, now, cause=cause, about=about)
        .join(Task, Task.assignee_id == Person.id)
        .join(Case, Case.id == Task.case_id)
        .join(Organisation, Organisation.id == Task.organisation_id)
        .where(
            Task.status == TaskStatus.OPEN,
            Task.due_at.between(now - LOOKED_BACK, now),
            Case.status == CaseStatus.RUNNING,
            _is_day(now),
        )
    )
    return _write(work, rows)


def _write(work: Work, rows: Select[Any]) -> int:
    return len(work.session.execute(inserted(rows).returning(Letter.id)).all())


def _local(now: datetime) -> ColumnElement[datetime]:
    return func.timezone(Organisation.time_zone, literal(now))


def _is_day(now: datetime) -> ColumnElement[bool]:
    hour = func.date_part("hour", _local(now))
    return (hour >= FIRST_HOUR) & (hour < LAST_HOUR)
