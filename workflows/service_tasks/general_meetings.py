"""What the diagrams do about the general meeting: plan it, invite, write down who came, ask, close."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from models.pairing import ChosenBy, GeneralMeeting
from workflows.records import general_meetings, halls
from workflows.records.programmes import hold_programme
from workflows.refusals import Complaint, Invalid
from workflows.service_tasks.notices import tell
from workflows.service_tasks.pairing import programme_in, strings
from workflows.service_tasks.place import Done, OperatorFailed, Place
from workflows.work import Work

TALKS, MEETINGS = "talks", ("general_meeting", "quick_meetings")
RANKED = ("first", "second", "third")
"""Whom a guest likes best; whoever else would suit comes after them, in the order of the answer."""


def plan(work: Work, place: Place, done: Done) -> dict[str, Any]:
    """Write down when and where the meeting is, with everybody who waits as its guests."""
    held_at = _instant(done, "held_at")
    if held_at <= done.now:
        raise Invalid({"held_at": [Complaint("date_passed")]})
    programme = programme_in(work, done.known)
    meeting = general_meetings.add_meeting(
        work,
        programme,
        case_id=place.case_id,
        held_at=held_at,
        place=str(done.answers.get("place") or ""),
        format=str(done.answers["format"]),
        minutes_per_round=int(done.answers["minutes_per_round"]),
        tables=int(done.answers["tables"]),
        forms=_forms(done, by_talks=False),
    )
    rounds, _names = halls.plan_of(work, meeting)
    return {"rounds": rounds.rounds, "held_at": held_at.isoformat()}


def invite(work: Work, place: Place, /, *, text: str, **values: Any) -> dict[str, Any]:
    """Invite every guest."""
    guests = general_meetings.list_guests(work, get_meeting(work, place).id)
    return tell(work, place, [person.id for _guest, _entry, person in guests], text, values)


def attend(work: Work, place: Place, done: Done) -> dict[str, Any]:
    """Write down who came, on the day of the meeting or later: before it nobody can have come."""
    meeting = get_meeting(work, place)
    if done.now.date() < meeting.held_at.astimezone(done.now.tzinfo).date():
        raise Invalid({"absent": [Complaint("meeting_is_not_held_yet", day=meeting.held_at.isoformat())]})
    programme = hold_programme(work, meeting.programme_id)
    absent = set(strings(done.answers.get("absent")))
    return {"came": general_meetings.note_attendance(work, programme, meeting, absent)}


def ask(work: Work, place: Place, *, days: Any, remind_after: str) -> dict[str, Any]:
    """Ask everybody who came with whom they would like to go on, until some days from now."""
    meeting = get_meeting(work, place)
    programme = hold_programme(work, meeting.programme_id)
    choose_by = work.now() + timedelta(days=float(days))
    return {"asked": general_meetings.ask_guests(work, programme, meeting, choose_by, remind_after)}


def choose(work: Work, place: Place, done: Done) -> dict[str, Any]:
    """Write down with whom a guest would like to go on, the first choice first."""
    guest = general_meetings.guest_of(work, place.case_id)
    if guest is None:
        raise OperatorFailed("no_general_meeting")
    meeting = work.session.get_one(
        GeneralMeeting, guest.general_meeting_id, with_for_update=True, populate_existing=True
    )
    ranked = [str(done.answers[key]) for key in RANKED if done.answers.get(key)]
    chosen = [uuid.UUID(one) for one in ranked + strings(done.answers.get("others"))]
    general_meetings.choose(work, guest, chosen)
    general_meetings.tell_when_all_have_answered(work, meeting.id)
    return {"chosen": len(set(chosen))}


def close(work: Work, place: Place) -> dict[str, Any]:
    """Close the collection of choices."""
    meeting = get_meeting(work, place)
    programme = hold_programme(work, meeting.programme_id)
    return {"answered": general_meetings.close(work, programme, meeting)}


def record_talks(work: Work, place: Place, done: Done) -> dict[str, Any]:
    """Write down what came of personal talks: who would like to go on with whom."""
    rows = done.answers.get("talks") or []
    _refuse_repetitions(rows)
    meeting = general_meetings.add_meeting(
        work,
        programme_in(work, done.known),
        case_id=None,
        held_at=work.now(),
        place="",
        format=TALKS,
        minutes_per_round=0,
        tables=0,
        forms=_forms(done, by_talks=True),
    )
    for row in rows:
        _add_talk(work, meeting, row)
    meeting.closed_at = work.now()
    return {"talks_held": len(rows)}


def _refuse_repetitions(rows: Sequence[Mapping[str, Any]]) -> None:
    pairs = [(str(row["mentee"]), str(row["mentor"])) for row in rows]
    twice = [number for number, two in enumerate(pairs) if two in pairs[:number]]
    if twice:
        raise Invalid({f"talks.{number}.mentor": [Complaint("talk_is_there_twice")] for number in twice})


def _add_talk(work: Work, meeting: GeneralMeeting, row: Any) -> None:
    mentee_id, mentor_id = uuid.UUID(row["mentee"]), uuid.UUID(row["mentor"])
    said = row.get("said")
    for by in (ChosenBy.MENTEE, ChosenBy.MENTOR):
        if said in ("both", by.value):
            general_meetings.add_choice(work, meeting.id, mentee_id, mentor_id, by, 1)


def get_meeting(work: Work, place: Place) -> GeneralMeeting:
    """Return the general meeting of this case."""
    meeting = general_meetings.meeting_of(work, place.case_id)
    if meeting is None:
        raise OperatorFailed("no_general_meeting")
    return meeting


def _forms(done: Done, *, by_talks: bool) -> list[str]:
    """List the forms whose people get to know each other by talks, or at the meeting."""
    ways = done.known.get("ways")
    given = [one for one in ways if isinstance(one, dict)] if isinstance(ways, list) else []
    wanted = (TALKS,) if by_talks else MEETINGS
    return [str(one["form"]) for one in given if one.get("way") in wanted]


def _instant(done: Done, key: str) -> datetime:
    given = datetime.fromisoformat(str(done.answers[key]))
    return given if given.tzinfo else given.replace(tzinfo=done.now.tzinfo)


OPERATORS: dict[str, Callable[..., Any]] = {
    "general_meetings.invite": invite,
    "general_meetings.ask": ask,
    "general_meetings.close": close,
}
LISTENERS = {
    "general_meetings.plan": plan,
    "general_meetings.attend": attend,
    "general_meetings.choose": choose,
    "general_meetings.record_talks": record_talks,
}
