"""The concerns about a pair, for those who help; what was found out about each stands in its case."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from models.cases import Case
from models.concerns import Concern
from models.people import Person
from workflows.access import Permission
from workflows.queries.pair_page import PairView
from workflows.work import Work


@dataclass(frozen=True)
class ConcernLine:
    """A concern with its text and how it stands."""

    kind: str
    severity: str
    text: str
    who: str
    raised_at: datetime
    closed_at: datetime | None
    case_id: uuid.UUID | None
    """Its case, once that has begun."""


def list_concerns_of(work: Work, view: PairView) -> list[ConcernLine]:
    """List the concerns about a pair, the open ones first; nobody else learns that there are any."""
    if Permission.CONCERN_READ not in view.may:
        return []
    wanted = (
        select(
            Concern.kind,
            Concern.severity,
            Concern.text,
            Person.full_name,
            Concern.raised_at,
            Concern.closed_at,
            Case.id,
        )
        .outerjoin(Person, Person.id == Concern.raised_by_id)
        .outerjoin(Case, Case.id == Concern.case_id)
        .where(Concern.pair_id == view.pair.id)
        .order_by(Concern.closed_at.desc().nulls_first(), Concern.raised_at.desc(), Concern.id)
    )
    return [
        ConcernLine(kind, severity, text, who or "", raised_at, closed_at, case_id)
        for kind, severity, text, who, raised_at, closed_at, case_id in work.session.execute(wanted)
    ]
