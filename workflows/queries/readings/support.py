"""What the curator sees before asking how things go: whom to ask, what is known already."""

import uuid
from typing import Any

from sqlalchemy import select

from models.meetings import Meeting, MeetingAnswer, SupportContact
from models.pairs import Pair
from models.people import Person
from workflows.queries.readings.reader import Reader
from workflows.records import guardians, meetings, pairs, support
from workflows.work import Work

_MOST_CONTACTS = 5
_WORST_FIRST = ("bad", "so_so", "good")


def known(work: Work, case_id: uuid.UUID) -> dict[str, Any]:
    """Give the last meeting of the pair, how each side felt about it, and the last contacts."""
    pair = support.pair_of(work, case_id)
    return {
        **_people(work, pair),
        **_last_meeting(work, pair),
        **_contacts(work, pair),
    }


def _people(work: Work, pair: Pair) -> dict[str, list[dict[str, str]]]:
    mentors, mentees = (
        [one.person_id for one in pairs.list_members(work, pair.id, role)] for role in ("mentor", "mentee")
    )
    deciding = [one for mentee in mentees for one in guardians.list_of(work, mentee)]
    people = {"mentors": mentors, "mentees": mentees, "guardians": list(dict.fromkeys(deciding))}
    wanted = select(Person).where(Person.id.in_([*mentors, *mentees, *deciding]))
    known = {person.id: person for person in work.session.scalars(wanted)}
    return {name: [_shown(known[one]) for one in ids] for name, ids in people.items()}


def _shown(person: Person) -> dict[str, str]:
    return {
        "name": person.full_name,
        "contacts": ", ".join(filter(None, (person.phone, person.email))) or "—",
    }


def _last_meeting(work: Work, pair: Pair) -> dict[str, Any]:
    meeting = meetings.find_last(work, pair)
    if meeting is None:
        return {"last_meeting": [], "mentee_mood": "", "mentor_mood": ""}
    return {
        "last_meeting": [str(meeting.held_on), meeting.summary],
        "mentor_mood": _worst_mood(work, meeting, "mentor"),
        "mentee_mood": _worst_mood(work, meeting, "mentee"),
    }


def _worst_mood(work: Work, meeting: Meeting, role: str) -> str:
    """Return how it was for whom the meeting was hardest on: of a group, one may feel bad among many."""
    feeling = MeetingAnswer.answers["feeling"].astext
    said = select(feeling).where(MeetingAnswer.meeting_id == meeting.id, MeetingAnswer.role == role)
    moods = set(work.session.scalars(said))
    return next((mood for mood in _WORST_FIRST if mood in moods), "")


def _contacts(work: Work, pair: Pair) -> dict[str, list[dict[str, str]]]:
    wanted = (
        select(SupportContact.with_role, SupportContact.made_on, SupportContact.summary)
        .where(SupportContact.pair_id == pair.id)
        .order_by(SupportContact.made_on.desc(), SupportContact.recorded_at.desc())
    )
    told: dict[str, list[dict[str, str]]] = {role: [] for role in support.ROLES}
    for role, day, said in work.session.execute(wanted):
        told.setdefault(role, []).append({"made_on": day.isoformat(), "summary": said})
    return {f"contacts_with_{role}": rows[:_MOST_CONTACTS] for role, rows in told.items()}


_GIVES = ("mentors", "mentees", "guardians", "last_meeting", "mentor_mood", "mentee_mood")
READERS = {
    "support.known": Reader(known, gives=(*_GIVES, *(f"contacts_with_{role}" for role in support.ROLES))),
}
