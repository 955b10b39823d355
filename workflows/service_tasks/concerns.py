"""What the diagram of a concern calls. What people write about it goes into its own notes."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from models.concerns import Concern
from models.pairs import Pair, PairStatus
from models.people import Membership
from models.programmes import Programme
from workflows.records import concerns, leaving, pair_sets, pairs, participants, pausing, programme_people
from workflows.records.cases import ask_for_case
from workflows.service_tasks.notices import tell
from workflows.service_tasks.place import Done, Place
from workflows.work import Work

BY_CONCERN = "concern"


def alarm(work: Work, place: Place, /, *, roles: Sequence[str], text: str, **values: Any) -> dict[str, Any]:
    """Let the pair stand still, and tell everybody in these roles that something is wrong."""
    concern, pair = _of(work, place)
    if pair.status not in (*pair_sets.OVER, PairStatus.PAUSED):
        pausing.ask_to_pause(work, pair.id, BY_CONCERN)
    told = tell(work, place, _called_in(work, place.organisation_id, roles), text, values)
    concerns.note_act(work, concern, "concern.alarmed")
    return told


def act(work: Work, place: Place, *, measures: Sequence[str], person_id: str | None = None) -> dict[str, Any]:
    """Begin what the system can begin by itself: a training for mentors, the search for another mentor."""
    concern, pair = _of(work, place)
    if "secondary_training" in measures:
        _ask_for_training(work, pair)
    if "replacement" in measures and pair.status not in pair_sets.OVER:
        _ask_for_replacement(work, pair, person_id)
    concerns.note_act(work, concern, "concern.acted_on")
    return {"measures": list(measures)}


def end_pair(work: Work, place: Place) -> dict[str, Any]:
    """End the pair before its time, and the work on the concern with it."""
    concern, pair = _of(work, place)
    concerns.close(work, concern, "pair_ended")
    if pair.status not in pair_sets.OVER:
        pausing.ask_to_end(work, pair.id, BY_CONCERN)
    return {"outcome": "pair_ended"}


def write(work: Work, place: Place, done: Done) -> None:
    """Keep what somebody wrote about a concern among its own notes."""
    text = str(done.answers.get("note") or "").strip()
    if text:
        concerns.add_note(work, concerns.concern_of(work, place.case_id), text, done.by_id)


def look_again(work: Work, place: Place, done: Done) -> None:
    """Keep what was seen; a concern that is settled is closed, and its pair goes on."""
    write(work, place, done)
    if done.answers["result"] == "settled":
        _close(work, place, "settled")


def take_over(work: Work, place: Place, done: Done) -> None:
    """Keep what the specialists will do, and let the pair go on; whoever takes over belongs to the case."""
    write(work, place, done)
    participants.seat(work, place.case_id, "psychologist", done.by_id)
    _close(work, place, "handed_over")


def _close(work: Work, place: Place, outcome: str) -> None:
    concern, pair = _of(work, place)
    concerns.close(work, concern, outcome)
    if pair.status is PairStatus.PAUSED and not _has_other_urgent(work, concern):
        pausing.ask_to_resume(work, pair.id)


def _of(work: Work, place: Place) -> tuple[Concern, Pair]:
    concern = concerns.concern_of(work, place.case_id)
    return concern, work.session.get_one(Pair, concern.pair_id)


def _called_in(work: Work, organisation_id: uuid.UUID, roles: Sequence[str]) -> list[uuid.UUID]:
    wanted = select(Membership.person_id).where(
        Membership.organisation_id == organisation_id,
        Membership.role.in_(roles),
        Membership.counts_at(work.now()),
    )
    return list(work.session.scalars(wanted.order_by(Membership.role, Membership.person_id)))


def _ask_for_training(work: Work, pair: Pair) -> None:
    programme = work.session.get_one(Programme, pair.programme_id)
    ask_for_case(
        work,
        pair.organisation_id,
        "secondary_training",
        programme.title,
        participants=programme_people.with_curators(work, programme.id, {}),
        variables={"programme_id": programme.id, "variant": programme.variant},
    )


def _ask_for_replacement(work: Work, pair: Pair, person_id: str | None) -> None:
    mentors = pairs.list_members(work, pair.id, "mentor")
    leaver = next((one for one in mentors if str(one.person_id) == person_id), None)
    if leaver is None and len(mentors) == 1:
        leaver = mentors[0]
    if leaver is not None:
        leaving.announce(work, pair, leaver, BY_CONCERN)
        if pair.status is PairStatus.PAUSED:
            pausing.ask_to_resume(work, pair.id)


def _has_other_urgent(work: Work, concern: Concern) -> bool:
    wanted = select(Concern.id).where(
        Concern.pair_id == concern.pair_id,
        Concern.id != concern.id,
        Concern.severity == "urgent",
        Concern.closed_at.is_(None),
    )
    return work.session.scalars(wanted.limit(1)).first() is not None


OPERATORS: dict[str, Callable[..., Any]] = {
    "concerns.alarm": alarm,
    "concerns.act": act,
    "concerns.end_pair": end_pair,
}
LISTENERS: dict[str, Callable[[Work, Place, Done], Mapping[str, Any] | None]] = {
    "concerns.write": write,
    "concerns.look_again": look_again,
    "concerns.take_over": take_over,
}
