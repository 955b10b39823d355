"""Problems of packs in words: the reason and the remedy of every code, in the reader's language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from flask_babel import gettext as _
from flask_babel.speaklater import LazyString

from webapp.problems.causes import CAUSES, KINDS, PLACES
from webapp.problems.contents import CONTENTS
from webapp.problems.elements import ELEMENTS
from webapp.problems.forms import FORMS
from webapp.problems.packs import PACKS
from webapp.problems.sheets import SHEETS
from webapp.problems.steps import BELOW, STEPS
from workflows.refusals import Complaint

PROBLEMS: Mapping[str, tuple[LazyString, LazyString]] = {**PACKS, **FORMS, **SHEETS, **ELEMENTS, **CONTENTS}
_NAMED_BY_KIND = {"kind", "event"}


# What a complaint about a pack carries beside the values of its sentences: where it is.
_WHERE = {"element", "name", "line", "cause"}


class Cause(Protocol):
    """Why an expression or a decision cannot be used."""

    @property
    def code(self) -> str: ...
    @property
    def values(self) -> Mapping[str, Any]: ...


class Found(Protocol):
    """A problem as the check gives it."""

    @property
    def code(self) -> str: ...
    @property
    def values(self) -> Mapping[str, Any]: ...
    @property
    def cause(self) -> Cause | None: ...


@dataclass(frozen=True)
class Finding:
    """A problem without its place."""

    code: str
    values: Mapping[str, Any]
    cause: Cause | None


def reason(problem: Found) -> str:
    """Say what is wrong."""
    return str(PROBLEMS[problem.code][0]) % _worded(problem)


def remedy(problem: Found) -> str:
    """Say what to do about it."""
    return str(PROBLEMS[problem.code][1]) % _worded(problem)


def is_about_pack(complaint: Complaint) -> bool:
    """Say whether a complaint is a problem of a pack, which has a place in a file."""
    return complaint.key in PROBLEMS and complaint.values.keys() >= _WHERE


def complain(complaint: Complaint) -> str:
    """Say what is wrong with a pack, at which element, and what to do about it."""
    values = complaint.values
    found = Finding(complaint.key, values, values["cause"])
    return located(values["name"] or values["element"], values["line"], found)


def located(element: str, line: int | None, problem: Found) -> str:
    """Say what is wrong where in a file, and what to do about it."""
    places = [
        _("line %(number)s", number=line) if line else "",
        _("“%(name)s”", name=element) if element else "",
    ]
    place = ", ".join(filter(None, places))
    said = f"{reason(problem)} {remedy(problem)}"
    return f"{place}: {said}" if place else said


def _worded(problem: Found) -> dict[str, str]:
    words = {name: str(value) for name, value in problem.values.items()}
    for name in _NAMED_BY_KIND & words.keys():
        words[name] = str(KINDS.get(words[name], words[name]))
    if problem.cause is not None:
        words["reason"] = explain(problem.cause)
    return words


def explain(cause: Cause) -> str:
    """Say why an expression or a decision cannot be used, led by the place where."""
    values = _Values({name: _listed(value) for name, value in cause.values.items()})
    sentence = str({**CAUSES, **BELOW}[cause.code]).format_map(values)
    places = [str(PLACES[name]).format(values[name]) for name in PLACES if name in cause.values]
    place = ", ".join(places)
    return f"{place[0].upper()}{place[1:]}: {sentence}" if place else sentence


def why(explanation: Mapping[str, Any]) -> str:
    """Say why a step of a case could not be done."""
    values = _Values({name: _listed(value) for name, value in explanation.get("values", {}).items()})
    if below := explanation.get("cause"):
        values["reason"] = explain(Finding(below["code"], below["values"], None))
    return str(STEPS[explanation.get("code", "unforeseen")]).format_map(values)


def _listed(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


class _Values(dict[str, str]):
    """The values of a sentence; a missing one leaves a gap, never an error."""

    def __missing__(self, key: str) -> str:
        return "…"
