"""What the end of a programme before its time means for its people, its pairs and its cases."""

import uuid

from sqlalchemy import select

from models.bases import EntryStatus, MenteeEntry, MentorEntry
from models.cases import Case
from models.concerns import Concern
from models.pairs import Pair, PairStatus
from models.programmes import Programme
from workflows.operations.cases import cancel_case
from workflows.records import concerns, mentees, mentors, pairs, programmes
from workflows.work import SYSTEM, Work

_OVER = (EntryStatus.DECLINED, EntryStatus.LEFT, EntryStatus.COMPLETED)


def end_all_around(work: Work, programme: Programme, reason: str) -> None:
    """Let everybody go, end the pairs, and cancel the cases of the programme and around it."""
    for mentee in _still_in(work, MenteeEntry, programme.id):
        mentees.set_status(work, mentee, EntryStatus.LEFT, reason)
    for mentor in _still_in(work, MentorEntry, programme.id):
        mentors.set_status(work, mentor, EntryStatus.LEFT, reason)
    for pair_id in work.session.scalars(select(Pair.id).where(Pair.programme_id == programme.id)).all():
        pairs.close_pair(work, pair_id, PairStatus.ENDED_EARLY, reason)
    for concern in _unsettled(work, programme.id):
        concerns.close(work, concern, "programme_stopped")
    # Whoever begins a case holds the programme: one that began in between was waited for and is among these.
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


def _unsettled(work: Work, programme_id: uuid.UUID) -> list[Concern]:
    wanted = select(Concern).where(Concern.programme_id == programme_id, Concern.closed_at.is_(None))
    return list(work.session.scalars(wanted.order_by(Concern.raised_at, Concern.id)))


def _cases_around(work: Work, programme: Programme) -> list[uuid.UUID]:
    ends_with_it = Case.process.not_in(programmes.OUTLIVES)
    wanted = select(Case.id).where(programmes.is_of(programme.id), ends_with_it)
    return list(work.session.scalars(wanted.order_by(Case.id)))
