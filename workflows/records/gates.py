"""The gates between the stages: what must be there before the next stage can begin.

The diagram of a stage names its gate; what stands behind the name is here.
"""

import uuid
from collections.abc import Callable

from sqlalchemy import func, select

from models.bases import MAY_TAKE_ON, EntryStatus, MenteeEntry, MentorEntry
from models.pairs import Pair
from models.programmes import Programme
from workflows.records import appointments, programmes
from workflows.records.pair_sets import OVER
from workflows.refusals import Complaint
from workflows.work import Work

PAPERS = ("act", "regulation", "programme", "roadmap")
_IN_BASE = (EntryStatus.SELECTED, EntryStatus.READY, EntryStatus.SEARCHING, EntryStatus.MATCHED)


def find_missing(work: Work, programme: Programme, gate: str | None) -> Complaint | None:
    """Say what keeps a gate closed; nothing, once all is there, or where there is no gate."""
    return GATES[gate](work, programme) if gate else None


def count_active_pairs(work: Work, programme_id: uuid.UUID) -> int:
    """Count the pairs of a programme that have not ended."""
    wanted = select(func.count()).select_from(Pair)
    active = wanted.where(Pair.programme_id == programme_id, Pair.status.not_in(OVER))
    return work.session.scalar(active) or 0


def _papers_signed(work: Work, programme: Programme) -> Complaint | None:
    signed = {
        one.kind for one in programmes.list_documents(work, programme.id, *PAPERS) if one.dated_on is not None
    }
    if set(PAPERS) - signed:
        return Complaint("papers_not_signed")
    if not appointments.list_appointments(work, programme.id, "curator"):
        return Complaint("curator_not_appointed")
    return None


def _mentee_base(work: Work, programme: Programme) -> Complaint | None:
    return None if _count(work, MenteeEntry, programme, _IN_BASE) else Complaint("mentee_base_empty")


def _mentor_base(work: Work, programme: Programme) -> Complaint | None:
    return None if _count(work, MentorEntry, programme) else Complaint("mentor_base_empty")


def _mentors_ready(work: Work, programme: Programme) -> Complaint | None:
    return None if _count(work, MentorEntry, programme, MAY_TAKE_ON) else Complaint("no_mentor_ready")


def _pairs_formed(work: Work, programme: Programme) -> Complaint | None:
    formed = select(func.count()).select_from(Pair).where(Pair.programme_id == programme.id)
    return None if work.session.scalar(formed) else Complaint("no_pair_formed")


def _pairs_over(work: Work, programme: Programme) -> Complaint | None:
    count = count_active_pairs(work, programme.id)
    return Complaint("pairs_still_active", count=count) if count else None


def _count(
    work: Work,
    table: type[MenteeEntry] | type[MentorEntry],
    programme: Programme,
    statuses: tuple[EntryStatus, ...] = (),
) -> int:
    wanted = select(func.count()).select_from(table).where(table.programme_id == programme.id)
    if statuses:
        wanted = wanted.where(table.status.in_(statuses))
    return work.session.scalar(wanted) or 0


GATES: dict[str, Callable[[Work, Programme], Complaint | None]] = {
    "papers_signed": _papers_signed,
    "mentee_base": _mentee_base,
    "mentor_base": _mentor_base,
    "mentors_ready": _mentors_ready,
    "pairs_formed": _pairs_formed,
    "pairs_over": _pairs_over,
}
