"""Check what somebody sent against a form: clean answers come back, or one complaint beside each field."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from marshmallow import ValidationError

from workflows.forms.answers import now_of_check
from workflows.forms.limits import check_with_others
from workflows.forms.paths import find, name_of, put
from workflows.forms.questions import Field
from workflows.forms.schemas import Problems, load
from workflows.forms.scopes import DynamicList, Form, Scope
from workflows.forms.settling import Facts, Situation, settle
from workflows.refusals import Complaint, Invalid


def check(form: Form, raw: Any, *, context: Mapping[str, Any], now: datetime) -> dict[str, Any]:
    """Give the answers as they are kept, or raise `Invalid` with every problem there is.

    `context` is what the case knows; the zone of `now` is the zone in which the person typed.
    Hidden fields are neither asked for nor kept; locked ones keep what was known, whatever is sent.
    """
    answers, problems = examine(form, raw, context=context, now=now)
    if problems:
        raise Invalid(problems)
    return _without_blank_rows(form.scope, answers)


def examine(
    form: Form, raw: Any, *, context: Mapping[str, Any], now: datetime
) -> tuple[dict[str, Any], Problems]:
    """Give the answers that can be taken, and what is wrong with the others."""
    answers, problems = read_answers(form, raw, now)
    if form.scope.is_still:
        return answers, problems
    situation = settle_form(form, answers, context=context, now=now)
    return situation.kept, _problems(form.scope, situation, problems)


def read_answers(form: Form, raw: Any, now: datetime) -> tuple[dict[str, Any], Problems]:
    """Apply the rules that need nothing but the answer itself."""
    if not isinstance(raw, Mapping):
        return {}, {"": [Complaint("not_an_object")]}
    token = now_of_check.set(now)
    try:
        return load(form.schema, raw)
    finally:
        now_of_check.reset(token)


def settle_form(
    form: Form, answers: Mapping[str, Any], *, context: Mapping[str, Any], now: datetime
) -> Situation:
    """Find out what is visible, locked and offered with these answers."""
    return settle(form.scope, answers, lambda kept: {**context, **kept}, context, Facts(context, now))


def _problems(scope: Scope, situation: Situation, problems: Problems) -> Problems:
    """Leave out complaints about what is hidden or locked; add those that needed other answers."""
    silent = tuple(_silent(scope, situation))
    found = {path: said for path, said in problems.items() if not _is_under(path, silent)}
    for path, part, place in _asked(scope, situation):
        said = [] if path in found else _problems_with_others(part, place)
        if said:
            found[path] = said
    return found


def _silent(scope: Scope, situation: Situation, name: str = "") -> Iterator[str]:
    """Name the fields and lists that take no answer now."""
    asked: tuple[Field | DynamicList, ...] = (*scope.fields, *scope.lists)
    for part in asked:
        if part.id in situation.hidden or part.id in situation.locked:
            yield name_of(name, *part.path)
    for rows, index, row in situation.all_rows(scope):
        yield from _silent(rows.scope, row, name_of(name, *rows.path, index))


def _asked(scope: Scope, situation: Situation, name: str = "") -> Iterator[tuple[str, Field, Situation]]:
    """List the fields that take an answer now, each with the situation it stands in."""
    for part in scope.fields:
        if part.id not in situation.hidden and part.id not in situation.locked:
            yield name_of(name, *part.path), part, situation
    for rows, index, row in situation.all_rows(scope):
        yield from _asked(rows.scope, row, name_of(name, *rows.path, index))


def _is_under(path: str, names: tuple[str, ...]) -> bool:
    return any(path == name or path.startswith(f"{name}.") for name in names)


def _problems_with_others(part: Field, situation: Situation) -> list[Complaint]:
    try:
        check_with_others(part, find(situation.kept, part.path), situation)
    except ValidationError as error:
        return list(error.messages)
    return []


def _without_blank_rows(scope: Scope, answers: dict[str, Any]) -> dict[str, Any]:
    """Drop rows that somebody opened and left empty."""
    for part in scope.lists:
        rows = find(answers, part.path)
        if not isinstance(rows, list):
            continue
        kept = [_without_blank_rows(part.scope, row) for row in rows]
        put(answers, part.path, [row for row in kept if not (part.can_change and is_blank(part.scope, row))])
    return answers


def is_blank(scope: Scope, row: Mapping[str, Any]) -> bool:
    """Say whether somebody opened a row and left it empty."""
    return all(find(row, part.path) in (part.blank, None) for part in scope.fields) and not any(
        find(row, part.path) for part in scope.lists
    )
