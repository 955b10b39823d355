"""What is known of a person beside the name: checked, and put into the form in which it is kept."""

import uuid
from datetime import date
from typing import Any

from marshmallow import ValidationError

from workflows.forms import texts
from workflows.records import days
from workflows.records.addresses import LONGEST_NAME
from workflows.refusals import Complaint, Invalid
from workflows.work import Work


def facts_of(
    work: Work,
    organisation_id: uuid.UUID,
    *,
    born_on: date | None,
    study_group: str | None,
    phone: str | None,
    position: str | None,
) -> dict[str, Any]:
    """Return what is kept of what was typed, or refuse it."""
    problems: dict[str, list[Complaint]] = {}
    if born_on and born_on > days.today(work, organisation_id):
        problems["born_on"] = [Complaint("day_not_come")]
    written = {"study_group": _tidy(study_group), "position": _tidy(position)}
    for field, text in written.items():
        if text and len(text) > LONGEST_NAME:
            problems[field] = [Complaint("too_long", maximum=LONGEST_NAME)]
    number = _tidy(phone)
    try:
        number = texts.phone(number) if number else None
    except ValidationError:
        problems["phone"] = [Complaint("not_a_phone")]
    if problems:
        raise Invalid(problems)
    return {**written, "born_on": born_on, "phone": number}


def _tidy(text: str | None) -> str | None:
    return " ".join((text or "").split()) or None
