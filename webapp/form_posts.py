"""From the flat names of an HTML form to nested answers, and back to the page when a row comes or goes."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from workflows.forms.components import Component, Group
from workflows.forms.filling import blank_row
from workflows.forms.paths import find, name_of, put
from workflows.forms.questions import Checkbox, Choices, Field
from workflows.forms.schemas import MAX_ROWS
from workflows.forms.scopes import DynamicList, Form, Scope
from workflows.forms.settling import Situation

# Names of ours begin with a line, which no key of a form does.
SHOWN = "_shown"
ROW = "_row"
CHANGE_ROWS = "_rows"
COMPLAINED = "_complained"

Posted = MultiDict[str, str]

_COMMAND = re.compile(r"(add|remove):([\w.]{1,300})")


@dataclass(frozen=True)
class Typed:
    """What came from a page: answers by path, as text, and the field to stand in next."""

    answers: dict[str, Any]
    focus: str = ""


def typed(form: Form, posted: Posted) -> dict[str, Any]:
    """Take the answers out of a posted page; names that are not the form's own are passed over.

    A conditional field that was not on the page is absent rather than empty, unless the page carried
    along what had been typed into it before it was hidden.
    """
    return _Reader(posted).answers(form.scope, "")


class _Reader:
    """Walks through the form and takes what was posted for each question."""

    def __init__(self, posted: Posted) -> None:
        self.posted = posted
        self.shown = set(" ".join(posted.getlist(SHOWN)).split())
        self.rows = set(posted.getlist(ROW))

    def answers(self, scope: Scope, name: str, was_shown: bool = True) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        for part, was_part_shown in self.parts(scope.components, name, was_shown):
            if isinstance(part, Field):
                place = name_of(name, *part.path)
                if was_part_shown or place in self.posted:
                    put(answers, part.path, _sent(part, self.posted, place))
            elif isinstance(part, DynamicList):
                rows = self.rows_of(part, name_of(name, *part.path), was_part_shown)
                if was_part_shown or rows:
                    put(answers, part.path, rows)
        return answers

    def parts(
        self, components: tuple[Component, ...], name: str, was_shown: bool
    ) -> Iterator[tuple[Component, bool]]:
        """Go through the parts, those inside groups too, and say of each whether it was on the page."""
        for part in components:
            was_part_shown = was_shown and (part.hide is None or mark_of(part, name) in self.shown)
            yield part, was_part_shown
            if isinstance(part, Group):
                yield from self.parts(part.components, name, was_part_shown)

    def rows_of(self, part: DynamicList, place: str, was_shown: bool) -> list[dict[str, Any]]:
        numbers = _numbers_of_rows(self.rows, place)
        return [self.answers(part.scope, name_of(place, number), was_shown) for number in numbers]


def mark_of(part: Component, name: str) -> str:
    """Name a conditional part in the list of those that were on the page."""
    return name_of(name, part.id)


def _sent(part: Field, posted: Posted, name: str) -> Any:
    if isinstance(part, Checkbox):
        return name in posted
    if isinstance(part, Choices):
        return posted.getlist(name)
    return posted.get(name, "")


def _numbers_of_rows(rows: set[str], place: str) -> list[int]:
    start = f"{place}."
    ends = (row[len(start) :] for row in rows if row.startswith(start))
    return sorted({int(end) for end in ends if end.isascii() and end.isdigit() and len(end) < 5})[:MAX_ROWS]


def has_unseen(form: Form, posted: Posted, situation: Situation) -> bool:
    """Say whether the answers opened questions that were not on the page they came from."""
    shown = set(" ".join(posted.getlist(SHOWN)).split())
    return any(mark not in shown for mark in _conditional(form.scope, situation, ""))


def _conditional(scope: Scope, situation: Situation, name: str) -> Iterator[str]:
    """Name the visible conditional parts that ask something."""
    for part in scope.all:
        if part.hide and part.id not in situation.hidden and isinstance(part, Field | Group | DynamicList):
            yield mark_of(part, name)
    for rows, index, row in situation.all_rows(scope):
        yield from _conditional(rows.scope, row, name_of(name, *rows.path, index))


def wants_row(posted: Posted) -> bool:
    """Say whether a button was pressed that adds or removes a row, rather than one that sends the form."""
    return CHANGE_ROWS in posted


def with_rows_changed(form: Form, posted: Posted) -> Typed:
    """Take the answers and add or remove the row that was asked for."""
    answers = typed(form, posted)
    command = _COMMAND.fullmatch(posted.get(CHANGE_ROWS, ""))
    if not command:
        return Typed(answers)
    return Typed(answers, _change(form.scope, answers, command[1], command[2], ""))


def _change(scope: Scope, answers: dict[str, Any], act: str, target: str, name: str) -> str:
    for part in scope.lists:
        place, rows = name_of(name, *part.path), find(answers, part.path)
        if not isinstance(rows, list):
            continue
        if act == "add" and target == place and part.can_change and len(rows) < MAX_ROWS:
            rows.append(blank_row(part))
            return name_of(place, len(rows) - 1)
        for index, row in enumerate(rows):
            if act == "remove" and target == name_of(place, index) and part.can_change:
                del rows[index]
                return place
            focus = _change(part.scope, row, act, target, name_of(place, index))
            if focus:
                return focus
    return ""


def complained(posted: Mapping[str, str]) -> frozenset[str]:
    """Name the fields that had a message beside them on the page that was sent."""
    return frozenset(posted.get(COMPLAINED, "").split())


def carried(part: Component, answers: Any, name: str) -> Iterator[tuple[str, str]]:
    """Give the names and values by which a page carries along what was typed into a part now hidden."""
    if isinstance(part, Group):
        for inner in part.components:
            yield from carried(inner, answers, name)
    elif isinstance(part, DynamicList):
        rows = find(answers, part.path)
        for index, row in enumerate(rows if isinstance(rows, list) else []):
            place = name_of(name, *part.path, index)
            yield ROW, place
            for inner in part.scope.components:
                yield from carried(inner, row, place)
    elif isinstance(part, Field):
        answer = find(answers, part.path)
        for item in answer if isinstance(answer, list) else [answer]:
            if item not in (None, False, ""):
                yield name_of(name, *part.path), "on" if item is True else str(item)
