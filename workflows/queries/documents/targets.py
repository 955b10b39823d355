"""About whom or what a document is to be made: found, and fit for its kind, or refused."""

import uuid
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, select, union

from models.bases import MenteeEntry, MentorEntry
from models.cases import Case
from models.organisations import Organisation
from models.pairs import Pair, PairMember, PairStatus
from models.partners import Partner
from models.people import Guardianship, Person
from models.programmes import Programme
from workflows.access import Participant, Permission, Subject, require
from workflows.documents.kinds import KINDS, About, Kind
from workflows.queries.cases import list_participants
from workflows.records import days
from workflows.records.pair_sets import stood_to_the_end
from workflows.refusals import NotFound, Refusal
from workflows.work import Work

MOST = 1000
PARENTS = "parents_letter"
_SIGNED = ("personal_data_consent", "participation_consent")


@dataclass(frozen=True)
class Target:
    """What a document is about."""

    kind: Kind
    programme: Programme
    organisation: Organisation
    subject: Subject
    today: date
    pack_version_id: uuid.UUID | None
    pair: Pair | None = None
    person: Person | None = None
    partner: Partner | None = None


@dataclass(frozen=True)
class Choice:
    """Somebody or something for which a document can be made."""

    id: uuid.UUID
    name: str


def open_programme(
    work: Work, programme_id: uuid.UUID, permission: Permission
) -> tuple[Programme, Organisation, Subject]:
    """Return a programme with whose documents the actor may do this."""
    programme = work.session.get(Programme, programme_id)
    if programme is None:
        raise NotFound(noun="programme")
    organisation = work.session.get_one(Organisation, programme.organisation_id)
    seats = list_participants(work, programme.case_id) if programme.case_id else ()
    subject = Subject(organisation.id, organisation.path, _leading(seats))
    require(work, permission, subject)
    return programme, organisation, subject


def may_make(work: Work, programme_id: uuid.UUID) -> bool:
    """Say whether the actor may make documents of a programme."""
    try:
        open_programme(work, programme_id, Permission.DOCUMENT_MAKE)
    except Refusal:
        return False
    return True


def _leading(seats: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """Keep those for whom all documents of a programme are: whoever else takes part sees only their own."""
    return tuple(one for one in seats if one.role == "curator")


def kind_of(code: str) -> Kind:
    """Return a kind by its code."""
    if code not in KINDS:
        raise NotFound(noun="document")
    return KINDS[code]


def open_target(
    work: Work, code: str, programme_id: uuid.UUID, chosen_id: uuid.UUID | None, permission: Permission
) -> Target:
    """Return what a document of this kind is to be about, if the actor may make it."""
    kind = kind_of(code)
    programme, organisation, subject = open_programme(work, programme_id, permission)
    case = work.session.get(Case, programme.case_id) if programme.case_id else None
    about = _about(work, kind, programme, chosen_id) if kind.about is not About.PROGRAMME else {}
    return Target(
        kind,
        programme,
        organisation,
        subject,
        days.today(work, organisation.id),
        case.pack_version_id if case else None,
        **about,
    )


def _about(work: Work, kind: Kind, programme: Programme, chosen_id: uuid.UUID | None) -> dict[str, Any]:
    if chosen_id is None or work.session.scalar(_among(kind, programme, chosen_id)) is None:
        raise NotFound(noun=kind.about.value)
    if kind.about is About.PAIR:
        return {"pair": work.session.get_one(Pair, chosen_id)}
    if kind.about is About.PARTNER:
        return {"partner": work.session.get_one(Partner, chosen_id)}
    return {"person": work.session.get_one(Person, chosen_id), "pair": _pair_of(work, programme, chosen_id)}


def _among(kind: Kind, programme: Programme, chosen_id: uuid.UUID) -> Select[Any]:
    offered = _offered(kind, programme).subquery()
    return select(offered.c.id).where(offered.c.id == chosen_id).limit(1)


def list_choices(work: Work, kind: Kind, programme: Programme) -> list[Choice]:
    """List for whom documents of a kind can be made, by name."""
    offered = _offered(kind, programme).subquery()
    wanted = select(offered.c.id, offered.c.name).distinct().order_by(offered.c.name, offered.c.id)
    return [Choice(*row) for row in work.session.execute(wanted.limit(MOST))]


def _offered(kind: Kind, programme: Programme) -> Any:
    if kind.about is About.PAIR:
        wanted = select(Pair.id, Pair.title.label("name")).where(Pair.programme_id == programme.id)
        return wanted.where(Pair.status != PairStatus.REFUSED)
    if kind.about is About.PARTNER:
        return select(Partner.id, Partner.name.label("name")).where(
            Partner.organisation_id == programme.organisation_id
        )
    if kind.code in _SIGNED:
        return union(*(_in_base(base, programme) for base in (MenteeEntry, MentorEntry)))
    return _parents(programme) if kind.code == PARENTS else _ended(programme)


def _in_base(base: Any, programme: Programme) -> Select[Any]:
    named = select(Person.id, Person.full_name.label("name"))
    return named.join(base, base.person_id == Person.id).where(base.programme_id == programme.id)


def ended_members(programme_id: uuid.UUID) -> Select[tuple[uuid.UUID]]:
    """Choose who has gone the whole way in a pair."""
    return (
        select(PairMember.person_id)
        .join(Pair, Pair.id == PairMember.pair_id)
        .where(Pair.programme_id == programme_id, Pair.status == PairStatus.COMPLETED)
        .where(PairMember.role.in_(("mentor", "mentee")), stood_to_the_end())
    )


def _ended(programme: Programme) -> Select[Any]:
    named = select(Person.id, Person.full_name.label("name"))
    return named.where(Person.id.in_(ended_members(programme.id)))


def _parents(programme: Programme) -> Select[Any]:
    named = select(Person.id, Person.full_name.label("name"))
    return named.join(Guardianship, Guardianship.guardian_id == Person.id).where(
        Guardianship.child_id.in_(ended_members(programme.id))
    )


def _pair_of(work: Work, programme: Programme, person_id: uuid.UUID) -> Pair | None:
    """Find the newest pair of somebody in a programme; a completed one says more than the others."""
    wanted = (
        select(Pair)
        .join(PairMember, PairMember.pair_id == Pair.id)
        .where(Pair.programme_id == programme.id, PairMember.person_id == person_id)
        .where(PairMember.role.in_(("mentor", "mentee")), stood_to_the_end())
        .order_by((Pair.status == PairStatus.COMPLETED).desc(), Pair.formed_on.desc(), Pair.id)
        .limit(1)
    )
    return work.session.scalars(wanted).first()
