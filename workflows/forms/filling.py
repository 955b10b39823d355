"""What stands in a form before anybody typed, and texts with expressions in them."""

import re
from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import datetime
from typing import Any

from workflows.forms.components import Formula
from workflows.forms.formulas import evaluate
from workflows.forms.moments import is_moment
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
    text: str,
    data: Mapping[str, Any],
    now: datetime,
    guard: Callable[[str], str] = lambda value: value,
    *,
    say: Callable[[str], str] = lambda moment: moment,
) -> str:
    """Replace the expressions in a text by their values; days are said, and each value passes the guard."""

    def value_of(formula: str) -> str:
        return guard(spoken(evaluate(Formula(formula), data, now), say))

    if text.startswith("="):
        return value_of(text[1:])
    return HOLE.sub(lambda found: value_of(found[1].strip()), text)


def spoken(value: Any, say: Callable[[str], str] = lambda moment: moment) -> str:
    """Give a value as it stands in a sentence; how a day is said is up to whoever speaks."""
    if value is None or isinstance(value, Mapping):
        return ""
    if isinstance(value, list):
        return ", ".join(filter(None, (spoken(one, say) for one in value)))
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return say(text) if is_moment(text) else text
