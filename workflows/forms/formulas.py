"""Evaluate the FEEL of a form: all expressions of one scope in one call."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from workflows.engine import expressions
from workflows.forms.components import Formula

Results = Mapping[Formula, Any]


def evaluate_all(formulas: Iterable[Formula], data: Mapping[str, Any], now: datetime) -> Results:
    """Give the value of each formula; one that fails has none.

    A form must stay usable when an expression meets data its author did not think of: what is not
    hidden for sure is shown, and a limit that is not known does not limit.
    """
    wanted = tuple(formulas)
    if not wanted:
        return {}
    # An expression may end in a comment, which would swallow the bracket on the same line.
    together = "[" + ",".join(f"(\n{formula.text}\n)" for formula in wanted) + "]"
    try:
        values = expressions.evaluate(together, data, now=now)
    except expressions.ExpressionFailed:
        values = None
    if isinstance(values, list) and len(values) == len(wanted):
        return dict(zip(wanted, values, strict=True))
    return {formula: evaluate(formula, data, now) for formula in wanted}


def evaluate(formula: Formula, data: Mapping[str, Any], now: datetime) -> Any:
    """Give the value of one formula, or none if it fails."""
    try:
        return expressions.evaluate(formula.text, data, now=now)
    except expressions.ExpressionFailed:
        return None


def in_row(data: Mapping[str, Any], row: Mapping[str, Any], number: int) -> dict[str, Any]:
    """Give what an expression inside a row of a list sees: the row, and all around it."""
    outer = data.get("this", {key: value for key, value in data.items() if key not in _ROW_NAMES})
    places = [*data.get("i", []), number]
    return {
        **data,
        "this": row,
        "parent": outer,
        "i": places,
        "_this_": row,
        "_parent_": outer,
        "_i_": places,
    }


_ROW_NAMES = frozenset({"this", "parent", "i", "_this_", "_parent_", "_i_"})
