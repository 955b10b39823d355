"""Whether a case that was ended by hand could go on as if nothing had been."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from models.cases import Case, CaseStatus
from models.concerns import Concern
from models.pairs import OVER, Pair
from models.programmes import Programme, ProgrammeStatus
from workflows.records.carried import carries_nothing
from workflows.work import Work

LONGEST = timedelta(days=30)
"""What was ended longer ago was meant so, and people have long gone on without it."""


@dataclass(frozen=True)
class Reopening:
    """When and why a case was ended that can still be opened again."""

    ended_at: datetime
    reason: str


def find_reopening(work: Work, case_id: uuid.UUID) -> Reopening | None:
    """Say of an ended case whether it can be whole again: nothing ended with it or around it."""
    case = work.session.get_one(Case, case_id, populate_existing=True)
    if case.status is not CaseStatus.CANCELLED or not case.state or case.ended_at is None:
        return None
    is_late = work.now() - case.ended_at > LONGEST
    if is_late or not carries_nothing(case.process) or _is_around_over(work, case):
        return None
    return Reopening(case.ended_at, case.end_reason or "")


def _is_around_over(work: Work, case: Case) -> bool:
    """Say whether the programme or the pair that the case was about is over by now."""
    programme = work.session.get(Programme, case.programme_id) if case.programme_id else None
    if programme is not None and programme.status is not ProgrammeStatus.RUNNING:
        return True
    raised = select(Concern.pair_id).where(Concern.case_id == case.id)
    about = (Pair.support_case_id == case.id) | Pair.id.in_(raised)
    return work.session.scalar(select(Pair.id).where(about, Pair.status.in_(OVER)).limit(1)) is not None
