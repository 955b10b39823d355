"""What stands in a form before anybody typed, and texts with expressions in them."""

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import datetime
from typing import Any

from workflows.forms.components import Formula
from workflows.forms.formulas import evaluate
from workflows.forms.paths import find, put
from workflows.forms.scopes import DynamicList, Form, Scope
from workflows.forms.settling import first_answer

HOLE = re.compile(r"\{\{([^{}]{1,1000})\}\}")


def first_answers(form: Form, context: Mapping[str, Any]) -> dict[str, Any]:
    """Give what stands in the form at first: what the case knows, or else the form's own defaults."""
    return _first(form.scope, context)


def with_first_rows(form: Form, answers: Mapping[str, Any], context: Mapping[str, Any]) -> dict[str, Any]:
    """Give answers in which lists that nobody has seen yet have the rows they have at first."""
    completed = deepcopy(dict(answers))
    for part in form.scope.lists:
        if find(completed, part.path) is None:
            put(completed, part.path, [_first(part.scope, row) for row in _first_rows(part, context)])
    return completed


def _first(scope: Scope, known: Any) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    for part in scope.fields:
        put(answers, part.path, first_answer(part, known))
    for rows in scope.lists:
        put(answers, rows.path, [_first(rows.scope, row) for row in _first_rows(rows, known)])
    return answers


def _first_rows(part: DynamicList, known: Any) -> list[Any]:
    rows = find(known, part.path)
    return rows if isinstance(rows, list) else [{}] * part.rows_at_first


def blank_row(part: DynamicList) -> dict[str, Any]:
    """Give a row as it is when somebody adds one."""
    return _first(part.scope, {})


def is_filled_in(text: str) -> bool:
    """Say whether a text of the form has expressions in it."""
    return text.startswith("=") or "{{" in text


def formulas_of(text: str) -> list[str]:
    """List the expressions in a text of the form."""
    return [text[1:]] if text.startswith("=") else [found[1].strip() for found in HOLE.finditer(text)]


def fill_in(
    text: str, data: Mapping[str, Any], now: datetime, guard: Callable[[str], str] = lambda value: value
) -> str:
    """Replace the expressions in a text by their values, each passed through the guard."""
    if text.startswith("="):
        return guard(spoken(evaluate(Formula(text[1:]), data, now)))
    return HOLE.sub(lambda found: guard(spoken(evaluate(Formula(found[1].strip()), data, now))), text)


def spoken(value: Any) -> str:
    """Give a value as it stands in a sentence."""
    if value is None or isinstance(value, Mapping):
        return ""
    if isinstance(value, list):
        return ", ".join(filter(None, map(spoken, value)))
    return str(value).lower() if isinstance(value, bool) else str(value)
