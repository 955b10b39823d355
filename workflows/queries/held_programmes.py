"""Programmes whose rows are locked, for the acts that change them."""

import uuid

from models.organisations import Organisation
from models.programmes import Programme, ProgrammeStatus
from workflows.access import Permission, Subject, require
from workflows.queries.held import hold_case
from workflows.records import programmes
from workflows.refusals import Conflict, NotFound
from workflows.work import Work


def hold_running(work: Work, programme_id: uuid.UUID, permission: Permission) -> tuple[Programme, str]:
    """Lock a programme that runs, its case first; return the role that opens the door."""
    programme = work.session.get(Programme, programme_id)
    if programme is None:
        raise NotFound(noun="programme")
    organisation = work.session.get_one(Organisation, programme.organisation_id)
    # The case is locked first, then what belongs to it, as everywhere.
    case = hold_case(work, programme.case_id) if programme.case_id else None
    role = require(work, permission, case.subject if case else Subject.of(organisation))
    programme = programmes.hold_programme(work, programme_id)
    if programme.status is not ProgrammeStatus.RUNNING:
        raise Conflict("programme_is_over", title=programme.title)
    return programme, role
