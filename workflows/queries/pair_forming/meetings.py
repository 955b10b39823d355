"""The general meeting as its pages show it: who is expected and came, who sits where, who has chosen."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select

from models.bases import MenteeEntry, MentorEntry
from models.pairing import GeneralMeeting, GeneralMeetingGuest, ProposalRun
from workflows.matching import Plan, Talk
from workflows.queries.pair_forming.place import PairingPlace
from workflows.records import halls
from workflows.work import Work

TALKS = "talks"


@dataclass(frozen=True)
class Guest:
    """Somebody who is expected at a general meeting, or came to it."""

    entry_id: str
    name: str
    is_mentor: bool
    has_come: bool | None
    is_asked: bool
    has_answered: bool


@dataclass(frozen=True)
class Hall:
    """A general meeting with its guests and the plan of its rounds."""

    meeting: GeneralMeeting
    guests: Sequence[Guest]
    plan: Plan
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def asked(self) -> list[Guest]:
        """List those who were asked for their choice."""
        return [one for one in self.guests if one.is_asked]

    @property
    def silent(self) -> list[Guest]:
        """List those who were asked and have not answered."""
        return [one for one in self.asked if not one.has_answered]

    def rounds(self) -> dict[int, list[Talk]]:
        """Give the talks of each round, by tables."""
        found: dict[int, list[Talk]] = {number: [] for number in range(1, self.plan.rounds + 1)}
        for talk in self.plan.talks:
            found[talk.round].append(talk)
        return found

    def tables(self) -> dict[int, list[Talk]]:
        """Give the talks at each table, by rounds."""
        found: dict[int, list[Talk]] = {}
        for talk in sorted(self.plan.talks, key=lambda one: (one.table, one.round)):
            found.setdefault(talk.table, []).append(talk)
        return found

    def people(self) -> list[tuple[Guest, list[Talk]]]:
        """Give the talks of each guest who is expected, by rounds."""
        found: dict[str, list[Talk]] = {}
        for talk in self.plan.talks:
            for key in (talk.mentor, talk.mentee):
                found.setdefault(key, []).append(talk)
        return [(one, found.get(one.entry_id, [])) for one in self.guests if one.has_come is not False]


def find_meeting(work: Work, place: PairingPlace) -> GeneralMeeting | None:
    """Find the general meeting of those who are paired now; the one before them is over."""
    if place.case_id is None:
        return None
    before = select(func.max(ProposalRun.submitted_at)).where(
        ProposalRun.programme_id == place.programme.id, ProposalRun.mentee_entry_id.is_(None)
    )
    if place.run is not None:
        before = before.where(ProposalRun.id != place.run.id)
    handed_on = before.scalar_subquery()
    wanted = select(GeneralMeeting).where(
        GeneralMeeting.case_id == place.case_id,
        GeneralMeeting.closed_at.is_(None) | handed_on.is_(None) | (GeneralMeeting.closed_at > handed_on),
    )
    return work.session.scalars(wanted.order_by(GeneralMeeting.held_at.desc()).limit(1)).one_or_none()


def get_hall(work: Work, meeting: GeneralMeeting) -> Hall:
    """Return a general meeting with everything that its pages show; the caller has asked for permission."""
    seats = halls.list_seats(work, meeting.id)
    guests = [
        Guest(str(one.entry_id), one.name, one.is_mentor, one.has_come, one.was_asked, one.has_answered)
        for one in seats
    ]
    plan, names = halls.plan_of(work, meeting, seats)
    return Hall(meeting, guests, plan, names)


def count_answers(work: Work, meeting_id: uuid.UUID) -> tuple[int, int]:
    """Count who was asked for a choice and still takes part, and who of them has answered."""
    asked, answered = work.session.execute(
        select(func.count(), func.count(GeneralMeetingGuest.answered_at))
        .select_from(GeneralMeetingGuest)
        .outerjoin(MenteeEntry, MenteeEntry.id == GeneralMeetingGuest.mentee_entry_id)
        .outerjoin(MentorEntry, MentorEntry.id == GeneralMeetingGuest.mentor_entry_id)
        .where(
            GeneralMeetingGuest.general_meeting_id == meeting_id,
            GeneralMeetingGuest.case_id.is_not(None),
            func.coalesce(MenteeEntry.status, MentorEntry.status).in_(halls.TAKING_PART),
        )
    ).one()
    return asked, answered
