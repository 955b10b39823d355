"""Cases that were asked for and have not begun: much may happen until the worker comes."""

import uuid

from sqlalchemy import select

from models.bases import EntryStatus, MenteeEntry, MentorEntry
from models.pairing import MenteeSearch
from models.pairs import Pair
from models.programmes import Programme, ProgrammeStatus
from models.reports import ReportDuty
from models.surveys import SurveyRequest
from workflows.records.mentees import INTAKE as MENTEE_INTAKE
from workflows.records.mentors import INTAKE as MENTOR_INTAKE
from workflows.records.pair_sets import OVER
from workflows.records.statuses import OUT
from workflows.work import Work

_INTAKES: dict[str, type[MenteeEntry] | type[MentorEntry]] = {
    MENTEE_INTAKE: MenteeEntry,
    MENTOR_INTAKE: MentorEntry,
}


def is_still_wanted(work: Work, process: str, case_id: uuid.UUID) -> bool:
    """Say whether what a case is to carry still is: nobody is asked in the name of what has ended."""
    if process in _INTAKES:
        return _is_applying(work, _INTAKES[process], case_id)
    pair = select(Pair.status).where(Pair.case_id == case_id).with_for_update()
    if work.session.scalar(pair) in OVER:
        return False
    search = select(MenteeSearch.ended_at).where(MenteeSearch.case_id == case_id)
    return work.session.scalar(search) is None and not _is_stopped(work, case_id)


def _is_applying(work: Work, table: type[MenteeEntry] | type[MentorEntry], case_id: uuid.UUID) -> bool:
    """Whoever has left is asked nothing, and whoever applied again is asked in the new case only."""
    status: EntryStatus | None = work.session.scalar(
        select(table.status).where(table.case_id == case_id).with_for_update()
    )
    return status is not None and status not in OUT


def _is_stopped(work: Work, case_id: uuid.UUID) -> bool:
    for table in (ReportDuty, SurveyRequest):
        wanted = select(Programme.status).join(table, table.programme_id == Programme.id)
        if work.session.scalar(wanted.where(table.case_id == case_id)) is ProgrammeStatus.STOPPED:
            return True
    return False
