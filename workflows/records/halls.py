"""The hall of a general meeting: who sits in it, and the plan of who talks with whom when."""

import uuid
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import array

from models.bases import LOOKING, EntryStatus, MenteeEntry, MentorEntry
from models.pairing import GeneralMeeting, GeneralMeetingGuest
from models.people import Person
from workflows.matching import Plan, plan_rounds
from workflows.work import Work

Expected = tuple[str, uuid.UUID, tuple[str, ...]]
TAKING_PART = (*LOOKING, EntryStatus.MATCHED)
"""Whoever has left meanwhile, or pauses, is neither expected nor offered nor asked."""
MINUTES_OF_TALKS = 180
"""Nobody talks for longer in one afternoon: where not all can meet all by then, the rest do not."""


class Seat(NamedTuple):
    """A guest as the plan of a meeting and its pages need them: not all that is known of a person."""

    entry_id: uuid.UUID
    person_id: uuid.UUID
    name: str
    forms: tuple[str, ...]
    is_mentor: bool
    has_come: bool | None
    was_asked: bool
    has_answered: bool


def list_seats(work: Work, meeting_id: uuid.UUID) -> list[Seat]:
    """List the guests who still take part, the mentors first: columns, because there may be a thousand."""
    found: list[Seat] = []
    for table, column, forms in (
        (MentorEntry, GeneralMeetingGuest.mentor_entry_id, MentorEntry.forms),
        (MenteeEntry, GeneralMeetingGuest.mentee_entry_id, array([MenteeEntry.form])),
    ):
        wanted = (
            select(
                table.id,
                table.person_id,
                Person.full_name,
                forms,
                GeneralMeetingGuest.has_come,
                GeneralMeetingGuest.case_id.is_not(None),
                GeneralMeetingGuest.answered_at.is_not(None),
            )
            .join(table, table.id == column)
            .join(Person, Person.id == table.person_id)
            .where(GeneralMeetingGuest.general_meeting_id == meeting_id, table.status.in_(TAKING_PART))
            .order_by(Person.full_name, table.id)
        )
        is_mentor = table is MentorEntry
        for entry_id, person_id, name, own, has_come, was_asked, answered in work.session.execute(wanted):
            found.append(
                Seat(entry_id, person_id, name, tuple(own), is_mentor, has_come, was_asked, answered)
            )
    return found


def plan_of(
    work: Work, meeting: GeneralMeeting, seats: Sequence[Seat] | None = None
) -> tuple[Plan, Mapping[str, str]]:
    """Return the plan of the rounds for those who are expected or came, and the names of all."""
    expected = [one for one in seats or list_seats(work, meeting.id) if one.has_come is not False]
    sides = [
        tuple((str(one.entry_id), one.person_id, one.forms) for one in expected if one.is_mentor is is_mentor)
        for is_mentor in (True, False)
    ]
    most = max(1, MINUTES_OF_TALKS // meeting.minutes_per_round) if meeting.minutes_per_round else None
    return _plan(sides[0], sides[1], meeting.tables, most), {str(one.entry_id): one.name for one in expected}


# Several pages show the plan of one hall, and for a thousand guests it takes seconds.
@lru_cache(maxsize=16)
def _plan(
    mentors: tuple[Expected, ...], mentees: tuple[Expected, ...], tables: int, most_rounds: int | None
) -> Plan:
    meet = [(theirs[0], own[0]) for theirs in mentors for own in mentees if _fit(own, theirs)]
    only = None if len(meet) == len(mentees) * len(mentors) else meet
    return plan_rounds([one[0] for one in mentors], [one[0] for one in mentees], tables, only, most_rounds)


def _fit(mentee: Expected, mentor: Expected) -> bool:
    """Say whether two guests have a form in common, and are not one person."""
    return mentee[2][0] in mentor[2] and mentee[1] != mentor[1]
