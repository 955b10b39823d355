"""Who could take the place of a mentor who left."""

import uuid
from typing import Any

from workflows.queries.readings.options import options
from workflows.queries.readings.reader import Reader
from workflows.records import leaving, pairs
from workflows.work import Work


def candidates(work: Work, case_id: uuid.UUID) -> dict[str, Any]:
    """Give the mentors of the programme who have room for this pair."""
    found = leaving.list_free_mentors(work, pairs.pair_of(work, case_id))
    choices = options((one.entry_id, f"{one.name} ({one.free})") for one in found)
    return {"candidates": choices, "has_candidates": bool(choices)}


READERS = {"leaving.candidates": Reader(candidates, gives=("candidates", "has_candidates"))}
