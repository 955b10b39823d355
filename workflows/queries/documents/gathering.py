"""Gather what a document of a kind is filled with, and name what is missing before it is made."""

from collections.abc import Callable, Mapping
from typing import Any

from workflows.documents import shipped
from workflows.documents.kinds import missing_in
from workflows.queries.documents import of_pair, of_people, of_programme
from workflows.queries.documents.targets import Target
from workflows.work import Work

Section = Callable[[Work, Target], Any]

SECTIONS: Mapping[str, Section] = {**of_programme.SECTIONS, **of_pair.SECTIONS, **of_people.SECTIONS}
ONLY_TO_CHECK = {"guardians_known": of_people.guardians_known}
"""What no template names, but what a document cannot do without."""


def gather(work: Work, target: Target, typed: Mapping[str, str]) -> dict[str, Any]:
    """Return the values of a document; number and day are given when it is issued."""
    names = [*shipped.names_of(target.kind), *(one for one in target.kind.needs if one in ONLY_TO_CHECK)]
    values = {name: (SECTIONS.get(name) or ONLY_TO_CHECK[name])(work, target) for name in names}
    if target.kind.typed:
        values["typed"] = {name: typed.get(name, "").strip() for name in target.kind.typed}
    return values


def list_missing(target: Target, values: Mapping[str, Any]) -> list[str]:
    """List the names that are empty and that the document cannot do without."""
    return missing_in(target.kind, values)
