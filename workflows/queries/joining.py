"""Read which programmes somebody may join, and what can be chosen for that."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select

from models.bases import EntryStatus, MenteeEntry, MentorEntry
from models.organisations import Organisation
from models.programmes import MentoringForm, Programme, ProgrammeStatus
from workflows.access import Permission, Subject, can
from workflows.access.reach import BRANCH_ROLES
from workflows.queries.applicants import require_running
from workflows.queries.definitions import LoadedPack, find_version_to_start, load_pack
from workflows.queries.people import Member, list_members
from workflows.queries.programme_starts import PROCESS
from workflows.records import programmes, statuses
from workflows.refusals import NotFound
from workflows.work import Work

MOST_PROGRAMMES = 200


@dataclass(frozen=True)
class ProgrammeRow:
    """A running programme, and whether the reader is in one of its bases already."""

    programme: Programme
    organisation: str
    is_mentee: bool
    is_mentor: bool
    sees_bases: bool


@dataclass(frozen=True)
class Joining:
    """A running programme: its forms, and whom the reader may put in beside themselves."""

    programme: Programme
    organisation: Organisation
    forms: Sequence[MentoringForm]
    members: Sequence[Member]
    pack: LoadedPack | None


def list_programmes_here(work: Work) -> list[ProgrammeRow]:
    """List the running programmes of the organisations to which the actor belongs, the newest first."""
    where: list[ColumnElement[bool]] = [
        Organisation.id.in_([role.organisation_id for role in work.actor.roles])
    ]
    where += [
        Organisation.path.startswith(role.path, autoescape=True)
        for role in work.actor.roles
        if role.name in BRANCH_ROLES
    ]
    wanted = (
        select(Programme, Organisation)
        .join(Organisation, Organisation.id == Programme.organisation_id)
        .where(Programme.status == ProgrammeStatus.RUNNING, or_(*where))
        .order_by(Programme.starts_on.desc(), Programme.title, Programme.id)
        .limit(MOST_PROGRAMMES)
    )
    mentee_in, mentor_in = _bases_of(work, MenteeEntry), _bases_of(work, MentorEntry)
    return [
        ProgrammeRow(
            programme,
            organisation.name,
            programme.id in mentee_in,
            programme.id in mentor_in,
            can(work, Permission.MENTEE_READ, Subject.of(organisation)),
        )
        for programme, organisation in work.session.execute(wanted)
    ]


def _bases_of(work: Work, kind: type[MenteeEntry | MentorEntry]) -> set[uuid.UUID]:
    may_return: Sequence[EntryStatus] = tuple(statuses.MAY_RETURN)
    wanted = select(kind.programme_id).where(
        kind.person_id == work.actor.person_id, kind.status.not_in(may_return)
    )
    return set(work.session.scalars(wanted))


def get_joining(work: Work, programme_id: uuid.UUID) -> Joining:
    """Return what can be chosen by whoever joins a programme, or asks for somebody else."""
    programme = work.session.get(Programme, programme_id)
    if programme is None:
        raise NotFound(noun="programme")
    organisation = work.session.get_one(Organisation, programme.organisation_id)
    subject = Subject.of(organisation)
    if not can(work, Permission.ORGANISATION_READ, subject):
        raise NotFound(noun="programme")
    require_running(programme)
    may_ask_for_others = can(work, Permission.MENTEE_APPLY, subject) and can(
        work, Permission.PERSON_READ, subject
    )
    members = list_members(work, organisation.id) if may_ask_for_others else []
    version = find_version_to_start(work, organisation, PROCESS)
    pack = load_pack(work, version.id) if version else None
    return Joining(programme, organisation, programmes.list_forms(work, programme.id), members, pack)
