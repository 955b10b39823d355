"""The mark that says whether a mentee went through the whole cycle; the curator decides it."""

import uuid
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select, update

from models.bases import MenteeEntry
from models.meetings import Meeting, MeetingAttendance, MeetingKind
from models.pairs import Pair, PairMember, PairStatus
from models.people import Person
from workflows.records.pair_sets import stood_to_the_end
from workflows.work import Work

MOST_AT_ONCE = 500
"""A list of choices takes no more answers; whoever comes after these is marked after them."""


def list_unmarked(work: Work, programme_id: uuid.UUID) -> list[dict[str, Any]]:
    """List the first mentees of completed pairs whose mark is not decided, with what speaks for it."""
    came_to_it = MeetingAttendance.has_come & (Meeting.kind == MeetingKind.FINAL)
    finals = func.count(func.distinct(Meeting.id)).filter(came_to_it)
    own = (MeetingAttendance.meeting_id == Meeting.id, MeetingAttendance.person_id == MenteeEntry.person_id)
    wanted = (
        select(MenteeEntry.id, Person.full_name, func.count(func.distinct(Meeting.id)), finals)
        .join(PairMember, PairMember.mentee_entry_id == MenteeEntry.id)
        .join(Pair, Pair.id == PairMember.pair_id)
        .join(Person, Person.id == MenteeEntry.person_id)
        .outerjoin(Meeting, and_(Meeting.pair_id == Pair.id, Meeting.held_on.is_not(None)))
        .outerjoin(MeetingAttendance, and_(*own))
        .where(*_unmarked(programme_id))
        .group_by(MenteeEntry.id, Person.full_name)
        .order_by(Person.full_name, MenteeEntry.id)
        .limit(MOST_AT_ONCE)
    )
    keys = ("entry_id", "name", "meetings", "finals")
    return [dict(zip(keys, row, strict=True)) for row in work.session.execute(wanted)]


def count_unmarked(work: Work, programme_id: uuid.UUID) -> int:
    """Count the mentees of completed pairs whose mark is not decided."""
    wanted = (
        select(func.count(func.distinct(MenteeEntry.id)))
        .join(PairMember, PairMember.mentee_entry_id == MenteeEntry.id)
        .join(Pair, Pair.id == PairMember.pair_id)
        .where(*_unmarked(programme_id))
    )
    return work.session.scalar(wanted) or 0


def _unmarked(programme_id: uuid.UUID) -> tuple[ColumnElement[bool], ...]:
    return (
        MenteeEntry.programme_id == programme_id,
        MenteeEntry.has_full_cycle.is_(None),
        Pair.status == PairStatus.COMPLETED,
        stood_to_the_end(),
    )


def mark(work: Work, entry_ids: Collection[uuid.UUID], has_passed: bool, by_id: uuid.UUID | None) -> None:
    """Write down the curator's decision for these mentees."""
    if entry_ids:
        decided = update(MenteeEntry).where(MenteeEntry.id.in_(entry_ids))
        values = {"has_full_cycle": has_passed, "full_cycle_marked_at": work.now()}
        work.session.execute(decided.values(values | {"full_cycle_marked_by_id": by_id}))
