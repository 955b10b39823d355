"""Read concerns: their texts are for few, and everybody else of the pair sees at most that there is one."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from models.concerns import Concern, ConcernNote
from models.organisations import Organisation
from models.pairs import Pair, PairMember
from models.people import Person
from workflows.access import Participant, Permission, Subject, require
from workflows.records import guardians, pairs
from workflows.refusals import NotFound
from workflows.work import Work


@dataclass(frozen=True)
class NoteRow:
    """What somebody wrote about a concern."""

    text: str
    written_by: str
    written_at: datetime


@dataclass(frozen=True)
class ConcernRow:
    """A concern with its text and its notes."""

    id: uuid.UUID
    case_id: uuid.UUID | None
    kind: str
    severity: str
    text: str
    raised_by: str
    raised_at: datetime
    outcome: str
    closed_at: datetime | None
    notes: tuple[NoteRow, ...]


def list_concerns(work: Work, pair_id: uuid.UUID) -> list[ConcernRow]:
    """List the concerns about a pair with all that was written, the newest first."""
    pair = _get(work, pair_id)
    require(work, Permission.CONCERN_READ, subject_of(work, pair))
    wanted = (
        select(Concern, Person.full_name)
        .outerjoin(Person, Person.id == Concern.raised_by_id)
        .where(Concern.pair_id == pair_id)
        .order_by(Concern.raised_at.desc(), Concern.id)
    )
    return [_row(work, concern, name or "") for concern, name in work.session.execute(wanted)]


def list_notes(work: Work, concern_id: uuid.UUID) -> list[NoteRow]:
    """List what was written about a concern; the caller asks for permission."""
    wanted = (
        select(ConcernNote.text, Person.full_name, ConcernNote.written_at)
        .join(Person, Person.id == ConcernNote.written_by_id)
        .where(ConcernNote.concern_id == concern_id)
        .order_by(ConcernNote.written_at, ConcernNote.id)
    )
    return [NoteRow(*row) for row in work.session.execute(wanted)]


def subject_of(work: Work, pair: Pair) -> Subject:
    """Return what a permission for a pair is asked about: its members take part, and their guardians."""
    organisation = work.session.get_one(Organisation, pair.organisation_id)
    members = _members(work, pair)
    people = [Participant(one.role, one.person_id) for one in members]
    children = [one.person_id for one in members if one.role == "mentee"]
    people += [Participant("guardian", one) for child in children for one in guardians.list_of(work, child)]
    return Subject(organisation.id, organisation.path, tuple(people))


def _members(work: Work, pair: Pair) -> list[PairMember]:
    """List the members, of a pair that has ended those who were there at the end."""
    if pair.ended_on is None:
        return pairs.list_members(work, pair.id)
    wanted = select(PairMember).where(PairMember.pair_id == pair.id, PairMember.until_on == pair.ended_on)
    return list(work.session.scalars(wanted.order_by(PairMember.id)))


def _get(work: Work, pair_id: uuid.UUID) -> Pair:
    pair = work.session.get(Pair, pair_id)
    if pair is None:
        raise NotFound(noun="pair")
    return pair


def _row(work: Work, concern: Concern, raised_by: str) -> ConcernRow:
    return ConcernRow(
        id=concern.id,
        case_id=concern.case_id,
        kind=concern.kind,
        severity=concern.severity,
        text=concern.text,
        raised_by=raised_by,
        raised_at=concern.raised_at,
        outcome=concern.outcome,
        closed_at=concern.closed_at,
        notes=tuple(list_notes(work, concern.id)),
    )
