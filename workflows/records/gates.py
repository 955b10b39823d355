"""The gates between the stages: what must be there before the next stage can begin."""

import uuid

from sqlalchemy import func, select

from models.bases import EntryStatus, MenteeEntry, MentorEntry
from models.pairs import Pair
from models.programmes import Programme
from workflows.records import appointments, programmes
from workflows.records.pair_sets import OVER
from workflows.refusals import Complaint
from workflows.work import Work

NEEDED = ("act", "regulation", "programme", "roadmap")
_IN_BASE = (EntryStatus.SELECTED, EntryStatus.READY, EntryStatus.SEARCHING, EntryStatus.MATCHED)
_READY = (EntryStatus.READY, EntryStatus.MATCHED)


def find_missing(work: Work, programme: Programme, number: int) -> Complaint | None:
    """Say what keeps the gate of a stage closed; nothing, once all is there."""
    match number:
        case 1:
            return _papers(work, programme)
        case 2:
            found = _count(work, MenteeEntry, programme, _IN_BASE)
            return None if found else Complaint("mentee_base_empty")
        case 3:
            return None if _count(work, MentorEntry, programme) else Complaint("mentor_base_empty")
        case 4:
            return None if _count(work, MentorEntry, programme, _READY) else Complaint("no_mentor_ready")
        case 5:
            formed = select(func.count()).select_from(Pair).where(Pair.programme_id == programme.id)
            return None if work.session.scalar(formed) else Complaint("no_pair_formed")
        case 6:
            count = count_active_pairs(work, programme.id)
            return Complaint("pairs_still_active", count=count) if count else None
    return None


def count_active_pairs(work: Work, programme_id: uuid.UUID) -> int:
    """Count the pairs of a programme that have not ended."""
    wanted = select(func.count()).select_from(Pair)
    active = wanted.where(Pair.programme_id == programme_id, Pair.status.not_in(OVER))
    return work.session.scalar(active) or 0


def _papers(work: Work, programme: Programme) -> Complaint | None:
    signed = {
        one.kind for one in programmes.list_documents(work, programme.id, *NEEDED) if one.dated_on is not None
    }
    if set(NEEDED) - signed:
        return Complaint("papers_not_signed")
    if not appointments.list_appointments(work, programme.id, "curator"):
        return Complaint("curator_not_appointed")
    return None


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
