"""The tables of a form: what stands in each cell, in the reader's words."""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from flask import render_template
from flask_babel import gettext as _
from markupsafe import Markup

from webapp import form_values, words
from workflows.forms import moments
from workflows.forms.components import Table
from workflows.forms.formulas import evaluate

MAX_ROWS = 500


def cells_of(part: Table, rows: Any, language: str, now: datetime) -> list[list[str]]:
    """Write what each row says under the heads of the table; what is no row is passed over."""
    given = rows[:MAX_ROWS] if isinstance(rows, list) else []
    return [
        [_cell(row.get(head.key), language, now) for head in part.heads]
        for row in given
        if isinstance(row, Mapping)
    ]


def _cell(value: Any, language: str, now: datetime) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        return _in_words(value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(filter(None, (_cell(one, language, now) for one in value)))
    if isinstance(value, int | float):
        return form_values.number(Decimal(str(value)), language)
    return form_values.moment_in_words(str(value), language, now) if moments.is_moment(value) else str(value)


def _in_words(value: Mapping[str, Any]) -> str:
    """Say what was read of our own tables as a code with its values; what has no words says nothing."""
    code = str(value.get("code", ""))
    values = {str(name): inner for name, inner in value.items() if name != "code"}
    return words.say(code, **values) if words.knows(code) else ""


def read_back(
    part: Table,
    known: Mapping[str, Any],
    *,
    now: datetime,
    language: str,
    say: Callable[[str], str],
) -> Markup | None:
    """Write a table as it stands beside answers that were given, unless it was hidden or has no rows."""
    is_hidden = part.hide is not None and evaluate(part.hide, known, now) is True
    cells = [] if is_hidden else cells_of(part, evaluate(part.rows, known, now), language, now)
    if not cells:
        return None
    heads = [say(head.label) for head in part.heads]
    return Markup(  # noqa: S704 - the template has escaped what people and packs say
        render_template("forms/read_table.html", heads=heads, cells=cells, label=say(part.label))
    )
