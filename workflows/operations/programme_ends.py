"""What the end of a programme before its time means for its people, its pairs and its cases."""

import uuid

from sqlalchemy import or_, select

from models.bases import EntryStatus, MenteeEntry, MentorEntry
from models.cases import Case, CaseStatus
from models.pairing import MenteeSearch
from models.pairs import Pair, PairStatus
from models.programmes import Programme
from models.reports import ReportDuty
from models.surveys import SurveyRequest
from workflows.operations.cases import cancel_case
from workflows.records import mentees, mentors, pairs
from workflows.work import SYSTEM, Work

_OVER = (EntryStatus.DECLINED, EntryStatus.LEFT, EntryStatus.COMPLETED)
_ALIVE = (CaseStatus.RUNNING, CaseStatus.SUSPENDED)


def end_all_around(work: Work, programme: Programme, reason: str) -> None:
    """Let everybody go, end the pairs, and cancel the cases of the programme and around it."""
    for mentee in _still_in(work, MenteeEntry, programme.id):
        mentees.set_status(work, mentee, EntryStatus.LEFT, reason)
    for mentor in _still_in(work, MentorEntry, programme.id):
        mentors.set_status(work, mentor, EntryStatus.LEFT, reason)
    for pair_id in work.session.scalars(select(Pair.id).where(Pair.programme_id == programme.id)).all():
        pairs.close_pair(work, pair_id, PairStatus.ENDED_EARLY, reason)
    # Only now: a case that began in between was waited for, and one that has not will not begin.
    case_ids = _cases_around(work, programme)
    # Whoever may stop the programme stops all of it, though no permission names each of its cases.
    system = Work(work.session, SYSTEM, work.clock)
    for case_id in case_ids:
        cancel_case(work if case_id == programme.case_id else system, case_id, reason)


def _still_in(
    work: Work, table: type[MenteeEntry] | type[MentorEntry], programme_id: uuid.UUID
) -> list[uuid.UUID]:
    wanted = select(table.id).where(table.programme_id == programme_id, table.status.not_in(_OVER))
    return list(work.session.scalars(wanted.order_by(table.id)))


def _cases_around(work: Work, programme: Programme) -> list[uuid.UUID]:
    around = (
        Case.id.in_(select(table.case_id).where(table.programme_id == programme.id))
        for table in (MenteeEntry, MentorEntry, Pair, MenteeSearch, ReportDuty, SurveyRequest)
    )
    wanted = select(Case.id).where(or_(Case.id == programme.case_id, *around), Case.status.in_(_ALIVE))
    return list(work.session.scalars(wanted.order_by(Case.id)))
