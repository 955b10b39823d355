"""Problems of packs in words: the reason and the remedy of every code, in the reader's language."""

from collections.abc import Mapping
from typing import Any, Protocol

from flask_babel.speaklater import LazyString

from webapp.problems.causes import CAUSES, KINDS, PLACES
from webapp.problems.contents import CONTENTS
from webapp.problems.elements import ELEMENTS
from webapp.problems.forms import FORMS
from webapp.problems.packs import PACKS
from webapp.problems.sheets import SHEETS

PROBLEMS: Mapping[str, tuple[LazyString, LazyString]] = {**PACKS, **FORMS, **SHEETS, **ELEMENTS, **CONTENTS}
_NAMED_BY_KIND = {"kind", "event"}


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


def reason(problem: Found) -> str:
    """Say what is wrong."""
    return str(PROBLEMS[problem.code][0]) % _worded(problem)


def remedy(problem: Found) -> str:
    """Say what to do about it."""
    return str(PROBLEMS[problem.code][1]) % _worded(problem)


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
    sentence = str(CAUSES[cause.code]).format_map(values)
    places = [str(PLACES[name]).format(values[name]) for name in PLACES if name in cause.values]
    place = ", ".join(places)
    return f"{place[0].upper()}{place[1:]}: {sentence}" if place else sentence


def _listed(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


class _Values(dict[str, str]):
    """The values of a sentence; a missing one leaves a gap, never an error."""

    def __missing__(self, key: str) -> str:
        return "…"
