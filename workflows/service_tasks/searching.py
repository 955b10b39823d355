"""The search for a mentee who was left without a pair: what the curator found, or that it ends."""

import uuid
from typing import Any

from models.bases import EntryStatus, MenteeEntry
from models.pairing import MenteeSearch
from workflows import matching
from workflows.records import cohorts, mentees, pairing, searching
from workflows.records.programmes import hold_programme
from workflows.refusals import Complaint, Invalid
from workflows.service_tasks.place import Done, OperatorFailed, Place
from workflows.work import Work

LEFT, CARRIED_OVER = "left", "carried_over"


def record(work: Work, place: Place, done: Done) -> dict[str, Any]:
    """Hear what came of the search: a candidate to whom both have agreed, or its end."""
    search = searching.search_of(work, place.case_id)
    if search is None:
        raise OperatorFailed("no_search")
    outcome = str(done.answers["outcome"])
    if outcome in (LEFT, CARRIED_OVER):
        searching.end_search(work, search.mentee_entry_id, outcome, tell=False)
        # Whoever is carried over is still looked for: the next programme takes up all who are.
        if outcome == LEFT:
            because = str(done.answers.get("because") or "")
            mentees.set_status(work, search.mentee_entry_id, EntryStatus.LEFT, because)
    else:
        _propose(work, place, search, done)
    return {"form": work.session.get_one(MenteeEntry, search.mentee_entry_id).form}


def _propose(work: Work, place: Place, search: MenteeSearch, done: Done) -> None:
    if not (done.answers.get("mentee_agrees") and done.answers.get("mentor_agrees")):
        raise Invalid({"mentor": [Complaint("both_must_agree")]})
    programme = hold_programme(work, search.programme_id)
    mentor = str(uuid.UUID(str(done.answers["mentor"])))
    entry = work.session.get_one(MenteeEntry, search.mentee_entry_id)
    cohort = cohorts.gather_around(work, programme, entry)
    rules = matching.Rules.read(_asked(done.known.get("rules")))
    mentee = str(search.mentee_entry_id)
    if not cohort.mentees:
        raise Invalid({"outcome": [Complaint("mentee_is_not_looked_for")]})
    found = matching.list_candidates(cohort, rules, mentee, len(cohort.mentors))
    chosen = next((one for one in found if one.mentor == mentor), None)
    if chosen is None:
        raise Invalid({"mentor": [Complaint("mentor_is_not_free")]})
    pairing.propose_one(work, programme, place.case_id, search.mentee_entry_id, chosen)


def _asked(rules: Any) -> dict[str, Any]:
    """Leave out whose choice is needed: both are asked by a person here."""
    return {**(rules if isinstance(rules, dict) else {}), "needs": "none"}


LISTENERS = {"searching.record": record}
