"""Find and put values in nested answers by path."""

from collections.abc import Mapping
from typing import Any

Path = tuple[str, ...]


def find(data: Any, path: Path) -> Any:
    """Give what stands at the path, or None."""
    for segment in path:
        if not isinstance(data, Mapping):
            return None
        data = data.get(segment)
    return data


def put(data: dict[str, Any], path: Path, value: Any) -> None:
    """Put a value at the path, making what is missing on the way."""
    for segment in path[:-1]:
        inner = data.get(segment)
        if not isinstance(inner, dict):
            inner = data[segment] = {}
        data = inner
    data[path[-1]] = value


def name_of(*parts: object) -> str:
    """Give the name that a field has on a page and in messages."""
    return ".".join(str(part) for part in parts if part != "")
