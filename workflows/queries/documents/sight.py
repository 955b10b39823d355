"""Who sees a document: whoever oversees the organisation, whose own it is, and of a pair for whom it is."""

import uuid

from sqlalchemy import ColumnElement, Select, and_, or_, select, true

from models.cases import CaseParticipant
from models.documents import Document
from models.organisations import Organisation
from models.pairs import Pair, PairMember
from models.programmes import Programme
from workflows.access import Participant, Subject
from workflows.access.reach import BRANCH_ROLES
from workflows.access.rules import OVERSEERS
from workflows.documents.kinds import KINDS, codes
from workflows.queries.cases import list_participants
from workflows.records.pair_sets import stood_to_the_end
from workflows.work import Work


def seen_by(work: Work) -> ColumnElement[bool]:
    """Say in SQL what `Permission.DOCUMENT_READ` says of a document that is joined to its organisation."""
    if work.actor.is_system:
        return true()
    own = and_(Document.person_id == work.actor.person_id, Document.kind.in_(codes(own=True)))
    of_pairs = [
        and_(Document.kind.in_(codes(read_by=role)), Document.pair_id.in_(_pairs_of(work, role)))
        for role in ("mentor", "mentee")
    ]
    return or_(own, *of_pairs, Document.programme_id.in_(_led(work)), *_overseen(work))


def _pairs_of(work: Work, role: str) -> Select[tuple[uuid.UUID]]:
    return (
        select(PairMember.pair_id)
        .join(Pair, Pair.id == PairMember.pair_id)
        .where(PairMember.person_id == work.actor.person_id, PairMember.role == role, stood_to_the_end())
        .correlate(None)
    )


def _led(work: Work) -> Select[tuple[uuid.UUID]]:
    return (
        select(Programme.id)
        .join(CaseParticipant, CaseParticipant.case_id == Programme.case_id)
        .where(
            CaseParticipant.person_id == work.actor.person_id,
            CaseParticipant.role == "curator",
            CaseParticipant.until_at.is_(None),
        )
        .correlate(None)
    )


def _overseen(work: Work) -> list[ColumnElement[bool]]:
    ways: list[ColumnElement[bool]] = []
    for role in work.actor.roles:
        if role.name in OVERSEERS and role.name in BRANCH_ROLES:
            ways.append(Organisation.path.startswith(role.path, autoescape=True))
        elif role.name in OVERSEERS:
            ways.append(Document.organisation_id == role.organisation_id)
    return ways


def subject_of(work: Work, document: Document) -> Subject:
    """Return what permissions about a document are asked about: those take part for whom it is."""
    organisation = work.session.get_one(Organisation, document.organisation_id)
    programme = work.session.get_one(Programme, document.programme_id)
    seats = list_participants(work, programme.case_id) if programme.case_id else ()
    people = [one for one in seats if one.role == "curator"]
    kind = KINDS.get(document.kind)
    if kind is not None and kind.read_by and document.pair_id is not None:
        people += _readers(work, document.pair_id, kind.read_by)
    own = document.person_id if kind is not None and kind.is_own else None
    return Subject(organisation.id, organisation.path, tuple(people), person_id=own)


def _readers(work: Work, pair_id: uuid.UUID, roles: frozenset[str]) -> list[Participant]:
    wanted = (
        select(PairMember.role, PairMember.person_id)
        .join(Pair, Pair.id == PairMember.pair_id)
        .where(PairMember.pair_id == pair_id, PairMember.role.in_(roles), stood_to_the_end())
    )
    return [Participant(role, person_id) for role, person_id in work.session.execute(wanted)]
