"""What the tasks of the five meetings write down."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from models.meetings import Meeting, MeetingKind
from models.pairs import Pair, PairStatus
from workflows.engine.check.pack import Setting
from workflows.engine.parsing.user_tasks import named_in
from workflows.records import awards, concerns, full_cycles, goals, meetings, pairs
from workflows.records.months import months_after
from workflows.refusals import Complaint, Invalid
from workflows.service_tasks.place import Done, Place
from workflows.work import Work

MUST_DISCUSS = "must_discuss"
"""The property by which a diagram says which rules are discussed before a pair begins."""
IN_PERSON = "in_person"
KIND = "meeting"
"""The property by which a diagram says of which meeting a task asks."""


def record_acquaintance(work: Work, place: Place, done: Done) -> None:
    """Write down how people got acquainted; contacts are shown from the moment they were exchanged."""
    pair = pairs.pair_of(work, place.case_id)
    if not set(named_in(done.setting(MUST_DISCUSS))) <= set(done.answers["rules_discussed"]):
        raise Invalid({"rules_discussed": [Complaint("rules_not_discussed")]})
    _hold(work, place, pair, MeetingKind.ACQUAINTANCE, done)
    if done.answers.get("contacts_exchanged"):
        pair.contacts_shared_at = pair.contacts_shared_at or work.now()


def record_trial(work: Work, place: Place, done: Done) -> dict[str, Any]:
    """Write down the trial meeting; the case sees by its id that the silence is over."""
    meeting = _hold(work, place, pairs.pair_of(work, place.case_id), MeetingKind.TRIAL, done)
    return {"meeting": str(meeting.id)}


def record_working(work: Work, place: Place, done: Done) -> dict[str, Any]:
    """Write down a working meeting, if it was long enough, and how near it brought the pair to its goals."""
    pair = pairs.pair_of(work, place.case_id)
    rules = done.known["rules"]
    is_last = bool(rules["is_single"]) or done.answers.get("outcome") == "final"
    _refuse_short(done.answers, int(rules["shortest_minutes"]))
    if is_last:
        _refuse_early(pair, done.now.date(), int(rules["least_months"]))
    meeting = _hold(work, place, pair, MeetingKind.WORKING, done)
    goals.add_progress(work, pair, meeting, done.by_id, done.answers.get("progress") or [])
    pairs.set_status(work, pair.id, PairStatus.WORKING)
    return {"is_last": is_last, "meeting": str(meeting.id)}


def record_final(work: Work, place: Place, done: Done) -> None:
    """Write down the final meeting: results, achievements, full-cycle marks, what was decided together."""
    pair = pairs.pair_of(work, place.case_id)
    before = meetings.find_last(work, pair, MeetingKind.FINAL)
    meeting = _hold(work, place, pair, MeetingKind.FINAL, done, anew=before)
    reached = [{"goal_id": one, "mark": goals.REACHED} for one in done.answers.get("reached") or []]
    goals.add_progress(work, pair, meeting, done.by_id, reached)
    for row in done.answers.get("achievements") or []:
        awards.give_points(work, pair.programme_id, pair.id, activity=row["activity"], note=row["note"])
    if done.answers["decision"] == "new_cycle":
        pair.cycle += 1
    else:
        _mark_full_cycle(work, pair, done)


def answer(work: Work, place: Place, done: Done) -> None:
    """Keep what one side says of a meeting; somebody who feels bad does not pass unseen."""
    pair = pairs.pair_of(work, place.case_id)
    meeting = meetings.find_last(work, pair, MeetingKind(done.setting(KIND)))
    if meeting is None:
        return
    role = _role_of(place, done.by_id)
    # What troubles somebody stands in the concern alone, which few may read.
    told = {key: value for key, value in done.answers.items() if key != "trouble"}
    meetings.add_answers(work, meeting, done.by_id, role, done.form, told)
    if done.answers.get("feeling") == "bad":
        concerns.raise_concern(work, pair, "other", "serious", done.answers.get("trouble") or "", role=role)
    if "took_place" in done.answers:
        meetings.confirm(work, meeting, done.by_id, done.answers["took_place"] == "yes")


def _hold(
    work: Work, place: Place, pair: Pair, kind: MeetingKind, done: Done, *, anew: Meeting | None = None
) -> Meeting:
    refuse_unlikely(work, pair, done.answers)
    meeting = meetings.hold(work, pair, kind, done.answers, done.by_id, anew=anew)
    role = _role_of(place, done.by_id)
    meetings.add_answers(work, meeting, done.by_id, role, done.form, done.answers)
    return meeting


def refuse_unlikely(work: Work, pair: Pair, answers: Mapping[str, Any]) -> None:
    """Refuse a meeting before there was a pair, and one to which a side did not come."""
    _refuse_wrong_day(pair, answers)
    _refuse_absence(work, pair, answers)


def _refuse_wrong_day(pair: Pair, answers: Mapping[str, Any]) -> None:
    if date.fromisoformat(answers["held_on"]) < pair.formed_on:
        raise Invalid({"held_on": [Complaint("before_pair", day=pair.formed_on.isoformat())]})


def _refuse_absence(work: Work, pair: Pair, answers: Mapping[str, Any]) -> None:
    """Refuse a meeting to which one of the two sides did not come."""
    came = set(answers.get("came") or ())
    for role in ("mentor", "mentee"):
        if not any(str(one.person_id) in came for one in pairs.list_members(work, pair.id, role)):
            raise Invalid({"came": [Complaint("side_missing")]})


def _refuse_short(answers: Mapping[str, Any], shortest: int) -> None:
    minutes = answers.get("minutes")
    if answers.get("contact") == IN_PERSON and (minutes is None or minutes < shortest):
        raise Invalid({"minutes": [Complaint("meeting_too_short", least=shortest)]})


def _refuse_early(pair: Pair, day: date, months: int) -> None:
    first = months_after(pair.formed_on, months)
    if day < first:
        raise Invalid({"outcome": [Complaint("pair_too_young", months=months, day=first.isoformat())]})


def _mark_full_cycle(work: Work, pair: Pair, done: Done) -> None:
    marked = set(done.answers.get("full_cycle") or ())
    for has_passed in (True, False):
        entries = [
            one.mentee_entry_id
            for one in pairs.list_members(work, pair.id, "mentee")
            if one.mentee_entry_id and (str(one.person_id) in marked) is has_passed
        ]
        full_cycles.mark(work, entries, has_passed, done.by_id)
    work.session.expire_all()


def _role_of(place: Place, person_id: uuid.UUID) -> str:
    roles = (one.role for one in place.participants if one.person_id == person_id)
    return next(roles, "curator")


LISTENERS = {
    "meetings.record_acquaintance": record_acquaintance,
    "meetings.record_trial": record_trial,
    "meetings.record_working": record_working,
    "meetings.record_final": record_final,
    "meetings.answer": answer,
}
SETTINGS = {
    "meetings.answer": (Setting(KIND, tuple(MeetingKind)),),
    "meetings.record_acquaintance": (Setting(MUST_DISCUSS),),
}
