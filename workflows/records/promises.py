"""Cases that were asked for and have not begun: much may happen until the worker comes."""

import uuid

from sqlalchemy import ScalarSelect, bindparam, or_, select

from models.bases import EntryStatus, MenteeEntry, MentorEntry
from models.pairing import MenteeSearch
from models.pairs import Pair
from models.prepared import Prepared
from models.programmes import Programme, ProgrammeStatus
from models.reports import ReportDuty
from models.surveys import SurveyRequest
from workflows.records.mentees import INTAKE as MENTEE_INTAKE
from workflows.records.mentors import INTAKE as MENTOR_INTAKE
from workflows.records.pair_sets import OVER
from workflows.records.programmes import OUTLIVES
from workflows.records.statuses import OUT
from workflows.work import Work

_INTAKES: dict[str, type[MenteeEntry] | type[MentorEntry]] = {
    MENTEE_INTAKE: MenteeEntry,
    MENTOR_INTAKE: MentorEntry,
}


def is_still_wanted(work: Work, process: str, case_id: uuid.UUID, programme: Programme | None) -> bool:
    """Say whether what a case is to carry still is: nobody is asked in the name of what has ended."""
    if programme is not None and programme.status is ProgrammeStatus.STOPPED and process not in OUTLIVES:
        return False
    if process in _INTAKES:
        return _is_applying(work, _INTAKES[process], case_id)
    row = _CARRIED.find(work.session.connection(), {"case_id": case_id})
    is_stopped = row.programme_status == ProgrammeStatus.STOPPED
    return not (row.pair_status in OVER or row.search_ended_at or is_stopped)


def _is_applying(work: Work, table: type[MenteeEntry] | type[MentorEntry], case_id: uuid.UUID) -> bool:
    """Whoever has left is asked nothing, and whoever applied again is asked in the new case only."""
    status: EntryStatus | None = work.session.scalar(
        select(table.status).where(table.case_id == case_id).with_for_update()
    )
    return status is not None and status not in OUT


def _asked_for(table: type[ReportDuty] | type[SurveyRequest]) -> ScalarSelect[uuid.UUID]:
    """Name the programme for which a case asks somebody."""
    return select(table.programme_id).where(table.case_id == bindparam("case_id")).scalar_subquery()


# Whoever closes the pair or ends the search holds it too: one of the two comes first, the other sees it.
_OF_PAIR = or_(Pair.case_id == bindparam("case_id"), Pair.support_case_id == bindparam("case_id"))
_PAIR = select(Pair.status).where(_OF_PAIR).with_for_update().cte("carried_pair")
_SEARCH = (
    select(MenteeSearch.ended_at)
    .where(MenteeSearch.case_id == bindparam("case_id"))
    .with_for_update()
    .cte("carried_search")
)
# Whoever stops a programme holds it, and cancels afterwards what has begun by then.
_PROGRAMME = (
    select(Programme.status)
    .where(or_(Programme.id == _asked_for(ReportDuty), Programme.id == _asked_for(SurveyRequest)))
    .with_for_update(read=True)
    .cte("asking_programme")
)
_CARRIED = Prepared(
    select(
        select(_PAIR.c.status).scalar_subquery().label("pair_status"),
        select(_SEARCH.c.ended_at).scalar_subquery().label("search_ended_at"),
        select(_PROGRAMME.c.status).scalar_subquery().label("programme_status"),
    )
)
