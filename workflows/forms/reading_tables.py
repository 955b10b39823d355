"""Read the tables that a form shows: rows out of the case or out of what was read for the task."""

from collections.abc import Mapping
from typing import Any

from workflows.forms.components import Component, Head, Table
from workflows.forms.source import Source

MAX_COLUMNS = 20


def read_table(source: Source, basics: dict[str, Any]) -> Component | None:
    """Read a table; its rows are what its expression gives."""
    if not basics["label"].strip():
        source.complain("form_label_missing")
    rows = source.formula("dataSource") if source.is_formula("dataSource") else None
    if rows is None:
        source.complain("form_property_wrong", property="dataSource")
        return None
    return Table(**basics, heads=_heads(source), rows=rows)


def _heads(source: Source) -> tuple[Head, ...]:
    columns = source.raw.get("columns")
    heads = [_head(one) for one in columns] if isinstance(columns, list) else []
    read = tuple(head for head in heads if head is not None)
    if not read or len(read) < len(heads) or len(read) > MAX_COLUMNS:
        source.complain("form_property_wrong", property="columns")
    return read


def _head(column: Any) -> Head | None:
    label, key = (column.get("label"), column.get("key")) if isinstance(column, Mapping) else (None, None)
    if not (isinstance(label, str) and label.strip() and isinstance(key, str) and key):
        return None
    return Head(label, key)
