"""What the forms of a pair are told: who is in it, what was said and agreed at its meetings."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, select

from models.meetings import MeetingKind
from models.pairs import Pair, PairMember
from models.people import Person
from workflows.queries.readings.options import options
from workflows.queries.readings.reader import Reader
from workflows.records import meetings, pairs
from workflows.work import Work


def members(work: Work, case_id: uuid.UUID) -> dict[str, Any]:
    """Give the people of a pair by name; their contacts once they have exchanged them."""
    pair = pairs.pair_of(work, case_id)
    found = pairs.list_members(work, pair.id)
    # Who is in it may change within one act: the key names everybody whose name is remembered.
    key = ("people of pair", tuple(one.person_id for one in found))
    people = work.remembered(key, lambda: _people(work, found))

    def named(role: str) -> list[dict[str, str]]:
        ids = [one.person_id for one in found if one.role == role]
        return options((one, people[one].full_name) for one in ids)

    def shown(role: str) -> list[dict[str, str]]:
        ids = [one.person_id for one in found if one.role == role]
        return [{"name": people[one].full_name, "contacts": _contacts(pair, people[one])} for one in ids]

    both = [*named("mentor"), *named("mentee")]
    return {
        "mentors": shown("mentor"),
        "mentees": shown("mentee"),
        "people": both,
        "came": [one["value"] for one in both],
        "mentees_to_mark": named("mentee"),
    }


def former_members(work: Work, case_id: uuid.UUID) -> dict[str, Any]:
    """Name everybody who has ever been in a pair: without contacts, for what was said of them then."""
    wanted = (
        select(Person.id, Person.full_name, PairMember.role)
        .join(PairMember, PairMember.person_id == Person.id)
        .where(PairMember.pair_id == pairs.pair_of(work, case_id).id, PairMember.role != "curator")
        .order_by(PairMember.since_on, Person.full_name)
    )
    rows = work.session.execute(wanted).all()
    return {
        "people": options((row.id, row.full_name) for row in rows),
        "mentees_to_mark": options((row.id, row.full_name) for row in rows if row.role == "mentee"),
    }


def _people(work: Work, members: Sequence[PairMember]) -> dict[uuid.UUID, Row[Any]]:
    wanted = select(Person.id, Person.full_name, Person.phone, Person.email)
    ids = [one.person_id for one in members]
    return {row.id: row for row in work.session.execute(wanted.where(Person.id.in_(ids)))}


def stories(work: Work, case_id: uuid.UUID) -> dict[str, Any]:
    """Give what the mentees said of themselves at the acquaintance."""
    return {"stories": _told(work, case_id, MeetingKind.ACQUAINTANCE, "answer_as_mentee")}


def impressions(work: Work, case_id: uuid.UUID) -> dict[str, Any]:
    """Give what both sides said after the trial."""
    forms = ("reflect_as_mentor", "reflect_as_mentee")
    told = _told(work, case_id, MeetingKind.TRIAL, *forms)
    doubting = [one["name"] for one in told if one.get("goes_on") != "yes" or one.get("fits") == "no"]
    return {"impressions": told, "doubting": ", ".join(doubting)}


def look_backs(work: Work, case_id: uuid.UUID) -> dict[str, Any]:
    """Give how both sides look back at the whole way."""
    forms = ("look_back_as_mentor", "look_back_as_mentee")
    told = _told(work, case_id, MeetingKind.FINAL, *forms)
    going_on = [one["name"] for one in told if one.get("continue_together") == "yes"]
    mentoring = [one["name"] for one in told if one.get("wants_to_mentor") == "yes"]
    return {"look_backs": told, "going_on": ", ".join(going_on), "mentoring": ", ".join(mentoring)}


def last_meeting(work: Work, case_id: uuid.UUID) -> dict[str, Any]:
    """Give the newest meeting: its day and what came of it."""
    meeting = meetings.find_last(work, pairs.pair_of(work, case_id))
    if meeting is None:
        return {"last_meeting": []}
    return {"last_meeting": [str(meeting.held_on), meeting.summary]}


def next_step(work: Work, case_id: uuid.UUID) -> dict[str, Any]:
    """Give what was agreed last time for this one."""
    meeting = meetings.find_last(work, pairs.pair_of(work, case_id))
    said = [answers for _name, _form, answers in meetings.answers_of(work, meeting)]
    wanted = [answers.get("homework") or answers.get("next_goal") for answers in said]
    return {"next_goal": next(filter(None, wanted), "")}


def _told(work: Work, case_id: uuid.UUID, kind: MeetingKind, *forms: str) -> list[dict[str, Any]]:
    meeting = meetings.find_last(work, pairs.pair_of(work, case_id), kind)
    return [{"name": name, **answers} for name, _form, answers in meetings.answers_of(work, meeting, *forms)]


def _contacts(pair: Pair, person: Row[Any]) -> str:
    known = (person.phone, person.email) if pair.contacts_shared_at else ()
    return ", ".join(filter(None, known))


READERS = {
    "pair.members": Reader(
        members, ("mentors", "mentees", "people", "came", "mentees_to_mark"), past=former_members
    ),
    "pair.stories": Reader(stories, ("stories",)),
    "pair.impressions": Reader(impressions, ("impressions", "doubting")),
    "pair.look_backs": Reader(look_backs, ("look_backs", "going_on", "mentoring")),
    "pair.last_meeting": Reader(last_meeting, ("last_meeting",)),
    "pair.next_step": Reader(next_step, ("next_goal",)),
}
