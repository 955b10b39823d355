"""Meetings from the side of those who take part: who meets when, of a pair or at a general meeting."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    Date,
    DateTime,
    Select,
    String,
    Subquery,
    and_,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from models.bases import MenteeEntry, MentorEntry
from models.meetings import Meeting
from models.organisations import Organisation
from models.pairing import GeneralMeeting, GeneralMeetingGuest
from models.pairs import OVER, Pair, PairMember, PairStatus
from models.programmes import Programme
from workflows.queries.today_pair_rows import SIDES
from workflows.records.halls import TAKING_PART

PAIR, GENERAL = "pair", "general"


def meetings_ahead(first: date, last: date) -> Subquery:
    """Select who meets on these days: person, kind, day, hour if there is one, pair, and by which row.

    It is for many people at once or for one: whoever asks for one person asks for `person_id`.
    """
    guests = (_guests(entry, first, last) for entry in (MenteeEntry, MentorEntry))
    return union_all(_of_pairs(first, last), *guests).subquery("ahead")


def _of_pairs(first: date, last: date) -> Select[Any]:
    """Select the day named at the newest meeting of each pair, and the meetings that are appointed."""
    is_next = and_(Meeting.held_on == Pair.last_met_on, Meeting.next_on.between(first, last))
    is_appointed = and_(Meeting.held_on.is_(None), Meeting.agreed_on.between(first, last))
    on = func.coalesce(Meeting.next_on, Meeting.agreed_on)
    return (
        select(
            PairMember.person_id.label("person_id"),
            literal(PAIR, String()).label("kind"),
            on.label("on"),
            cast(null(), DateTime(timezone=True)).label("at"),
            Pair.id.label("pair_id"),
            PairMember.role.label("role"),
            Meeting.id.label("source_id"),
            Meeting.recorded_at.label("written_at"),
        )
        .join(Pair, Pair.id == Meeting.pair_id)
        .join(PairMember, PairMember.pair_id == Pair.id)
        .where(
            PairMember.until_on.is_(None),
            PairMember.role.in_(SIDES),
            Pair.status.not_in((*OVER, PairStatus.PAUSED)),
            or_(is_next, is_appointed),
        )
    )


def _guests(entry: type[MenteeEntry | MentorEntry], first: date, last: date) -> Select[Any]:
    is_mentee = entry is MenteeEntry
    guest = GeneralMeetingGuest.mentee_entry_id if is_mentee else GeneralMeetingGuest.mentor_entry_id
    begins = datetime.combine(first - timedelta(days=1), time(), UTC)
    ends = datetime.combine(last + timedelta(days=2), time(), UTC)
    local = cast(func.timezone(Organisation.time_zone, GeneralMeeting.held_at), Date)
    return (
        select(
            entry.person_id,
            literal(GENERAL, String()),
            local,
            GeneralMeeting.held_at,
            null(),
            literal("mentee" if is_mentee else "mentor", String()),
            GeneralMeeting.id,
            GeneralMeeting.held_at,
        )
        .select_from(GeneralMeeting)
        .join(Programme, Programme.id == GeneralMeeting.programme_id)
        .join(Organisation, Organisation.id == Programme.organisation_id)
        .join(GeneralMeetingGuest, GeneralMeetingGuest.general_meeting_id == GeneralMeeting.id)
        .join(entry, entry.id == guest)
        .where(
            # So that the index of all general meetings leads to those few.
            GeneralMeeting.held_at.between(begins, ends),
            local.between(first, last),
            entry.status.in_(TAKING_PART),
        )
    )
