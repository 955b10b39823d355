"""Which part of people's answers the engine gets: enough to decide by, never a text to read.

Everything that was answered stays with the task. The engine's state is loaded and saved at every
step, so only small values enter it.
"""

from collections.abc import Mapping
from typing import Any

LONGEST_TEXT = 256
LONGEST_LIST = 100
# SpiffWorkflow takes a mapping with this key for something of its own and cannot load the state again.
RESERVED = "typename"


def for_engine(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what is too large, or no scalar and no list of scalars."""
    return {key: value for key, value in answers.items() if key != RESERVED and _fits(value)}


def _fits(value: Any) -> bool:
    if isinstance(value, list):
        return len(value) <= LONGEST_LIST and all(_is_small(inner) for inner in value)
    return _is_small(value)


def _is_small(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) <= LONGEST_TEXT
    return value is None or isinstance(value, bool | int | float)
