"""Read the journal of a case, the newest entries first."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from models.journal import JournalEntry
from models.people import Person
from workflows.access import Permission, require
from workflows.queries.cases import get_subject
from workflows.work import Work

PAGE = 100


@dataclass(frozen=True)
class EntryView:
    """Who did what, when; `details` is empty when the person it was about has been erased."""

    id: int
    at: datetime
    actor_id: uuid.UUID | None
    actor_name: str | None
    actor_role: str
    act: str
    subject: str
    case_id: uuid.UUID | None
    pack_version_id: uuid.UUID | None
    details: dict[str, Any] | None


def list_case_entries(
    work: Work, case_id: uuid.UUID, *, before: int | None = None, size: int = PAGE
) -> Sequence[EntryView]:
    """List what happened in a case."""
    require(work, Permission.JOURNAL_READ, get_subject(work, case_id))
    return _list(work, _entries(before, size).where(JournalEntry.case_id == case_id))


def _entries(before: int | None, size: int) -> Select[Any]:
    chosen = (
        select(
            JournalEntry.id,
            JournalEntry.at,
            JournalEntry.actor_id,
            Person.full_name,
            JournalEntry.actor_role,
            JournalEntry.act,
            JournalEntry.subject,
            JournalEntry.case_id,
            JournalEntry.pack_version_id,
            JournalEntry.details,
        )
        .outerjoin(Person, JournalEntry.actor_id == Person.id)
        .order_by(JournalEntry.id.desc())
        .limit(size)
    )
    return chosen if before is None else chosen.where(JournalEntry.id < before)


def _list(work: Work, chosen: Select[Any]) -> list[EntryView]:
    return [EntryView(*row) for row in work.session.execute(chosen)]
