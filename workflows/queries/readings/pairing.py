"""What forms show of proposals, of those left over, and of candidates for one who is still looked after."""

import uuid
from collections.abc import Mapping
from typing import Any

from workflows.queries import pairing as proposals_of
from workflows.queries.readings.options import listed, option, options
from workflows.queries.readings.reader import Reader
from workflows.records import general_meetings, pairing, programmes, searching
from workflows.work import Work


def proposals(work: Work, case_id: uuid.UUID) -> Mapping[str, Any]:
    """Show what is proposed in a case, with reasons, and who is left over with why."""
    run = pairing.find_run_of_case(work, case_id)
    if run is None:
        return {"proposals": [], "proposal_choices": [], "left_over": [], "form_choices": []}
    titles = _titles(work, run.programme_id)
    found = proposals_of.list_proposals(work, run)
    rows = [
        {
            "of_form": one.form,
            "form_title": titles.get(one.form, one.form),
            "mentee": one.mentee,
            "mentor": one.mentor,
            "is_pinned": one.is_pinned,
            "reasons": list(one.reasons),
            "against": list(one.against),
            "status": one.status.value,
        }
        for one in found
    ]
    choices = [option(one.id, f"{one.mentee} — {one.mentor}", of_form=one.form) for one in found]
    left = [
        {"name": one.name, "side": one.side, "reasons": list(one.reasons)}
        for one in proposals_of.list_left_over(work, run)
    ]
    forms = options(titles.items())
    return {"proposals": rows, "proposal_choices": choices, "left_over": left, "form_choices": forms}


def candidates(work: Work, case_id: uuid.UUID) -> Mapping[str, Any]:
    """Show who might be the mentor of somebody who is still looked after."""
    search = searching.search_of(work, case_id)
    if search is None:
        return {"candidates": [], "candidate_choices": [], "mentee_name": ""}
    found = proposals_of.list_candidates(work, search.mentee_entry_id)
    ids = [uuid.UUID(one.mentor) for one in found]
    names = proposals_of.names_of_entries(work, [*ids, search.mentee_entry_id])
    rows = [
        {"mentor": names[entry_id], "reasons": one.reasons, "against": one.against}
        for entry_id, one in zip(ids, found, strict=True)
    ]
    return {
        "candidates": rows,
        "candidate_choices": options((one, names[one]) for one in ids),
        "mentee_name": names.get(search.mentee_entry_id, ""),
    }


def talkers(work: Work, case_id: uuid.UUID) -> Mapping[str, Any]:
    """List who may have talked with whom: everybody of the programme who waits."""
    run = pairing.find_run_of_case(work, case_id)
    if run is None:
        return {"mentee_choices": [], "mentor_choices": []}
    waiting = general_meetings.waiting(work, run.programme_id)
    (own, mentees_beyond), (theirs, mentors_beyond) = listed(waiting[0]), listed(waiting[1])
    names = proposals_of.names_of_entries(work, [one.id for one in own] + [one.id for one in theirs])
    return {
        "mentee_choices": [option(one.id, names[one.id], of_form=one.form) for one in own],
        "mentor_choices": options((one.id, names[one.id]) for one in theirs),
        "not_listed": mentees_beyond + mentors_beyond,
    }


def _titles(work: Work, programme_id: uuid.UUID) -> dict[str, str]:
    return {one.code: one.title for one in programmes.list_forms(work, programme_id)}


READERS = {
    "pairing.proposals": Reader(
        proposals, gives=("proposals", "proposal_choices", "left_over", "form_choices")
    ),
    "pairing.candidates": Reader(candidates, gives=("candidates", "candidate_choices", "mentee_name")),
    "pairing.talkers": Reader(talkers, gives=("mentee_choices", "mentor_choices", "not_listed")),
}
