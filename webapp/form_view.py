"""What stands on the page for each part of a form, worked out before the template writes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from markupsafe import Markup

from webapp import form_values, markdown
from webapp.form_posts import carried, mark_of
from webapp.form_shown import Row, Shown, every
from webapp.form_tables import cells_of
from workflows.forms.components import Component, Computed, Formula, Group, Table, Text
from workflows.forms.filling import fill_in, is_filled_in
from workflows.forms.limits import days_of, limit_of
from workflows.forms.paths import find, name_of
from workflows.forms.questions import Choice, Field, MomentField, NumberField, Option, TextField
from workflows.forms.schemas import MAX_ROWS
from workflows.forms.scopes import DynamicList, Form, Scope
from workflows.forms.settling import Situation, first_answer

_WITHIN_ROW = frozenset({"this", "_this_", "i", "_i_"})
_AROUND_ROWS = frozenset({"this", "parent", "_this_", "_parent_"})


@dataclass(frozen=True)
class Filling:
    """A form as somebody fills it in: what was typed, what is wrong, and in which words to show it."""

    form: Form
    answers: Mapping[str, Any]
    situation: Situation
    context: Mapping[str, Any]
    problems: Mapping[str, list[str]]
    now: datetime
    language: str
    translate: Callable[[str], str]
    focus: str = ""


def view(filling: Filling) -> list[list[Shown]]:
    """Lay out the whole form, line by line."""
    form = filling.form
    place = _Place(form.scope, filling.situation, filling.answers, filling.context, "")
    lines = _Viewer(filling).lines(form.scope.components, place)
    _set_focus(lines, filling.focus)
    return lines


def _set_focus(lines: list[list[Shown]], focus: str) -> None:
    """Let the first field of a new row take the keyboard, or the list from which a row was taken."""
    for shown in every(lines):
        if focus and (
            shown.name == focus or (isinstance(shown.part, Field) and shown.name.startswith(f"{focus}."))
        ):
            shown.has_focus = True
            return


@dataclass(frozen=True)
class _Viewer:
    filling: Filling

    def lines(self, components: tuple[Component, ...], place: "_Place") -> list[list[Shown]]:
        """Put side by side what the form's author put side by side."""
        shown = [self.show(part, place) for part in components if not isinstance(part, Computed)]
        numbered = [(one.part.row or f"#{number}", one) for number, one in enumerate(shown)]
        return [[one for _, one in line] for _, line in groupby(numbered, key=lambda pair: pair[0])]

    def show(self, part: Component, place: "_Place") -> Shown:
        path = part.path if isinstance(part, Field | DynamicList) else ()
        shown = Shown(part, name_of(place.name, *path), mark_of(part, place.name))
        shown.is_hidden = part.id in place.situation.hidden
        shown.is_live = _is_live(part)
        if shown.is_hidden:
            shown.carried = list(carried(part, place.answers, place.name))
            return shown
        shown.label = self.words(part.label, place)
        shown.title = f"{place.title}{shown.label}"
        if isinstance(part, Field):
            self.show_field(shown, part, place)
        elif isinstance(part, DynamicList):
            self.show_list(shown, part, place)
        elif isinstance(part, Group):
            shown.lines = self.lines(part.components, place)
        elif isinstance(part, Text):
            shown.text = self.text(part.text, place)
        elif isinstance(part, Table):
            rows = place.situation.limits.get(part.rows)
            shown.heads = [self.words(head.label, place) for head in part.heads]
            shown.cells = cells_of(part, rows, self.filling.language, self.filling.now)
        return shown

    def show_field(self, shown: Shown, part: Field, place: "_Place") -> None:
        filling = self.filling
        shown.description = self.words(part.description, place)
        shown.is_locked = part.id in place.situation.locked
        shown.is_watched = not shown.is_locked and place.is_watched(part, filling.form.scope)
        shown.errors = list(filling.problems.get(shown.name, []))
        typed = find(place.answers, part.path)
        answer = first_answer(part, place.known) if typed is None or shown.is_locked else typed
        shown.value = form_values.written(part, answer, filling.language, filling.now)
        if isinstance(part, TextField | NumberField):
            shown.limits = self.limits(part, place)
            shown.prefix, shown.suffix = self.words(part.prefix, place), self.words(part.suffix, place)
        if isinstance(part, MomentField):
            days = days_of(part, place.situation)
            shown.limits = form_values.in_words(days, filling.language)
            shown.bounds = form_values.bounds(part, days)
        if isinstance(part, Choice):
            chosen = form_values.chosen(answer)
            offered = place.situation.options.get(part.id, ())
            shown.options = [(one.text, self.label(part, one), one.text in chosen) for one in offered]

    def limits(self, part: TextField | NumberField, place: "_Place") -> tuple[Any, Any]:
        """Say before anybody types what will not be taken."""
        if isinstance(part, TextField):
            most = limit_of(part.max_length, place.situation)
            return "", "" if most is None else int(most)
        both = (limit_of(part.minimum, place.situation), limit_of(part.maximum, place.situation))
        low, high = ("" if one is None else form_values.number(one, self.filling.language) for one in both)
        return low, high

    def show_list(self, shown: Shown, part: DynamicList, place: "_Place") -> None:
        answers, known = find(place.answers, part.path), find(place.known, part.path)
        for index, row in enumerate(place.situation.rows.get(part.id, [])):
            typed = answers[index] if isinstance(answers, list) and index < len(answers) else {}
            known_row = known[index] if isinstance(known, list) and index < len(known) else {}
            title = f"{shown.title} {index + 1} – "
            inside = _Place(part.scope, row, typed, known_row, name_of(shown.name, index), title)
            shown.rows.append(Row(inside.name, index + 1, self.lines(part.scope.components, inside)))
        shown.can_grow = part.can_change and len(shown.rows) < MAX_ROWS
        shown.errors = list(self.filling.problems.get(shown.name, []))

    def words(self, text: str, place: "_Place") -> str:
        """Say a text of the form in the reader's language, its expressions filled in."""
        if not text:
            return ""
        said = self.filling.translate(text)
        return (
            fill_in(said, place.situation.data, self.filling.now, say=self.day)
            if is_filled_in(said)
            else said
        )

    def day(self, text: str) -> str:
        """Say a day as it stands among our data in the reader's words."""
        return form_values.moment_in_words(text, self.filling.language, self.filling.now)

    def label(self, part: Choice, option: Option) -> str:
        """Translate what the form says; options out of the case are data, and only their days are said."""
        if part.has_written_options:
            return self.filling.translate(option.label)
        return form_values.option_in_words(option, self.filling.language, self.filling.now)

    def text(self, text: str, place: "_Place") -> Markup:
        said = self.filling.translate(text) if text else ""
        if is_filled_in(said):
            said = fill_in(said, place.situation.data, self.filling.now, markdown.as_plain, say=self.day)
        return markdown.to_html(said)


@dataclass(frozen=True)
class _Place:
    """Where on the form something stands: at the top, or inside a row."""

    scope: Scope
    situation: Situation
    answers: Any
    known: Any
    name: str
    title: str = ""

    def is_watched(self, part: Field, top: Scope) -> bool:
        """Say whether anything on the page depends on this field."""
        if not self.name:
            return part.path[0] in top.watched
        return self.name.split(".")[0] in top.watched or not _AROUND_ROWS.isdisjoint(top.watched)


def _is_live(part: Component) -> bool:
    """Say whether this part may look different when other answers change."""
    if part.hide or part.mentions:
        return True
    if isinstance(part, DynamicList):
        # Rows that look only at themselves are renewed field by field, and nobody typing beside is disturbed.
        return bool(part.scope.watched - _WITHIN_ROW)
    if isinstance(part, Text):
        return is_filled_in(part.text)
    if isinstance(part, Table) or (isinstance(part, Choice) and not part.has_written_options):
        return True
    return isinstance(part, Field) and isinstance(part.locked, Formula)
