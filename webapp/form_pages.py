"""Forms on a page: what was posted goes in, accessible HTML comes out. Works without a script.

The page around owns the `<form>` element (with `novalidate`, so that messages are ours) and its sending
buttons. Names of ours begin with a line; `csrf_token` is the only other name no form can have.

A page does:

- show: `render(form, answers, {}, …)` with a draft, or with `first_answers(form, context)`;
- a post: `answers = typed(form, request.form)`. If `wants_row(request.form)`, render what
  `with_rows_changed` gives. If `has_unseen(…)`, the answers opened questions that were not on the page:
  render again before anything is done. Otherwise do the act, and render again with its problems;
- the quiet redraw (the address given to `render`): `redraw(…)` with what was posted.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from babel.numbers import get_decimal_symbol
from flask import render_template
from markupsafe import Markup

from webapp import form_values, words
from webapp.form_posts import Posted, Typed, complained, typed, wants_row, with_rows_changed
from webapp.form_posts import has_unseen as opened_questions
from webapp.form_shown import Shown, every, live_slots
from webapp.form_view import Filling, view
from workflows.forms import Form
from workflows.forms.checking import examine, read_answers, settle_form
from workflows.forms.filling import first_answers, with_first_rows
from workflows.forms.settling import Situation
from workflows.refusals import Complaint

__all__ = [
    "first_answers",
    "has_unseen",
    "redraw",
    "render",
    "typed",
    "wants_row",
    "with_rows_changed",
]

Translate = Callable[[str], str]
Problems = Mapping[str, list[Complaint]]


def render(
    form: Form,
    answers: Mapping[str, Any],
    problems: Problems,
    *,
    context: Mapping[str, Any],
    now: datetime,
    language: str,
    translate: Translate,
    redraw_address: str = "",
    focus: str = "",
) -> Markup:
    """Write the inside of a form: a summary of what is wrong, then the fields.

    `answers` is what was typed, what a draft kept, or `first_answers`. `redraw_address` takes a quiet
    post whenever a field changes on which others depend; without it the server decides at each sending.
    """
    answers = with_first_rows(form, answers, context)
    filling = Filling(
        form=form,
        answers=answers,
        situation=_situation(form, answers, context, now),
        context=context,
        problems=_said(problems, language, translate),
        now=now,
        language=language,
        translate=translate,
        focus=focus,
    )
    lines = view(filling)
    parts = [shown for shown in every(lines) if not shown.is_hidden]
    return Markup(  # noqa: S704 - the template has escaped what people and packs say
        render_template(
            "forms/form.html",
            lines=lines,
            problems=_summary(filling.problems, parts),
            shown=" ".join(shown.mark for shown in parts if shown.part.hide),
            complained=" ".join(filling.problems),
            slots=",".join(f"#{slot}" for slot in ("form-shown", *live_slots(lines))),
            redraw_address=redraw_address,
            has_focus=bool(focus),
            is_native=form_values.is_native,
        )
    )


def redraw(
    form: Form,
    posted: Posted,
    *,
    context: Mapping[str, Any],
    now: datetime,
    language: str,
    translate: Translate,
    redraw_address: str,
) -> Markup:
    """Write the form again for what is typed so far; complain only where it was complained before."""
    changed = with_rows_changed(form, posted) if wants_row(posted) else Typed(typed(form, posted))
    _, problems = examine(form, changed.answers, context=context, now=now)
    return render(
        form,
        changed.answers,
        {name: problems[name] for name in problems.keys() & complained(posted)},
        context=context,
        now=now,
        language=language,
        translate=translate,
        redraw_address=redraw_address,
        focus=changed.focus,
    )


def has_unseen(form: Form, posted: Posted, *, context: Mapping[str, Any], now: datetime) -> bool:
    """Say whether the answers opened questions that were not on the page they came from."""
    if form.scope.is_still:
        return False
    return opened_questions(form, posted, _situation(form, typed(form, posted), context, now))


def _situation(
    form: Form, answers: Mapping[str, Any], context: Mapping[str, Any], now: datetime
) -> Situation:
    clean, _ = read_answers(form, answers, now)
    return settle_form(form, clean, context=context, now=now)


def _said(problems: Problems, language: str, translate: Translate) -> dict[str, list[str]]:
    return {name: [_sentence(one, language, translate) for one in found] for name, found in problems.items()}


def _sentence(complaint: Complaint, language: str, translate: Translate) -> str:
    """Word a complaint; the author of a form may have written a sentence for a pattern."""
    if complaint.key == "pattern" and complaint.values.get("message"):
        return translate(complaint.values["message"])
    values = {
        name: str(value).replace(".", get_decimal_symbol(language)) if isinstance(value, float) else value
        for name, value in complaint.values.items()
    }
    return words.say(complaint.key, **values)


def _summary(problems: Mapping[str, list[str]], parts: list[Shown]) -> list[tuple[str, str, str]]:
    """List what is wrong in the order of the page: the id to go to, the name of the field, the sentence."""
    places = {shown.name: shown for shown in parts if shown.name}
    known = [
        (places[name].anchor, places[name].title, sentence)
        for name in places
        for sentence in problems.get(name, ())
    ]
    return known + [
        ("", name, sentence) for name in problems if name not in places for sentence in problems[name]
    ]
