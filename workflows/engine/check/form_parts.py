"""One part of a form: where it stands, and the rules that only parts of its kind have."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from workflows.engine.check import times
from workflows.engine.check.problems import Problem, Spot, problem


class Part:
    """One component with its place, for the problems."""

    __slots__ = ("data", "place")

    def __init__(self, file: str, text: str, data: Mapping[str, Any]) -> None:
        self.data = data
        label = data.get("label") or data.get("dateLabel") or data.get("key") or ""
        self.place = Spot(file, str(data.get("id") or data.get("key") or ""), str(label), _line(text, data))

    @property
    def type(self) -> str:
        return str(self.data.get("type", ""))


def _line(text: str, data: Mapping[str, Any]) -> int:
    for attribute in ("id", "key"):
        value = data.get(attribute)
        if isinstance(value, str) and value:
            written = re.escape(json.dumps(value, ensure_ascii=False))
            match = re.search(rf'"{attribute}"\s*:\s*{written}', text)
            if match:
                return text.count("\n", 0, match.start()) + 1
    return 0


def table_problems(part: Part) -> Iterator[Problem]:
    """Check where the rows of a table come from, and its columns."""
    source, columns = part.data.get("dataSource"), part.data.get("columns")
    if not isinstance(source, str) or not source.startswith("="):
        yield problem("form_property_wrong", part.place, property="dataSource")
    if not isinstance(columns, list) or not columns or not all(map(_is_column, columns)):
        yield problem("form_property_wrong", part.place, property="columns")


def _is_column(column: Any) -> bool:
    return isinstance(column, dict) and all(
        isinstance(column.get(name), str) and column[name].strip() for name in ("label", "key")
    )


def day_problems(part: Part) -> Iterator[Problem]:
    """Check the limits of a day: an expression, or the day itself."""
    limits = part.data.get("properties", {})
    for name in ("earliest", "latest") if part.type == "datetime" and isinstance(limits, dict) else ():
        limit = limits.get(name)
        is_day = isinstance(limit, str) and (limit.startswith("=") or times.is_day(limit))
        if limit and (not is_day or part.data.get("subtype") == "time"):
            yield problem("form_property_wrong", part.place, property=f"properties.{name}")
