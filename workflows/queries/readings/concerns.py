"""What the forms about a concern are told: what was said, and what was found out so far."""

import uuid
from functools import partial
from typing import Any

from models.pairs import Pair
from models.people import Person
from workflows.queries.concerns import list_notes
from workflows.queries.readings.options import options
from workflows.queries.readings.reader import Reader
from workflows.records import concerns, days, pairs
from workflows.work import Work


def text(work: Work, case_id: uuid.UUID) -> dict[str, Any]:
    """Give the concern in the words of whoever raised it."""
    concern = concerns.concern_of(work, case_id)
    raised_by = work.session.get(Person, concern.raised_by_id) if concern.raised_by_id else None
    return {
        "concern_text": concern.text,
        "concern_kind": concern.kind,
        "raised_by": raised_by.full_name if raised_by else "",
        "raised_on": days.day_of(work, concern.organisation_id, concern.raised_at),
    }


def notes(work: Work, case_id: uuid.UUID) -> dict[str, Any]:
    """Give what was written about the concern."""
    concern = concerns.concern_of(work, case_id)
    on = partial(days.day_of, work, concern.organisation_id)
    rows = [
        {"text": one.text, "written_by": one.written_by, "written_on": f"{on(one.written_at):%d.%m.%Y}"}
        for one in list_notes(work, concern.id)
    ]
    return {"concern_notes": rows}


def people(work: Work, case_id: uuid.UUID) -> dict[str, Any]:
    """Give the people of the pair that the concern is about."""
    pair = work.session.get_one(Pair, concerns.concern_of(work, case_id).pair_id)
    mentors, mentees = _named(work, pair, "mentor"), _named(work, pair, "mentee")
    return {
        "mentors": mentors,
        "mentor_names": ", ".join(one["label"] for one in mentors),
        "mentee_names": ", ".join(one["label"] for one in mentees),
    }


def _named(work: Work, pair: Pair, role: str) -> list[dict[str, str]]:
    ids = [one.person_id for one in pairs.list_members(work, pair.id, role)]
    return options((one, work.session.get_one(Person, one).full_name) for one in ids)


READERS = {
    "concern.text": Reader(text, gives=("concern_text", "concern_kind", "raised_by", "raised_on")),
    "concern.notes": Reader(notes, gives=("concern_notes",)),
    "concern.people": Reader(people, gives=("mentors", "mentor_names", "mentee_names")),
}
