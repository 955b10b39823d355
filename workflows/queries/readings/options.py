"""What people choose from: a value, and the words for it."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from workflows.forms.options import MAX_OPTIONS

Row = TypeVar("Row")


def option(value: object, label: str | list[str], **more: str) -> dict[str, Any]:
    """Return one choice as forms take it; more is what they sort it out by.

    A label with a day in it is given in parts, so that the day is said in the language of the reader.
    """
    return {"label": label, "value": str(value), **more}


def options(rows: Iterable[tuple[object, str | list[str]]]) -> list[dict[str, Any]]:
    """Return a list of choices of values with their words."""
    return [option(value, label) for value, label in rows]


def listed(rows: Sequence[Row], most: int = MAX_OPTIONS) -> tuple[Sequence[Row], int]:
    """Return what one list of a form can hold, and how many are left out: its readers are told of them."""
    return rows[:most], max(0, len(rows) - most)
