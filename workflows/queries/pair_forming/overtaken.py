"""Refuse what was chosen on a page of proposals that others have overtaken, and say what they changed."""

import uuid
from dataclasses import dataclass

from models.programmes import Programme
from workflows.queries.pairing import names_of_entries
from workflows.records import pairing
from workflows.refusals import Conflict
from workflows.work import Work


@dataclass(frozen=True)
class Seen:
    """With whom the curator saw a mentee; nobody, if the mentee was without a mentor."""

    mentor_id: uuid.UUID | None


def require_as_seen(work: Work, programme: Programme, mentee_id: uuid.UUID, seen: Seen | None) -> None:
    """Refuse to act on a mentee who has another mentor by now than the curator saw."""
    run = pairing.find_run(work, programme.id)
    if seen is None or run is None:
        return
    proposed = pairing.list_proposals(work, run.id)
    present = [one.mentor_entry_id for one in proposed if one.mentee_entry_id == mentee_id]
    if seen.mentor_id in present or (seen.mentor_id is None and not present):
        return
    names = names_of_entries(work, [mentee_id, *present])
    mentors = ", ".join(names[one] for one in present if one in names)
    key = "pair_changed_meanwhile" if present else "pair_gone_meanwhile"
    raise Conflict(key, mentee=names.get(mentee_id, ""), mentor=mentors)
