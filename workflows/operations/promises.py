"""Operations on promised cases: begin what an act asked for, or begin it later, once its cause is mended.

The act was promised the id of the case and has been committed since; nobody waits for an answer who could
be told that the case cannot begin. So its row is kept with an incident, where people look for it, and
trying the incident again begins it.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import String, bindparam, func, select
from sqlalchemy.exc import OperationalError

from models.cases import Case
from models.organisations import Organisation
from models.prepared import Prepared
from workflows import process as processes
from workflows.access import Permission, require
from workflows.engine.step import StepFailed
from workflows.operations.cases import start_case
from workflows.queries.definitions import find_version_to_start
from workflows.queries.held import HeldCase, hold_case
from workflows.queries.names import names_of
from workflows.queries.seats import complaints_of
from workflows.records import programmes
from workflows.records.appointments import curators_by_now
from workflows.records.carried import people_by_now
from workflows.records.promises import is_still_wanted
from workflows.refusals import Complaint, Invalid, NotStarted, Stalled
from workflows.work import Work

BEGIN = "begin_case"
_ONE_AT_A_TIME = Prepared(
    select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("case_id", type_=String()), 0)))
)
_IS_THERE = Prepared(select(Case.id).where(Case.id == bindparam("case_id")))


def begin_case(
    work: Work,
    case_id: str,
    organisation_id: str,
    process: str,
    title: str,
    participants: Mapping[str, Sequence[str]],
    variables: Mapping[str, Any],
) -> bool:
    """Start a case that an act asked for, under the id it was promised; say whether that was to do."""
    promised = uuid.UUID(case_id)
    # A job may be done by several at once: one of them begins the case, and the others see that it has begun.
    connection = work.session.connection()
    _ONE_AT_A_TIME.run(connection, {"case_id": case_id})
    if _IS_THERE.find(connection, {"case_id": promised}):
        return False
    programme = programmes.find_named(work, uuid.UUID(organisation_id), variables)
    if not is_still_wanted(work, process, promised, programme):
        return False
    participants = people_by_now(work, process, promised, participants)
    if programme is not None:
        participants = curators_by_now(work, programme.id, participants)
    asked = {
        "case_id": case_id,
        "organisation_id": organisation_id,
        "process": process,
        "title": title,
        "participants": participants,
        "variables": variables,
    }
    try:
        start_case(
            work,
            uuid.UUID(organisation_id),
            process,
            title,
            participants={role: [uuid.UUID(one) for one in ones] for role, ones in participants.items()},
            variables=variables,
            case_id=promised,
        )
    except (NotStarted, Invalid) as refusal:
        raise _stalled(work, asked, refusal) from refusal
    return True


def begin_after_all(work: Work, asked: Mapping[str, Any]) -> bool:
    """Begin a promised case that stands there unbegun; say whether there was still a reason to."""
    case = hold_case(work, uuid.UUID(asked["case_id"]))
    role = require(work, Permission.CASE_START, case.subject)
    if case.has_begun:
        return False
    programme = programmes.find_named(work, case.organisation_id, asked["variables"])
    if not is_still_wanted(work, case.process, case.id, programme):
        # What it was to carry has ended meanwhile, and so does the case: else it would stand there for ever.
        processes.stop(work, case, "")
        processes.record(work, case, "case.cancelled", role, {"reason": ""})
        return False
    case = processes.stand_on(work, case, _version_in_force(work, case))
    processes.begin_by_now(work, case)
    try:
        _check_seats(work, case)
        moved = processes.start(work, case, asked["variables"])
    except (NotStarted, Invalid) as refusal:
        raise _stalled(work, asked, refusal) from refusal
    processes.record_start(work, case, role, moved, case.participants)
    return True


def _version_in_force(work: Work, case: HeldCase) -> uuid.UUID:
    """Choose the version to begin on: the one on which a case asked for today would begin.

    Diagrams and decisions are mended by publishing a version; nobody should have to move a case to it that
    has nothing yet to be moved. Where no version offers the process any more, the case keeps its own.
    """
    organisation = work.session.get_one(Organisation, case.organisation_id)
    version = find_version_to_start(work, organisation, case.process)
    return version.id if version else case.pack_version_id


def _check_seats(work: Work, case: HeldCase) -> None:
    complaints = complaints_of(work, case.path, case.pack_version_id, case.participants)
    if complaints:
        raise Invalid({"participants": complaints})


def _stalled(work: Work, asked: Mapping[str, Any], refusal: NotStarted | Invalid) -> Stalled:
    _let_pass(refusal)
    failure = _of_people(work, refusal) if isinstance(refusal, Invalid) else refusal
    return Stalled(
        case_id=asked["case_id"],
        act=BEGIN,
        arguments=asked,
        element=failure.element,
        # Where no step is to blame, the case as a whole is, and people know it by its title.
        element_name=failure.element_name if failure.element else asked["title"],
        reason=failure.reason,
        explanation=failure.explanation,
    )


def _of_people(work: Work, refusal: Invalid) -> StepFailed:
    """Say as the failure of a step that these people cannot take part, if that is what was refused."""
    complaint = next(iter(refusal.problems.get("participants", ())), None)
    if complaint is None:
        raise refusal
    return StepFailed.at("", "", complaint.key, **_named(work, complaint))


def _named(work: Work, complaint: Complaint) -> dict[str, Any]:
    if complaint.key != "person_not_here":
        return dict(complaint.values)
    person_id = uuid.UUID(complaint.values["person"])
    return {"person": names_of(work, [person_id]).get(person_id, "")}


def _let_pass(refusal: Exception) -> None:
    """Raise what the job mends by trying again: the connection was lost, or a lock was not had."""
    for cause in _causes(refusal):
        if isinstance(cause, OperationalError):
            raise cause


def _causes(problem: BaseException | None) -> Iterator[BaseException]:
    while problem is not None:
        yield problem
        problem = problem.__cause__
