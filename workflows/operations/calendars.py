"""Operations on the working calendar: add a break, take one away. What is due moves at once."""

import uuid
from datetime import date
from typing import Any

from models.calendars import Break, BreakKind
from models.organisations import Organisation
from workflows import journal, process
from workflows.access import Permission, Subject, require
from workflows.queries.organisations import hold_organisation
from workflows.refusals import Complaint, Invalid, NotFound
from workflows.work import Work

LONGEST_TITLE = 200
MOST_DAYS = 200
"""A break that lasts longer than a summer is a slip of the pen."""


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
