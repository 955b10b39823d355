"""What forms show of the general meeting: its guests, the plan of its rounds, who has answered."""

import uuid
from collections.abc import Mapping
from typing import Any

from workflows.queries.readings.options import options
from workflows.queries.readings.reader import Reader
from workflows.records import general_meetings, halls
from workflows.work import Work


def guests(work: Work, case_id: uuid.UUID) -> Mapping[str, Any]:
    """Show who is expected, as far as one list can hold them, and how many more there are."""
    meeting = general_meetings.meeting_of(work, case_id)
    found, more = general_meetings.list_to_mark(work, meeting.id) if meeting else ([], 0)
    choices = options((guest.id, person.full_name) for guest, person in found)
    return {"guest_choices": choices, "guests_beyond": more}


def rounds(work: Work, case_id: uuid.UUID) -> Mapping[str, Any]:
    """Show who talks with whom in which round."""
    meeting = general_meetings.meeting_of(work, case_id)
    if meeting is None:
        return {"rounds": [], "talks_left_out": 0}
    plan, names = halls.plan_of(work, meeting)
    talks = [
        {
            "round": talk.round,
            "table": talk.table,
            "mentor": names[talk.mentor],
            "mentee": names[talk.mentee],
        }
        for talk in plan.talks
    ]
    return {"rounds": talks, "talks_left_out": plan.left_out}


def whom_met(work: Work, case_id: uuid.UUID) -> Mapping[str, Any]:
    """Show a guest whom they met."""
    guest = general_meetings.guest_of(work, case_id)
    found = general_meetings.options_for(work, guest) if guest else []
    return {"met": options(found)}


def answers(work: Work, case_id: uuid.UUID) -> Mapping[str, Any]:
    """Show who has said with whom they would go on, and who has not yet."""
    meeting = general_meetings.meeting_of(work, case_id)
    found = general_meetings.list_guests(work, meeting.id) if meeting else []
    asked = [(guest, person) for guest, _entry, person in found if guest.case_id]
    silent = [{"name": person.full_name} for guest, person in asked if guest.answered_at is None]
    return {"asked": len(asked), "answered": len(asked) - len(silent), "silent": silent}


READERS = {
    "general_meetings.guests": Reader(guests, gives=("guest_choices", "guests_beyond")),
    "general_meetings.rounds": Reader(rounds, gives=("rounds", "talks_left_out")),
    "general_meetings.options": Reader(whom_met, gives=("met",)),
    "general_meetings.answers": Reader(answers, gives=("asked", "answered", "silent")),
}
