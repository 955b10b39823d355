"""Check one row of a table of people, cell by cell, before anything is changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from models.imports import ImportedBase
from workflows.queries.bases.places import BasePlace
from workflows.records import guardians
from workflows.records.addresses import LONGEST_NAME, is_email
from workflows.records.mentors import SOURCES

COLUMNS = {
    ImportedBase.MENTEES: (
        *("full_name", "born_on", "study_group", "form", "wants", "email"),
        *("guardian", "kin", "guardian_email"),
    ),
    ImportedBase.MENTORS: ("full_name", "born_on", "source", "forms", "study_group", "email"),
}
REQUIRED = {
    ImportedBase.MENTEES: ("full_name", "born_on", "form"),
    ImportedBase.MENTORS: ("full_name", "born_on", "source", "forms"),
}
EARLIEST = date(1920, 1, 1)
LONGEST = {"wants": 4000, "kin": 50, "study_group": 50}
BETWEEN = "; "
"""What stands between several forms in one cell."""


@dataclass(frozen=True)
class Problem:
    """What is wrong in a cell: its column, the key of the sentence, the values in it."""

    column: str
    key: str
    values: Mapping[str, Any] = field(default_factory=dict)


def check_row(
    place: BasePlace, base: ImportedBase, cells: Mapping[str, str], least_ages: Mapping[str, int]
) -> list[Problem]:
    """List what is wrong with a row; nothing if it can be taken in."""
    problems = [Problem(one, "required") for one in REQUIRED[base] if not cells.get(one)]
    for column, text in cells.items():
        problems += _check(place, column, text) if text else ()
        if len(text) > LONGEST.get(column, LONGEST_NAME):
            problems.append(Problem(column, "too_long", {"maximum": LONGEST.get(column, LONGEST_NAME)}))
        if any(ord(sign) < 32 and sign not in "\n\t" for sign in text):
            problems.append(Problem(column, "control_characters"))
    if not problems:
        problems += _together(place, cells, least_ages)
    return problems


def _day(place: BasePlace, column: str, text: str) -> Iterator[Problem]:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        yield Problem(column, "no_such_day", {"text": text[:30]})
        return
    if day > place.today:
        yield Problem(column, "birthday_not_come")
    elif day < EARLIEST:
        yield Problem(column, "no_such_day", {"text": day})


def _forms(place: BasePlace, column: str, text: str) -> Iterator[Problem]:
    unknown = [one for one in text.split(BETWEEN) if one not in place.forms]
    if unknown:
        yield Problem(column, "form_not_used", {"form": BETWEEN.join(unknown)[:100]})


def _check(place: BasePlace, column: str, text: str) -> Iterator[Problem]:
    """Check one cell by what belongs into its column."""
    if column == "born_on":
        yield from _day(place, column, text)
    elif column in ("form", "forms"):
        yield from _forms(place, column, text)
    elif column == "source" and text not in SOURCES:
        yield Problem(column, "not_a_source", {"text": text[:50]})
    elif column in ("email", "guardian_email") and not is_email(text):
        yield Problem(column, "not_an_email")


def _together(place: BasePlace, cells: Mapping[str, str], least_ages: Mapping[str, int]) -> Iterator[Problem]:
    """Check what one cell says against another."""
    least = least_ages.get(cells.get("form", ""), 0)
    if guardians.years_between(date.fromisoformat(cells["born_on"]), place.today) < least:
        yield Problem("born_on", "too_young", {"age": least})
    if not cells.get("guardian") and (cells.get("kin") or cells.get("guardian_email")):
        yield Problem("guardian", "required")
    if cells.get("guardian") and cells["guardian"].lower() == cells["full_name"].lower():
        yield Problem("guardian", "guardian_of_oneself")
