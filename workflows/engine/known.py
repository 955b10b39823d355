"""What a saved case knows at one place in it, read from the state alone: nothing is brought to life."""

from collections.abc import Mapping, Sequence
from typing import Any

from workflows.engine.state import unpack
from workflows.engine.step import NothingWaits

_SCOPE = 5
"""Where a saved task names its scope, if it does not see the data of its flow."""


def known_to(state: bytes, task_id: str) -> dict[str, Any]:
    """Return the data that a waiting task sees, the nearest scope first."""
    document = unpack(state)
    for _spec, _owner, scope, tasks in document["flows"]:
        for row in tasks:
            if row[0] == task_id:
                return _seen_from(document["scopes"], row[_SCOPE] if len(row) > _SCOPE else scope)
    raise NothingWaits(f"no task {task_id}")


def _seen_from(scopes: Sequence[tuple[int | None, Mapping[str, Any]]], place: int | None) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    while place is not None:
        place, data = scopes[place]
        seen = {**data, **seen}
    return seen
