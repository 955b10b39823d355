"""Programmes whose rows are locked, for the acts that change them."""

import uuid

from sqlalchemy import select

from models.organisations import Organisation
from models.programmes import Appointment, Programme, ProgrammeStatus
from workflows.access import Permission, Subject, require
from workflows.queries.held import hold_case
from workflows.queries.programmes.showing import is_appointed
from workflows.records import programmes
from workflows.refusals import Conflict, Forbidden, NotFound
from workflows.work import Work


def hold_running(work: Work, programme_id: uuid.UUID, permission: Permission) -> tuple[Programme, str]:
    """Lock a programme that runs, its case first; return the role that opens the door."""
    programme = work.session.get(Programme, programme_id)
    if programme is None:
        raise NotFound(noun="programme")
    organisation = work.session.get_one(Organisation, programme.organisation_id)
    # The case is locked first, then what belongs to it, as everywhere.
    case = hold_case(work, programme.case_id) if programme.case_id else None
    role = _require(work, permission, case.subject if case else Subject.of(organisation), programme_id)
    programme = programmes.hold_programme(work, programme_id)
    if programme.status is not ProgrammeStatus.RUNNING:
        raise Conflict("programme_is_over", title=programme.title)
    return programme, role


def _require(work: Work, permission: Permission, subject: Subject, programme_id: uuid.UUID) -> str:
    """Return the role that opens the door; to who is of the team it is shut, but not hidden."""
    try:
        return require(work, permission, subject)
    except NotFound:
        if _is_of_team(work, programme_id):
            raise Forbidden(permission=permission.value) from None
        raise


def _is_of_team(work: Work, programme_id: uuid.UUID) -> bool:
    own = (Appointment.programme_id == programme_id, Appointment.person_id == work.actor.person_id)
    wanted = select(Appointment.id).where(*own, is_appointed(work.now().date()))
    return work.session.scalars(wanted.limit(1)).first() is not None
