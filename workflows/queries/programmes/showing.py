"""One programme as the reader may see it: everybody who belongs to it sees its way, its team all of it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, literal, or_, select, union_all

from models.bases import EntryStatus, MenteeEntry, MentorEntry
from models.cases import Case, CaseParticipant, CaseStatus
from models.organisations import Organisation
from models.pairs import Pair, PairMember, PairStatus
from models.programmes import Appointment, MentoringForm, Programme
from workflows.access import Participant, Permission, Subject, can
from workflows.queries.definitions import LoadedPack, load_pack
from workflows.records import programmes
from workflows.refusals import Forbidden, NotFound
from workflows.work import Work

TEAM = "team"
"""As whom somebody counts here who was appointed and has no seat in the case."""
_ACTS = (
    Permission.PROGRAMME_READ,
    Permission.PROGRAMME_APPOINT,
    Permission.PROGRAMME_REPORT,
    Permission.PARTNER_READ,
    Permission.PAIRING_READ,
    Permission.MENTEE_READ,
)


@dataclass(frozen=True)
class OwnEntry:
    """The reader in one of the bases of a programme."""

    role: str
    status: EntryStatus
    case_id: uuid.UUID | None


@dataclass(frozen=True)
class OwnPair:
    """A pair of the reader in a programme."""

    id: uuid.UUID
    case_id: uuid.UUID
    title: str
    status: PairStatus


@dataclass(frozen=True)
class ProgrammeView:
    """A programme, where it runs, and what its reader may do with it."""

    programme: Programme
    organisation_name: str
    time_zone: str
    case_status: CaseStatus | None
    pack: LoadedPack | None
    may: frozenset[Permission]
    subject: Subject
    now: datetime

    @property
    def id(self) -> uuid.UUID:
        return self.programme.id

    @property
    def is_inside(self) -> bool:
        """Say whether all of the programme is open to the reader, its numbers and papers too."""
        return Permission.PROGRAMME_READ in self.may

    @property
    def today(self) -> date:
        """Return the day it is where the programme runs."""
        return self.day_of(self.now)

    def day_of(self, instant: datetime) -> date:
        """Return the day on which something was, where the programme runs."""
        return instant.astimezone(ZoneInfo(self.time_zone)).date()


def get_programme(work: Work, programme_id: uuid.UUID, *, inside: bool = False) -> ProgrammeView:
    """Return a programme that the reader may know of; asked for the inside, only one they may see whole."""
    row = work.session.execute(
        select(Programme, Organisation, Case.pack_version_id, Case.status)
        .join(Organisation, Organisation.id == Programme.organisation_id)
        .outerjoin(Case, Case.id == Programme.case_id)
        .where(Programme.id == programme_id)
    ).one_or_none()
    if row is None:
        raise NotFound(noun="programme")
    programme, organisation, version_id, status = row
    seated, team = _people(work, programme)
    subject = Subject(organisation.id, organisation.path, seated)
    around = Subject(organisation.id, organisation.path, (*seated, *team))
    may = {act for act in _ACTS if can(work, act, around)}
    may |= {act for act in (Permission.CASE_READ,) if programme.case_id and can(work, act, subject)}
    _refuse(work, programme, around, is_inside=Permission.PROGRAMME_READ in may, inside=inside)
    return ProgrammeView(
        programme,
        organisation.name,
        organisation.time_zone,
        status,
        load_pack(work, version_id) if version_id else None,
        frozenset(may),
        around,
        work.now(),
    )


def _people(work: Work, programme: Programme) -> tuple[tuple[Participant, ...], tuple[Participant, ...]]:
    """List who takes part in the case, and who was appointed beside them."""
    in_case = select(literal(True), CaseParticipant.role, CaseParticipant.person_id).where(
        CaseParticipant.case_id == programme.case_id, CaseParticipant.until_at.is_(None)
    )
    appointed = select(literal(False), literal(TEAM), Appointment.person_id).where(
        Appointment.programme_id == programme.id, is_appointed(work.now().date())
    )
    rows = work.session.execute(union_all(in_case, appointed)).all()
    seated = tuple(Participant(role, person) for is_seated, role, person in rows if is_seated)
    return seated, tuple(Participant(role, person) for is_seated, role, person in rows if not is_seated)


def is_appointed(day: date) -> ColumnElement[bool]:
    """Keep the appointments that have not ended before a day."""
    return or_(Appointment.until_on.is_(None), Appointment.until_on >= day)


def _refuse(work: Work, programme: Programme, subject: Subject, *, is_inside: bool, inside: bool) -> None:
    if is_inside:
        return
    if not can(work, Permission.ORGANISATION_READ, subject) and not list_own_entries(work, programme.id):
        raise NotFound(noun="programme")
    if inside:
        raise Forbidden(permission=Permission.PROGRAMME_READ.value)


def list_own_entries(work: Work, programme_id: uuid.UUID) -> list[OwnEntry]:
    """List where the reader stands in the bases of a programme."""
    entries = (
        select(literal(role), kind.status, kind.case_id).where(
            kind.programme_id == programme_id, kind.person_id == work.actor.person_id
        )
        for role, kind in (("mentee", MenteeEntry), ("mentor", MentorEntry))
    )
    rows = work.session.execute(union_all(*entries)).tuples()
    return [OwnEntry(role, EntryStatus(status), case_id) for role, status, case_id in rows]


def list_own_pairs(work: Work, programme_id: uuid.UUID) -> list[OwnPair]:
    """List the pairs of a programme to which the reader belongs now, or belonged at their end."""
    wanted = (
        select(Pair.id, Pair.case_id, Pair.title, Pair.status)
        .join(PairMember, PairMember.pair_id == Pair.id)
        .where(
            Pair.programme_id == programme_id,
            PairMember.person_id == work.actor.person_id,
            PairMember.role.in_(("mentor", "mentee")),
        )
        .where(or_(PairMember.until_on.is_(None), PairMember.until_on == Pair.ended_on))
        .distinct()
        .order_by(Pair.title, Pair.id)
    )
    return [OwnPair(*row) for row in work.session.execute(wanted).tuples()]


def list_forms(work: Work, programme_id: uuid.UUID) -> Sequence[MentoringForm]:
    """List the mentoring forms of a programme."""
    return programmes.list_forms(work, programme_id)
