"""What may enter the data of a case: plain JSON, and of a form's answers only what is small.

Full answers, texts and lists of records live in tables; the data of a case holds what its conditions read.
"""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson

from workflows.engine.step_reasons import Explained

LONGEST_TEXT = 256
LONGEST_LIST = 256
LARGEST_VALUE = 32_768


class NotPlain(Explained, ValueError):
    """The value cannot be kept in the data of a case."""


def plain(value: Any) -> Any:
    """Turn a value into JSON: dates and durations become ISO text, decimals become numbers."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return f"PT{value.total_seconds():g}S"
    if isinstance(value, UUID):
        return str(value)
    raise NotPlain("kind_not_kept", kind=type(value).__name__)


def kept(value: Any) -> Any:
    """Make a value plain and refuse it when it is too large for the data of a case."""
    result = plain(value)
    try:
        size = len(orjson.dumps(result))
    except TypeError as problem:
        raise NotPlain("value_not_kept", detail=str(problem)) from problem
    if size > LARGEST_VALUE:
        raise NotPlain("value_too_large", size=size, limit=LARGEST_VALUE)
    return result


def small(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Pick from a form's answers what the process may decide on."""
    shaped = {key: plain(value) for key, value in answers.items()}
    return {key: value for key, value in shaped.items() if _is_small(value)}


def _is_small(value: Any) -> bool:
    if isinstance(value, list):
        return len(value) <= LONGEST_LIST and all(_is_scalar(item) for item in value)
    return _is_scalar(value)


def _is_scalar(value: Any) -> bool:
    return not isinstance(value, list | dict) and (not isinstance(value, str) or len(value) <= LONGEST_TEXT)
