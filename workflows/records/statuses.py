"""How far somebody has come in a base: a status is added, and the entry repeats the newest one."""

import uuid
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert

from models.bases import EntryStatus, EntryStatusChange, MenteeEntry, MentorEntry
from models.prepared import Prepared
from models.programmes import Programme
from workflows import journal
from workflows.records.cases import find_begun
from workflows.work import Work

OUT = frozenset({EntryStatus.DECLINED, EntryStatus.LEFT})
"""Whoever is here is not in the base any more."""

_CHANGE = cast(Table, EntryStatusChange.__table__)
_ADD_CHANGE = Prepared(
    insert(_CHANGE).values({one.name: bindparam(one.name, type_=one.type) for one in _CHANGE.c})
)

MAY_RETURN = OUT | {EntryStatus.RESERVED, EntryStatus.COMPLETED}
"""Whoever is here may apply again."""

Entry = MenteeEntry | MentorEntry


def change_status(work: Work, entry: Entry, status: EntryStatus, reason: str = "") -> None:
    """Add a status to an entry whose row is held, unless it has come there already."""
    if entry.status == status:
        return
    before, entry.status = entry.status, status
    add_change(work, entry, reason)
    details = {"status": [before, status], "reason": reason}
    is_mentee = isinstance(entry, MenteeEntry)
    record_act(work, entry, "mentee.status_changed" if is_mentee else "mentor.status_changed", details)


def add_change(work: Work, entry: Entry, reason: str = "") -> None:
    """Write down that an entry has come to the status it has now."""
    work.session.flush()
    is_mentee = isinstance(entry, MenteeEntry)
    _ADD_CHANGE.run(
        work.session.connection(),
        {
            "id": uuid.uuid4(),
            "mentee_entry_id": entry.id if is_mentee else None,
            "mentor_entry_id": None if is_mentee else entry.id,
            "status": entry.status,
            "reason": reason,
            "at": work.now(),
            "by_id": work.actor.person_id,
        },
    )


def record_act(work: Work, entry: Entry, act: str, details: dict[str, Any]) -> None:
    """Write an act on an entry into the journal."""
    journal.record(
        work,
        act,
        f"{noun_of(entry)}:{entry.id}",
        organisation_id=entry.organisation_id,
        role=role_of(work),
        case_id=find_begun(work, entry.case_id),
        details={"person": entry.person_id, "programme": entry.programme_id, **details},
    )


def noun_of(entry: Entry) -> str:
    """Name the base an entry belongs to."""
    return "mentee" if isinstance(entry, MenteeEntry) else "mentor"


def role_of(work: Work) -> str:
    """Say by which role the actor appears in the journal, where no permission was asked for."""
    if work.actor.is_system:
        return "system"
    return min((role.name for role in work.actor.roles), default="participant")


def programme_of_entry(work: Work, entry: Entry) -> Programme:
    """Return the programme to whose base an entry belongs."""
    return work.session.get_one(Programme, entry.programme_id)
