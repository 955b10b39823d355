"""What somebody looks after: the running programmes of their organisations, and which of the pairs."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, false, or_, select

from models.cases import CaseParticipant
from models.organisations import Organisation
from models.pairs import Pair
from models.programmes import Programme, ProgrammeStatus
from workflows.access.reach import BRANCH_ROLES
from workflows.access.rules import OVERSEERS
from workflows.work import Work

MOST_PROGRAMMES = 6


@dataclass(frozen=True)
class RunningProgramme:
    """A running programme in the reach of the reader."""

    id: uuid.UUID
    case_id: uuid.UUID | None
    title: str
    starts_on: date
    ends_on: date
    organisation_id: uuid.UUID
    organisation: str


@dataclass(frozen=True)
class Reach:
    """The newest running programmes that the reader looks after, and whether only some pairs of them."""

    programmes: tuple[RunningProgramme, ...]
    is_more: bool
    curated_by: uuid.UUID | None
    """Somebody who is a curator and nothing more looks after their own pairs."""

    @property
    def programme_ids(self) -> tuple[uuid.UUID, ...]:
        return tuple(one.id for one in self.programmes)

    @property
    def organisation_ids(self) -> tuple[uuid.UUID, ...]:
        return tuple(dict.fromkeys(one.organisation_id for one in self.programmes))

    @property
    def case_ids(self) -> tuple[uuid.UUID, ...]:
        return tuple(one.case_id for one in self.programmes if one.case_id)

    @property
    def pairs(self) -> ColumnElement[bool]:
        """Keep the pairs of these programmes that the reader looks after."""
        here = Pair.programme_id.in_(self.programme_ids)
        if self.curated_by is None:
            return here
        own = select(CaseParticipant.case_id).where(
            CaseParticipant.person_id == self.curated_by,
            CaseParticipant.role == "curator",
            CaseParticipant.until_at.is_(None),
        )
        return and_(here, Pair.case_id.in_(own))


def oversees(work: Work) -> bool:
    """Say whether the reader looks after more than what is their own."""
    return any(role.name in OVERSEERS for role in work.actor.roles)


def find_reach(work: Work) -> Reach:
    """Return the newest running programmes that the reader may oversee, no more than fit on a page."""
    wanted = (
        select(
            Programme.id,
            Programme.case_id,
            Programme.title,
            Programme.starts_on,
            Programme.ends_on,
            Organisation.id,
            Organisation.name,
        )
        .join(Organisation, Organisation.id == Programme.organisation_id)
        .where(Programme.status == ProgrammeStatus.RUNNING, _overseen(work))
        .order_by(Programme.starts_on.desc(), Programme.title, Programme.id)
        .limit(MOST_PROGRAMMES + 1)
    )
    found = [RunningProgramme(*row) for row in work.session.execute(wanted)] if oversees(work) else []
    held = {role.name for role in work.actor.roles if role.name in OVERSEERS}
    curated_by = work.actor.person_id if held == {"curator"} else None
    return Reach(tuple(found[:MOST_PROGRAMMES]), len(found) > MOST_PROGRAMMES, curated_by)


def _overseen(work: Work) -> ColumnElement[bool]:
    ways: list[ColumnElement[bool]] = [false()]
    for role in work.actor.roles:
        if role.name in OVERSEERS and role.name in BRANCH_ROLES:
            ways.append(Organisation.path.startswith(role.path, autoescape=True))
        elif role.name in OVERSEERS:
            ways.append(Organisation.id == role.organisation_id)
    return or_(*ways)
