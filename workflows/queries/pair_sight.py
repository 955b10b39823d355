"""Who sees a pair at all: its people, the guardians of its mentees, and whoever oversees the organisation."""

import uuid

from sqlalchemy import ColumnElement, CompoundSelect, Select, or_, select, true, union_all

from models.concerns import Concern
from models.organisations import Organisation
from models.pairs import Pair, PairMember
from models.people import Guardianship
from workflows.access.reach import BRANCH_ROLES
from workflows.access.rules import OVERSEERS
from workflows.records.pair_sets import stood_to_the_end
from workflows.work import Work

HELPERS = ("psychologist", "head")
"""Who reads what troubles a pair, besides its curator."""


def seen_by(work: Work) -> ColumnElement[bool]:
    """Say in SQL what `Permission.PAIR_READ` says of a pair that is joined to its organisation."""
    if work.actor.is_system:
        return true()
    return or_(Pair.id.in_(_own(work)), Pair.id.in_(_of_children(work)), *_overseen(work))


def helps_with(work: Work) -> ColumnElement[bool]:
    """Say in SQL what `Permission.CONCERN_READ` says of a pair."""
    if work.actor.is_system:
        return true()
    homes = [role.organisation_id for role in work.actor.roles if role.name in HELPERS]
    return or_(Pair.id.in_(_own(work, "curator")), Pair.organisation_id.in_(homes))


def find_pair_of_case(work: Work, case_id: uuid.UUID) -> uuid.UUID | None:
    """Find the pair to which a case belongs, if the actor sees it: its own, that of support or a concern."""
    # Each is one look into an index; together in one condition they would go through all pairs.
    known: CompoundSelect[tuple[uuid.UUID | None]] = union_all(
        select(Pair.id).where(Pair.case_id == case_id),
        select(Pair.id).where(Pair.support_case_id == case_id),
        select(Concern.pair_id).where(Concern.case_id == case_id),
    )
    wanted = (
        select(Pair.id)
        .join(Organisation, Organisation.id == Pair.organisation_id)
        .where(Pair.id.in_(known), seen_by(work))
    )
    return work.session.scalars(wanted).first()


def _own(work: Work, *roles: str) -> Select[tuple[uuid.UUID]]:
    wanted = (
        select(PairMember.pair_id)
        .join(Pair, Pair.id == PairMember.pair_id)
        .where(PairMember.person_id == work.actor.person_id, stood_to_the_end())
    )
    return (wanted.where(PairMember.role.in_(roles)) if roles else wanted).correlate(None)


def _of_children(work: Work) -> Select[tuple[uuid.UUID]]:
    return (
        select(PairMember.pair_id)
        .join(Guardianship, Guardianship.child_id == PairMember.person_id)
        .join(Pair, Pair.id == PairMember.pair_id)
        .where(
            Guardianship.guardian_id == work.actor.person_id,
            PairMember.role == "mentee",
            stood_to_the_end(),
        )
        .correlate(None)
    )


def _overseen(work: Work) -> list[ColumnElement[bool]]:
    ways: list[ColumnElement[bool]] = []
    for role in work.actor.roles:
        if role.name in OVERSEERS and role.name in BRANCH_ROLES:
            ways.append(Organisation.path.startswith(role.path, autoescape=True))
        elif role.name in OVERSEERS:
            ways.append(Pair.organisation_id == role.organisation_id)
    return ways
