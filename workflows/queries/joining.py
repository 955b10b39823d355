"""Read what can be chosen by whoever joins a programme."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from models.organisations import Organisation
from models.programmes import MentoringForm, Programme
from workflows.access import Permission, Subject, can
from workflows.queries.applicants import require_running
from workflows.queries.definitions import LoadedPack, find_version_to_start, load_pack
from workflows.queries.people import Member, list_members
from workflows.queries.programme_starts import PROCESS
from workflows.records import programmes
from workflows.refusals import NotFound
from workflows.work import Work


@dataclass(frozen=True)
class Joining:
    """A running programme: its forms, and whom the reader may put in beside themselves."""

    programme: Programme
    organisation: Organisation
    forms: Sequence[MentoringForm]
    members: Sequence[Member]
    pack: LoadedPack | None


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
