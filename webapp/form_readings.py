"""Answers that were given, as people read them afterwards: each question with its answer in words."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from webapp import form_tables
from webapp.form_values import moment_in_words, spoken
from workflows.forms.components import Table
from workflows.forms.filling import fill_in, is_filled_in
from workflows.forms.formulas import evaluate
from workflows.forms.options import options_of
from workflows.forms.paths import find
from workflows.forms.questions import Choice, Field, NumberField, Option, TextField
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

    known = {**context, **answers}

    def say(text: str) -> str:
        said = translate(text) if text else ""
        return fill_in(said, known, now, say=say_day) if is_filled_in(said) else said

    def say_day(text: str) -> str:
        return moment_in_words(text, language, now)

    voice: dict[str, Any] = {"now": now, "language": language, "say": say}

    def said_by(part: Field) -> Callable[[str], str]:
        # Options out of the case are data and stay as they are.
        return say if isinstance(part, Choice) and part.has_written_options else str

    def read(scope: Scope, given: Any, before: str) -> Iterator[tuple[str, str]]:
        for part in scope.all:
            if isinstance(part, Table):
                # Rows of a list see more than was kept of them; their tables are only for filling in.
                table = None if before else form_tables.read_back(part, known, **voice)
                if table is not None:
                    yield say(part.label), table
            elif isinstance(part, Field) and _was_asked(part.path, given):
                options = _offered(part, known, now) if isinstance(part, Choice) else ()
                words = spoken(part, find(given, part.path), options, language, now, said_by(part))
                yield before + say(part.label), _with_unit(part, words, say)
        for part in scope.lists:
            rows = find(given, part.path)
            for number, row in enumerate(rows if isinstance(rows, list) else [], start=1):
                yield from read(part.scope, row, f"{before}{say(part.label)} {number}: ".lstrip())

    return list(read(form.scope, answers, ""))


def _with_unit(part: Field, words: str, say: Callable[[str], str]) -> str:
    """Put what stands before and after the field around the answer: 65 are minutes, roubles or people."""
    if not words or not isinstance(part, NumberField | TextField):
        return words
    return " ".join(filter(None, (say(part.prefix), words, say(part.suffix))))


def _offered(part: Choice, known: Mapping[str, Any], now: datetime) -> tuple[Option, ...]:
    """List what could be chosen, as far as it is still known."""
    formula = part.options_formula
    return options_of(part, known, {formula: evaluate(formula, known, now)} if formula else {})


def _was_asked(path: tuple[str, ...], given: Any) -> bool:
    inside = find(given, path[:-1])
    return isinstance(inside, Mapping) and path[-1] in inside
