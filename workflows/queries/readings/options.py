"""What people choose from: a value, and the words for it."""

from collections.abc import Iterable


def option(value: object, label: str, **more: str) -> dict[str, str]:
    """Return one choice as forms take it; more is what they sort it out by."""
    return {"label": label, "value": str(value), **more}


def options(rows: Iterable[tuple[object, str]]) -> list[dict[str, str]]:
    """Return a list of choices of values with their words."""
    return [option(value, label) for value, label in rows]
