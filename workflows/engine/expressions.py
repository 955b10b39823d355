"""FEEL, wherever a person writes an expression: conditions, timers, scripts, forms.

The interpreter is the one the browser's editors use. It runs in a sandbox; what is simple is evaluated
beside it with the same answers (see feel_quick). The texts come without the leading `=` of the diagrams.
"""

from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from workflows.engine import feel_quick
from workflows.engine.feel_operations import Leave
from workflows.engine.feel_readings import Reading, free_names, read
from workflows.engine.feel_reasons import FeelFailed
from workflows.engine.feel_sandbox import ask
from workflows.engine.feel_shapes import is_plain, reaches_inside, shape_of, shape_of_names


class ExpressionFailed(FeelFailed):
    """The expression has no value; `code`, `values` and `reason` say why."""


def evaluate(expression: str, context: Mapping[str, Any], *, now: datetime) -> Any:
    """Evaluate an expression to JSON-able data; dates, times and durations come as ISO text."""
    with suppress(Leave):
        return _quickly(expression, context, now)
    return _asked(expression, context, now)["value"]


def problem(expression: str, names: Collection[str] = ()) -> ExpressionFailed | None:
    """Say why an expression cannot be read, or None. `names` are those with signs in them, such as `a-b`."""
    try:
        read(expression, shape_of_names(names))
    except FeelFailed as failure:
        return ExpressionFailed(failure.code, **failure.values)
    return None


def complaint(expression: str, names: Collection[str] = ()) -> str | None:
    """Say in English why an expression cannot be read, or None."""
    found = problem(expression, names)
    return found.reason if found else None


def variables(expression: str, names: Collection[str] = ()) -> frozenset[str]:
    """Give the names that an expression takes from the top of its data."""
    try:
        return frozenset(free_names(read(expression, shape_of_names(names)).tree))
    except FeelFailed as failure:
        raise ExpressionFailed(failure.code, **failure.values) from failure


def instant(now: datetime) -> str:
    """Write a moment as FEEL reads it, with its zone where that has a name."""
    if now.utcoffset() is None:
        raise ValueError("`now` needs a time zone")
    if isinstance(now.tzinfo, ZoneInfo) and now.tzinfo.key:
        return f"{now.replace(tzinfo=None).isoformat()}@{now.tzinfo.key}"
    return now.isoformat()


def _quickly(expression: str, context: Mapping[str, Any], now: datetime) -> Any:
    try:
        run = _reading(expression, context).quick
        if run is None:
            raise Leave
        return feel_quick.evaluate(run, context, now)
    except FeelFailed as failure:
        raise ExpressionFailed(failure.code, **failure.values) from failure
    except RecursionError as error:
        raise ExpressionFailed("too_deep") from error


def _asked(expression: str, context: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    try:
        needed = _needed(_reading(expression, context), context)
        return ask("evaluate", text=expression, context=needed, now=instant(now))
    except FeelFailed as failure:
        raise ExpressionFailed(failure.code, **failure.values) from failure


def _reading(expression: str, context: Mapping[str, Any]) -> Reading:
    return read(expression, shape_of(context, is_deep=reaches_inside(expression)))


def _needed(reading: Reading, context: Mapping[str, Any]) -> dict[str, Any]:
    """Leave at home what the expression does not name; odd names decide how it is read."""
    return {key: value for key, value in context.items() if key in reading.names or not is_plain(key)}
