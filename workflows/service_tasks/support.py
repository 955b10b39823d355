"""What the diagrams of support call: whether there is somebody to ask, and what they said."""

import uuid
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from models.pairs import Pair
from workflows.records import concerns, guardians, pair_sets, pairs, support
from workflows.service_tasks.place import Done, Place
from workflows.work import Work


def look(work: Work, place: Place, *, pair_id: str, with_role: str) -> dict[str, Any]:
    """Say how often the curator has asked already, and whether there is somebody to ask."""
    pair = pairs.get_pair(work, uuid.UUID(pair_id))
    has_somebody = pair.status not in pair_sets.OVER and _is_there(work, pair, with_role)
    return {"has_somebody": has_somebody, "contacts": support.count_contacts(work, pair.id, with_role)}


def record(work: Work, place: Place, done: Done) -> None:
    """Write down a support contact; a worry that came up in it becomes a concern."""
    pair = pairs.get_pair(work, uuid.UUID(done.known["pair_id"]))
    answers = done.answers
    support.add_contact(
        work,
        pair,
        done.known["with_role"],
        date.fromisoformat(answers["made_on"]),
        channel=answers["channel"],
        summary=answers["summary"],
        by_id=done.by_id,
    )
    if answers.get("is_worried"):
        kind, severity = answers["concern_kind"], answers["concern_severity"]
        concerns.raise_concern(work, pair, kind, severity, answers["concern_text"], role="curator")


def _is_there(work: Work, pair: Pair, with_role: str) -> bool:
    if with_role != "guardian":
        return bool(pairs.list_members(work, pair.id, with_role))
    mentees = pairs.list_members(work, pair.id, "mentee")
    return any(guardians.list_of(work, one.person_id) for one in mentees)


OPERATORS: dict[str, Callable[..., Any]] = {"support.look": look}
LISTENERS: dict[str, Callable[[Work, Place, Done], Mapping[str, Any] | None]] = {"support.record": record}
