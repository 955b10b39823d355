"""What the diagram of a replacement calls: somebody leaves a pair, somebody else comes."""

import uuid
from collections.abc import Callable, Mapping
from typing import Any

from models.bases import MentorEntry
from models.pairs import Pair, PairMember, PairStatus
from workflows.records import leaving, mentors, pair_sets, pairs, pausing
from workflows.refusals import Complaint, Invalid
from workflows.service_tasks.notices import tell
from workflows.service_tasks.place import Done, Place
from workflows.work import Work


def take_leave(
    work: Work,
    place: Place,
    /,
    *,
    person_id: str,
    reason: str,
    text: str,
    least_mentees: int | None = None,
    **values: Any,
) -> dict[str, Any]:
    """Let somebody go, tell those who stay and the guardians, and say what that means for the pair."""
    pair = pairs.pair_of(work, place.case_id)
    concerned = leaving.those_concerned(work, pair)
    member = leaving.find_member(work, pair, uuid.UUID(person_id))
    if member is not None:
        tell(work, place, concerned, text, values)
        _let_go(work, pair, member, reason, least_mentees or 1)
    if pair.status in pair_sets.OVER:
        return {"outcome": "ended", "goes_on": False, "needs_mentor": False}
    if pairs.list_members(work, pair.id, "mentor"):
        return {"outcome": "goes_on", "goes_on": True, "needs_mentor": False}
    pausing.pause(work, pair.id, reason)
    return {"outcome": "searching", "goes_on": False, "needs_mentor": True}


def seat_mentor(
    work: Work, place: Place, /, *, mentor_entry_id: str, text: str, **values: Any
) -> dict[str, Any]:
    """Make the one who agreed the mentor of the pair; everything agreed on before stays."""
    pair = pairs.pair_of(work, place.case_id)
    leaving.take_on(work, pair, uuid.UUID(mentor_entry_id))
    tell(work, place, leaving.those_concerned(work, pair), text, values)
    return {"outcome": "replaced", "goes_on": True, "needs_mentor": False}


def give_up(work: Work, place: Place, /, *, text: str, **values: Any) -> dict[str, Any]:
    """End a pair for which no other mentor was found; its mentees are looked for again."""
    pair = pairs.pair_of(work, place.case_id)
    tell(work, place, leaving.those_concerned(work, pair), text, values)
    pairs.close_pair(work, pair.id, PairStatus.ENDED_EARLY, "no_mentor")
    return {"outcome": "no_mentor", "goes_on": False, "needs_mentor": False}


def choose(work: Work, place: Place, done: Done) -> Mapping[str, Any]:
    """Say who the chosen mentor is, so that nobody else is asked."""
    if done.answers["decision"] != "found":
        return {"person_id": None}
    entry = work.session.get_one(MentorEntry, uuid.UUID(done.answers["mentor_entry_id"]))
    return {"person_id": str(entry.person_id)}


def agree(work: Work, place: Place, done: Done) -> None:
    """Refuse a yes for which there is no room any more: days pass between the question and the answer."""
    if done.answers["answer"] != "yes":
        return
    entry = mentors.hold(work, uuid.UUID(done.known["choose_mentor"]["mentor_entry_id"]))
    free = leaving.list_free_mentors(work, pairs.pair_of(work, place.case_id))
    if entry.id not in {one.entry_id for one in free}:
        raise Invalid({"answer": [Complaint("mentor_is_not_free")]})


def _let_go(work: Work, pair: Pair, member: PairMember, reason: str, least: int) -> None:
    # A mentor who goes is replaced, and so is one who went before.
    goes_on = leaving.can_do_without(work, pair, [member], least, is_mentor_sought=True)
    if member.role == "mentee" and not goes_on:
        pairs.close_pair(work, pair.id, PairStatus.ENDED_EARLY, reason)
    else:
        pairs.end_membership(work, pair, member, reason)


OPERATORS: dict[str, Callable[..., Any]] = {
    "leaving.take_leave": take_leave,
    "leaving.seat_mentor": seat_mentor,
    "leaving.give_up": give_up,
}
LISTENERS: dict[str, Callable[[Work, Place, Done], Mapping[str, Any] | None]] = {
    "leaving.choose": choose,
    "leaving.agree": agree,
}
