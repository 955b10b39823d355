"""Answers that were given, as people read them afterwards: each question with its answer in words."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from webapp.form_values import spoken
from workflows.forms.filling import fill_in, is_filled_in
from workflows.forms.paths import find
from workflows.forms.questions import Choice, Field
from workflows.forms.scopes import Form, Scope


def read_back(
    form: Form,
    answers: Mapping[str, Any],
    *,
    context: Mapping[str, Any],
    now: datetime,
    language: str,
    translate: Callable[[str], str],
) -> list[tuple[str, str]]:
    """List the questions that were asked with their answers; hidden ones were not asked and have none."""

    def say(text: str) -> str:
        said = translate(text) if text else ""
        return fill_in(said, {**context, **answers}, now) if is_filled_in(said) else said

    def read(scope: Scope, given: Any, before: str) -> Iterator[tuple[str, str]]:
        for part in scope.all:
            if isinstance(part, Field) and _was_asked(part.path, given):
                options = part.options if isinstance(part, Choice) else ()
                yield (
                    before + say(part.label),
                    spoken(part, find(given, part.path), options, language, now, say),
                )
        for part in scope.lists:
            rows = find(given, part.path)
            for number, row in enumerate(rows if isinstance(rows, list) else [], start=1):
                yield from read(part.scope, row, f"{before}{say(part.label)} {number}: ".lstrip())

    return list(read(form.scope, answers, ""))


def _was_asked(path: tuple[str, ...], given: Any) -> bool:
    inside = find(given, path[:-1])
    return isinstance(inside, Mapping) and path[-1] in inside
