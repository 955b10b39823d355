"""The general meeting: its guests, who came, the plan of its rounds, and with whom they would go on."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, delete, select

from models.bases import LOOKING, MAY_TAKE_ON, MenteeEntry, MentorEntry
from models.pairing import Choice, ChosenBy, GeneralMeeting, GeneralMeetingGuest
from models.people import Person
from models.programmes import Programme
from workflows.records import pairing, programme_people
from workflows.records.cases import ask_for_case
from workflows.records.halls import TAKING_PART
from workflows.records.messages import send
from workflows.work import Work

Entry = MenteeEntry | MentorEntry
PROCESS = "choice"
MOST_MARKED = 1000
"""So many guests can be marked in one list."""


def add_meeting(
    work: Work,
    programme: Programme,
    *,
    case_id: uuid.UUID | None,
    held_at: datetime,
    place: str,
    format: str,
    minutes_per_round: int,
    tables: int,
    forms: Sequence[str],
) -> GeneralMeeting:
    """Plan a general meeting, and put everybody of these forms who waits on the list of guests."""
    meeting = GeneralMeeting(
        id=uuid.uuid4(),
        programme_id=programme.id,
        case_id=case_id,
        held_at=held_at,
        place=place,
        format=format,
        minutes_per_round=minutes_per_round,
        tables=tables,
        forms=list(forms),
    )
    work.session.add(meeting)
    work.session.flush()
    own, theirs = waiting(work, programme.id, forms)
    work.session.add_all(_guest(meeting, mentee_entry_id=one.id) for one in own)
    work.session.add_all(_guest(meeting, mentor_entry_id=one.id) for one in theirs)
    details = {"held_at": held_at, "mentees": len(own), "mentors": len(theirs)}
    pairing.record_act(work, programme, "general_meeting.planned", details)
    return meeting


def _guest(meeting: GeneralMeeting, **entry: uuid.UUID) -> GeneralMeetingGuest:
    return GeneralMeetingGuest(id=uuid.uuid4(), general_meeting_id=meeting.id, **entry)


def waiting(
    work: Work, programme_id: uuid.UUID, forms: Iterable[str] | None = None
) -> tuple[list[MenteeEntry], list[MentorEntry]]:
    """List the mentees who wait for a mentor, and the mentors who are ready, of these forms or of all."""
    own = select(MenteeEntry).where(MenteeEntry.programme_id == programme_id, MenteeEntry.status.in_(LOOKING))
    theirs = select(MentorEntry).where(
        MentorEntry.programme_id == programme_id,
        MentorEntry.status.in_(MAY_TAKE_ON),
        MentorEntry.capacity > 0,
    )
    if forms is not None:
        own = own.where(MenteeEntry.form.in_(list(forms)))
        theirs = theirs.where(MentorEntry.forms.overlap(list(forms)))
    return (
        list(work.session.scalars(own.order_by(MenteeEntry.applied_at, MenteeEntry.id))),
        list(work.session.scalars(theirs.order_by(MentorEntry.applied_at, MentorEntry.id))),
    )


def meeting_of(work: Work, case_id: uuid.UUID) -> GeneralMeeting | None:
    """Find the newest general meeting of a case in which pairs are formed."""
    wanted = select(GeneralMeeting).where(GeneralMeeting.case_id == case_id)
    return work.session.scalars(wanted.order_by(GeneralMeeting.held_at.desc()).limit(1)).one_or_none()


def list_guests(work: Work, meeting_id: uuid.UUID) -> list[tuple[GeneralMeetingGuest, Entry, Person]]:
    """List the guests who still take part with their entries and names, the mentors first."""
    found: list[tuple[GeneralMeetingGuest, Entry, Person]] = []
    for table, column in (
        (MentorEntry, GeneralMeetingGuest.mentor_entry_id),
        (MenteeEntry, GeneralMeetingGuest.mentee_entry_id),
    ):
        wanted = (
            select(GeneralMeetingGuest, table, Person)
            .join(table, table.id == column)
            .join(Person, Person.id == table.person_id)
            .where(GeneralMeetingGuest.general_meeting_id == meeting_id, table.status.in_(TAKING_PART))
            .order_by(Person.full_name, table.id)
        )
        found += [(row[0], row[1], row[2]) for row in work.session.execute(wanted)]
    return found


def list_to_mark(work: Work, meeting_id: uuid.UUID) -> tuple[list[tuple[GeneralMeetingGuest, Person]], int]:
    """List the guests of whom somebody can say that they did not come, and count those beyond the list."""
    found = [(guest, person) for guest, _entry, person in list_guests(work, meeting_id)]
    return found[:MOST_MARKED], len(found[MOST_MARKED:])


def guest_of(work: Work, case_id: uuid.UUID) -> GeneralMeetingGuest | None:
    """Find the guest who is asked in this case."""
    wanted = select(GeneralMeetingGuest).where(GeneralMeetingGuest.case_id == case_id)
    return work.session.scalars(wanted).one_or_none()


def note_attendance(
    work: Work, programme: Programme, meeting: GeneralMeeting, absent: Collection[str]
) -> int:
    """Write down who came; return how many."""
    come = 0
    # Of whom nobody could say that they stayed away nobody says that they came.
    for guest, _person in list_to_mark(work, meeting.id)[0]:
        guest.has_come = str(guest.id) not in absent
        come += guest.has_come
    pairing.record_act(work, programme, "general_meeting.attended", {"meeting": meeting.id, "came": come})
    return come


def options_for(work: Work, guest: GeneralMeetingGuest) -> list[tuple[uuid.UUID, str]]:
    """List whom a guest may choose: those of the other side who came and with whom a form is shared."""
    if not guest.has_come:
        return []
    if guest.mentee_entry_id:
        mentee = work.session.get_one(MenteeEntry, guest.mentee_entry_id)
        shares_form = MentorEntry.forms.contains([mentee.form])
        return _others(work, guest, MentorEntry, mentee.person_id, shares_form)
    mentor = work.session.get_one(MentorEntry, guest.mentor_entry_id)
    return _others(work, guest, MenteeEntry, mentor.person_id, MenteeEntry.form.in_(mentor.forms))


def _others(
    work: Work,
    guest: GeneralMeetingGuest,
    table: type[MenteeEntry] | type[MentorEntry],
    person_id: uuid.UUID,
    shares_form: ColumnElement[bool],
) -> list[tuple[uuid.UUID, str]]:
    """List the guests of the other side, as `_fit` says it of two who are known."""
    is_mentor = table is MentorEntry
    column = GeneralMeetingGuest.mentor_entry_id if is_mentor else GeneralMeetingGuest.mentee_entry_id
    wanted = (
        select(table.id, Person.full_name)
        .join(GeneralMeetingGuest, column == table.id)
        .join(Person, Person.id == table.person_id)
        .where(
            GeneralMeetingGuest.general_meeting_id == guest.general_meeting_id,
            GeneralMeetingGuest.has_come.is_(True),
            table.status.in_(TAKING_PART),
            table.person_id != person_id,
            shares_form,
        )
        .order_by(Person.full_name, table.id)
    )
    return [(row[0], row[1]) for row in work.session.execute(wanted)]


def ask_guests(
    work: Work, programme: Programme, meeting: GeneralMeeting, choose_by: datetime, remind_after: str
) -> int:
    """Ask everybody who came with whom they would like to go on, each in a small case of their own."""
    asked = 0
    for guest, _entry, person in list_guests(work, meeting.id):
        if not guest.has_come or guest.case_id is not None:
            continue
        people = programme_people.with_curators(work, programme.id, {"participant": [person.id]})
        variables = {
            "programme_id": programme.id,
            "variant": programme.variant,
            "side": "mentee" if guest.mentee_entry_id else "mentor",
            "choose_by": choose_by,
            "remind_after": remind_after,
        }
        guest.case_id = ask_for_case(
            work,
            programme.organisation_id,
            PROCESS,
            person.full_name,
            participants=people,
            variables=variables,
        )
        asked += 1
    meeting.asked_at = work.now()
    work.session.flush()
    return asked


def choose(work: Work, guest: GeneralMeetingGuest, chosen: Sequence[uuid.UUID]) -> None:
    """Write down with whom a guest would like to go on, in the order of preference."""
    by = ChosenBy.MENTEE if guest.mentee_entry_id else ChosenBy.MENTOR
    own = Choice.mentee_entry_id if guest.mentee_entry_id else Choice.mentor_entry_id
    me = guest.mentee_entry_id or guest.mentor_entry_id
    work.session.execute(
        delete(Choice).where(
            Choice.general_meeting_id == guest.general_meeting_id, own == me, Choice.chosen_by == by
        )
    )
    for rank, other in enumerate(dict.fromkeys(chosen), start=1):
        mentee_id, mentor_id = (me, other) if guest.mentee_entry_id else (other, me)
        add_choice(work, guest.general_meeting_id, mentee_id, mentor_id, by, rank)
    guest.answered_at = work.now()
    work.session.flush()


def add_choice(
    work: Work, meeting_id: uuid.UUID, mentee_id: Any, mentor_id: Any, by: ChosenBy, rank: int
) -> None:
    """Write down one choice."""
    work.session.add(
        Choice(
            id=uuid.uuid4(),
            general_meeting_id=meeting_id,
            mentee_entry_id=mentee_id,
            mentor_entry_id=mentor_id,
            chosen_by=by,
            rank=rank,
            chosen_at=work.now(),
        )
    )


def tell_when_all_have_answered(work: Work, meeting_id: uuid.UUID) -> None:
    """Let the forming of pairs go on as soon as nobody is waited for any more."""
    meeting = work.session.get_one(GeneralMeeting, meeting_id)
    awaited = select(GeneralMeetingGuest.id).where(
        GeneralMeetingGuest.general_meeting_id == meeting_id,
        GeneralMeetingGuest.case_id.is_not(None),
        GeneralMeetingGuest.answered_at.is_(None),
    )
    if meeting.closed_at is None and not work.session.scalar(select(awaited.exists())):
        send(work, meeting.case_id, "everybody_chose")


def close(work: Work, programme: Programme, meeting: GeneralMeeting) -> int:
    """Close the collection; whoever has not answered is not asked any more. Return how many answered."""
    if meeting.closed_at is None:
        meeting.closed_at = work.now()
    asked = select(GeneralMeetingGuest).where(
        GeneralMeetingGuest.general_meeting_id == meeting.id, GeneralMeetingGuest.case_id.is_not(None)
    )
    guests = work.session.scalars(asked.order_by(GeneralMeetingGuest.id)).all()
    for guest in guests:
        if guest.answered_at is None:
            send(work, guest.case_id, "choices_closed")
    answered = sum(1 for guest in guests if guest.answered_at)
    pairing.record_act(
        work, programme, "general_meeting.closed", {"meeting": meeting.id, "answered": answered}
    )
    return answered
