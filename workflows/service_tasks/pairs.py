"""What the diagrams of a pair call: where it stands, whether it goes on, how it ends."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select

from models.meetings import Meeting, MeetingAnswer, MeetingKind
from models.pairs import Pair, PairStatus, PairStatusChange
from models.people import Person
from workflows.records import goals, leaving, meetings, mentors, pairs, statuses
from workflows.service_tasks import notices
from workflows.service_tasks.place import Done, Place
from workflows.work import Work

READY_FORMS = ("answer_as_mentor", "answer_as_mentee")


def find_place(work: Work, place: Place, *, has_trial: bool) -> dict[str, Any]:
    """Say who is in the pair now and which of the five meetings comes next for them."""
    pair = pairs.pair_of(work, place.case_id)
    return {
        "place": _next_meeting(work, pair, has_trial),
        "cycle": pair.cycle,
        "mentors": _ids(work, pair, "mentor"),
        "mentees": _ids(work, pair, "mentee"),
    }


def settle_readiness(
    work: Work, place: Place, *, answers: Sequence[Mapping[str, Any] | None], least_mentees: int
) -> dict[str, Any]:
    """Go on with those who are ready; whoever is not leaves the group, or ends the pair."""
    pair = pairs.pair_of(work, place.case_id)
    unready = {one["person_id"] for one in answers if one and one["answer"] != "ready"}
    gone = [one for one in pairs.list_members(work, pair.id) if str(one.person_id) in unready]
    if gone and not leaving.can_do_without(work, pair, gone, least_mentees):
        pairs.close_pair(work, pair.id, PairStatus.REFUSED, "not_ready")
        return {"is_ready": False, "pair_now": {}}
    for member in gone:
        pairs.end_membership(work, pair, member, "not_ready")
    pairs.set_status(work, pair.id, PairStatus.ACQUAINTED)
    return {"is_ready": True, "pair_now": find_place(work, place, has_trial=True)}


def withdraw(work: Work, place: Place, /, *, person_id: str, text: str, **values: Any) -> dict[str, Any]:
    """Stop at once for somebody whose consent is gone; the others go on if they can."""
    pair = pairs.pair_of(work, place.case_id)
    gone = [one for one in pairs.list_members(work, pair.id) if str(one.person_id) == person_id]
    notices.tell_participants(work, place, text=text, **values)
    least = pairs.GROUP_AT_LEAST if pair.type == "group" else 1
    if not leaving.can_do_without(work, pair, gone, least):
        pairs.close_pair(work, pair.id, PairStatus.ENDED_EARLY, "consent_withdrawn")
        return {"goes_on": False}
    for member in gone:
        pairs.end_membership(work, pair, member, "consent_withdrawn")
    return {"goes_on": True}


def complete(work: Work, place: Place) -> dict[str, Any]:
    """End a pair that has gone the whole way; mentees who wish to become mentors are proposed."""
    pair = pairs.pair_of(work, place.case_id)
    wishing = _wishing(work, pair)
    pairs.close_pair(work, pair.id, PairStatus.COMPLETED, "full_cycle")
    source = "pedagogue" if pair.form == "teacher_teacher" else "learner"
    for person_id in wishing:
        mentors.propose(work, pair.programme_id, person_id, source, [pair.form])
    return {"proposed": len(wishing)}


def review_trial(work: Work, place: Place, done: Done) -> None:
    """Write down how the curator and the pair decided after the trial."""
    pair = pairs.pair_of(work, place.case_id)
    trial = meetings.find_last(work, pair, MeetingKind.TRIAL)
    if trial is not None:
        meetings.add_answers(work, trial, done.by_id, "curator", done.element, done.answers)
    if done.answers["decision"] == "part":
        pairs.close_pair(work, pair.id, PairStatus.PARTED, done.answers["cause"])
    else:
        pairs.set_status(work, pair.id, PairStatus.TRIED)


def check(work: Work, place: Place, done: Done) -> None:
    """Write down what became of a pair that was silent."""
    pair = pairs.pair_of(work, place.case_id)
    told = {"cause": done.answers["cause"], "decision": done.answers["decision"]}
    pairs.note(work, pair, "pair.checked", told)
    if done.answers["decision"] == "stop":
        pairs.close_pair(work, pair.id, PairStatus.ENDED_EARLY, done.answers["cause"])


def conclude(work: Work, place: Place, done: Done) -> None:
    """Agree on the day of the final meeting."""
    pair = pairs.pair_of(work, place.case_id)
    pairs.set_status(work, pair.id, PairStatus.CONCLUDING)
    day = date.fromisoformat(done.answers["meet_on"])
    meetings.appoint(work, pair, MeetingKind.FINAL, day, done.answers["place"], done.by_id)


def _next_meeting(work: Work, pair: Pair, has_trial: bool) -> str:
    met = _acquainted_since(work, pair)
    if met is None:
        return "acquaintance"
    if not has_trial or goals.has_agreed_plan(work, pair, met):
        return "working"
    tried = select(func.count()).where(
        PairStatusChange.pair_id == pair.id,
        PairStatusChange.status == PairStatus.TRIED,
        PairStatusChange.at >= met,
    )
    return "planning" if work.session.scalar(tried) else "trial"


def _acquainted_since(work: Work, pair: Pair) -> Any:
    """Say when the last of those who are in the pair now said that they are ready, if all have."""
    said = (
        select(MeetingAnswer.person_id, func.max(MeetingAnswer.given_at))
        .join(Meeting, Meeting.id == MeetingAnswer.meeting_id)
        .where(Meeting.pair_id == pair.id, MeetingAnswer.form.in_(READY_FORMS))
        .where(MeetingAnswer.answers["readiness"].astext == "ready")
        .group_by(MeetingAnswer.person_id)
    )
    when = {row[0]: row[1] for row in work.session.execute(said)}
    members = pairs.list_members(work, pair.id, "mentor", "mentee")
    if any(one.person_id not in when for one in members):
        return None
    return max((when[one.person_id] for one in members), default=None)


def _ids(work: Work, pair: Pair, role: str) -> list[str]:
    return [str(one.person_id) for one in pairs.list_members(work, pair.id, role)]


def _wishing(work: Work, pair: Pair) -> list[uuid.UUID]:
    final = meetings.find_last(work, pair, MeetingKind.FINAL)
    if final is None:
        return []
    wanted = (
        select(MeetingAnswer.person_id)
        .join(Person, Person.id == MeetingAnswer.person_id)
        .where(MeetingAnswer.meeting_id == final.id, MeetingAnswer.form == "look_back_as_mentee")
        .where(MeetingAnswer.answers["wants_to_mentor"].astext == "yes")
        .order_by(Person.full_name)
    )
    return [one for one in work.session.scalars(wanted) if _may_be_proposed(work, pair, one)]


def _may_be_proposed(work: Work, pair: Pair, person_id: uuid.UUID) -> bool:
    entry = mentors.find_entry(work, pair.programme_id, person_id)
    return entry is None or entry.status in statuses.MAY_RETURN


OPERATORS: dict[str, Callable[..., Any]] = {
    "pairs.find_place": find_place,
    "pairs.settle_readiness": settle_readiness,
    "pairs.withdraw": withdraw,
    "pairs.complete": complete,
}
LISTENERS = {"pairs.review_trial": review_trial, "pairs.check": check, "pairs.conclude": conclude}
