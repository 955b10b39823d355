"""What the end of a programme calls: compare, decide who goes on, reflect, mark full cycles, carry over."""

import uuid
from collections.abc import Callable
from typing import Any

from models.bases import MentorEntry
from workflows.records import carrying, full_cycles, mentor_wishes
from workflows.records.futures import read_futures
from workflows.refusals import Complaint, Invalid
from workflows.service_tasks import monitoring, notices
from workflows.service_tasks.place import Done, Place
from workflows.work import Work

COMPARISON, REFLECTION, REVISION = "comparison", "reflection", "revision"


def find_wishing(work: Work, place: Place, *, programme_id: str) -> dict[str, Any]:
    """Return the mentors of completed pairs who would like to go on."""
    found = mentor_wishes.list_wishing(work, uuid.UUID(programme_id))
    return {"count": len(found), "mentors": found}


def invite(work: Work, place: Place, /, *, programme_id: str, text: str, **values: Any) -> dict[str, Any]:
    """Tell all mentors and mentees of the completed pairs."""
    people = mentor_wishes.list_people(work, uuid.UUID(programme_id))
    return notices.tell(work, place, people, text, values)


def find_unmarked(work: Work, place: Place, *, programme_id: str) -> dict[str, Any]:
    """Count the mentees of completed pairs about whose full cycle nothing is decided."""
    return {"count": full_cycles.count_unmarked(work, uuid.UUID(programme_id))}


def carry_over(work: Work, place: Place, *, programme_id: str, futures: Any) -> dict[str, Any]:
    """Hand the bases to the next programme, if there is one; else say how many wait for it."""
    own_id = uuid.UUID(programme_id)
    next_id = carrying.find_next(work, own_id)
    waiting = {
        "mentors": len(carrying.list_retained(work, own_id)),
        "mentees": len(carrying.list_still_looking(work, own_id)),
        "former_mentees": len(dict(carrying.list_future_mentors(work, own_id))),
    }
    carried = carrying.carry_over(work, own_id, next_id, read_futures(futures)) if next_id else None
    return {"waiting": waiting, "carried": carried}


def weigh_up(work: Work, place: Place, done: Done) -> None:
    """Keep what the answers of the participants say beside the final evaluation."""
    monitoring.keep(work, place, done, COMPARISON)


def decide_mentors(work: Work, place: Place, done: Done) -> dict[str, Any]:
    """Write down which mentors go on: the organisation decides, the wish alone is not enough."""
    chosen = {uuid.UUID(one) for one in done.answers.get("mentors") or []}
    asked = {uuid.UUID(one["value"]) for one in done.known["wishing"]["mentors"]}
    for entry_id in sorted(asked):
        entry = work.session.get_one(MentorEntry, entry_id)
        entry.retained_at = work.now() if entry_id in chosen else None
    monitoring.keep(work, place, done, "mentors_retained")
    return {"retained": len(chosen)}


def record_reflection(work: Work, place: Place, done: Done) -> None:
    """Keep what all said to each other at the general meeting."""
    monitoring.keep(work, place, done, REFLECTION)


def mark_full_cycles(work: Work, place: Place, done: Done) -> dict[str, Any]:
    """Write the marks down: each mentee who was asked about is on exactly one of the two lists."""
    programme_id = uuid.UUID(done.known["programme_id"])
    passed = [uuid.UUID(one) for one in done.answers.get("passed") or []]
    others = [uuid.UUID(one) for one in done.answers.get("not_passed") or []]
    found = full_cycles.list_unmarked(work, programme_id)
    names = {one["entry_id"]: one["name"] for one in found}
    if both := set(passed) & set(others):
        raise Invalid({"not_passed": [_about(names, one, "full_cycle_marked_twice") for one in sorted(both)]})
    if undecided := names.keys() - {*passed, *others}:
        raise Invalid({"passed": [_about(names, one, "full_cycle_not_marked") for one in sorted(undecided)]})
    for entry_ids, has_passed in ((passed, True), (others, False)):
        full_cycles.mark(work, [one for one in entry_ids if one in names], has_passed, done.by_id)
    left = full_cycles.count_unmarked(work, programme_id)
    return {"marked": len(passed), "not_marked": len(others), "left": left}


def _about(names: dict[uuid.UUID, str], entry_id: uuid.UUID, key: str) -> Complaint:
    return Complaint(key, person=names.get(entry_id, ""))


def record_revision(work: Work, place: Place, done: Done) -> None:
    """Keep what is to be changed in the roadmap and the programme next time."""
    monitoring.keep(work, place, done, REVISION)


OPERATORS: dict[str, Callable[..., Any]] = {
    "completion.find_wishing": find_wishing,
    "completion.invite": invite,
    "completion.find_unmarked": find_unmarked,
    "completion.carry_over": carry_over,
}
LISTENERS: dict[str, Callable[..., Any]] = {
    "completion.weigh_up": weigh_up,
    "completion.decide_mentors": decide_mentors,
    "completion.record_reflection": record_reflection,
    "completion.mark_full_cycles": mark_full_cycles,
    "completion.record_revision": record_revision,
}
