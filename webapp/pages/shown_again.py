"""What pages with a form of their own share: to read a choice, and to be shown again with what is wrong."""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from flask import make_response
from flask.typing import ResponseReturnValue

from webapp import refusals
from workflows.refusals import Conflict, Forbidden, Invalid, Refusal


@dataclass(frozen=True)
class Said:
    """What stands beside the fields and above them when something could not be done."""

    notice: str = ""
    problems: Mapping[str, list[str]] = field(default_factory=dict)


def chosen(text: str | None) -> uuid.UUID | None:
    """Read an id; what is none counts as nothing chosen."""
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None


def again(refusal: Invalid | Conflict | Forbidden, page: Callable[[Said], str]) -> ResponseReturnValue:
    """Show the page again with what was typed and what is wrong with it.

    Meanwhile the page may have become one that the reader may not see: then that is what is said.
    """
    problem = refusals.problem_of(refusal)
    if refusals.wants_data():
        return refusals.said(problem)
    said = Said("" if problem.fields else problem.text, problem.fields)
    try:
        return make_response(page(said), problem.status)
    except Refusal as other:
        return refusals.refuse(other)
