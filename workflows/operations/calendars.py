"""Operations on the working calendar: add a break, take one away. What is due moves at once."""

import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from models.calendars import Break, BreakKind
from models.journal import JournalEntry
from models.organisations import Organisation
from models.tasks import Task, TaskStatus
from workflows import journal, process
from workflows.access import Permission, Subject, require
from workflows.queries.organisations import hold_organisation
from workflows.refusals import Complaint, Invalid, NotFound
from workflows.work import Work

LONGEST_TITLE = 200
LOOKED_AT, SHOWN = 500, 10
"""How many of the next tasks are looked at before days off are added, and how many of them are shown."""
MOST_DAYS = 200
"""A break that lasts longer than a summer is a slip of the pen."""
YEARS = range(2000, 2101)


def add_break(
    work: Work, organisation_id: uuid.UUID, kind: BreakKind, title: str, since_on: date, until_on: date
) -> uuid.UUID:
    """Add days on which nobody is expected to act, here and in all organisations below."""
    organisation = hold_organisation(work, organisation_id)
    role = require(work, Permission.CALENDAR_CHANGE, Subject.of(organisation))
    _refuse_if_wrong(title, since_on, until_on)
    added = Break(
        id=uuid.uuid4(),
        organisation_id=organisation_id,
        kind=kind,
        title=title.strip(),
        since_on=since_on,
        until_on=until_on,
    )
    work.session.add(added)
    work.session.flush()
    _record(work, "break.added", organisation, added, role)
    return added.id


@dataclass(frozen=True)
class Moving:
    """A task that would be due on another day."""

    task_id: uuid.UUID
    was_due_at: datetime
    due_at: datetime


@dataclass(frozen=True)
class Tried:
    """What days off would move: how much in all, and the tasks that are due next."""

    moved: int
    next: Sequence[Moving]


def try_break(
    work: Work, organisation_id: uuid.UUID, kind: BreakKind, title: str, since_on: date, until_on: date
) -> Tried:
    """Add days off, look at what moves, and undo it all."""
    return _try(
        work, organisation_id, lambda: add_break(work, organisation_id, kind, title, since_on, until_on)
    )


def try_removal(work: Work, break_id: uuid.UUID) -> Tried:
    """Take days off away, look at what comes back, and undo it all."""
    found = work.session.get(Break, break_id)
    if found is None:
        raise NotFound(noun="break")
    return _try(work, found.organisation_id, lambda: remove_break(work, break_id))


def _try(work: Work, organisation_id: uuid.UUID, act: Callable[[], object]) -> Tried:
    trial = work.session.begin_nested()
    try:
        before = _next_due(work, organisation_id)
        act()
        moved = _noted(work, organisation_id)
        after = _next_due(work, organisation_id, before)
    finally:
        trial.rollback()
    changed = [Moving(one, before[one], due) for one, due in after.items() if due != before.get(one)]
    return Tried(moved, changed[:SHOWN])


def _noted(work: Work, organisation_id: uuid.UUID) -> int:
    """Read how much was moved by what was just done."""
    done = JournalEntry.act.in_(("break.added", "break.removed"))
    moved = select(JournalEntry.details["moved"].as_integer()).where(
        JournalEntry.organisation_id == organisation_id, done
    )
    found: int = work.session.scalars(moved.order_by(JournalEntry.id.desc()).limit(1)).one()
    return found


def _next_due(
    work: Work, organisation_id: uuid.UUID, of: Collection[uuid.UUID] = ()
) -> dict[uuid.UUID, datetime]:
    """Read when the tasks below an organisation are due, the next ones first, or those that are named."""
    place = Organisation.__table__.alias("place")
    wanted = (
        select(Task.id, Task.due_at)
        .join(Organisation, Organisation.id == Task.organisation_id)
        .join(place, func.starts_with(Organisation.path, place.c.path))
        .where(place.c.id == organisation_id, Task.status == TaskStatus.OPEN, Task.due_at > work.now())
        .order_by(Task.due_at, Task.id)
        .limit(LOOKED_AT)
    )
    if of:
        wanted = select(Task.id, Task.due_at).where(Task.id.in_(of)).order_by(Task.due_at, Task.id)
    return {task_id: due_at for task_id, due_at in work.session.execute(wanted) if due_at}


def remove_break(work: Work, break_id: uuid.UUID) -> None:
    """Take a break away again: what it had moved comes back."""
    found = work.session.get(Break, break_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise NotFound(noun="break")
    organisation = hold_organisation(work, found.organisation_id)
    role = require(work, Permission.CALENDAR_CHANGE, Subject.of(organisation))
    work.session.delete(found)
    work.session.flush()
    _record(work, "break.removed", organisation, found, role)


def _refuse_if_wrong(title: str, since_on: date, until_on: date) -> None:
    problems: dict[str, list[Complaint]] = {}
    if not title.strip():
        problems["title"] = [Complaint("required")]
    elif len(title.strip()) > LONGEST_TITLE:
        problems["title"] = [Complaint("too_long", maximum=LONGEST_TITLE)]
    for field, day in (("since_on", since_on), ("until_on", until_on)):
        if day.year not in YEARS:
            problems[field] = [Complaint("not_a_day")]
    if until_on < since_on:
        problems["until_on"] = [Complaint("break_ends_before_it_begins")]
    elif (until_on - since_on).days >= MOST_DAYS:
        problems["until_on"] = [Complaint("break_too_long", maximum=MOST_DAYS)]
    if problems:
        raise Invalid(problems)


def _record(work: Work, act: str, organisation: Organisation, one: Break, role: str) -> None:
    details: dict[str, Any] = {
        "kind": one.kind.value,
        "title": one.title,
        "since_on": one.since_on,
        "until_on": one.until_on,
        "moved": process.recount(work, organisation.path, one.since_on),
    }
    journal.record(work, act, f"break:{one.id}", organisation_id=organisation.id, role=role, details=details)
