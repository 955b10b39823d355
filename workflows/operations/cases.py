"""Operations on cases: start, suspend, resume, cancel."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.cases import CaseStatus
from models.organisations import Organisation
from workflows import process
from workflows.access import Participant, Permission, Subject, require
from workflows.forms.reasons import read_reason
from workflows.queries.definitions import find_version_to_start
from workflows.queries.held import HeldCase, hold_case
from workflows.queries.reopening import find_reopening
from workflows.queries.seats import complaints_of
from workflows.records import carried, programmes
from workflows.refusals import Complaint, Conflict, Invalid, NotFound
from workflows.work import Work

LONGEST_TITLE = 200


@dataclass(frozen=True)
class StartedCase:
    """A case that has begun, and the tasks it has opened."""

    id: uuid.UUID
    is_finished: bool
    opened: tuple[uuid.UUID, ...]


def start_case(
    work: Work,
    organisation_id: uuid.UUID,
    key: str,
    title: str,
    *,
    participants: Mapping[str, Sequence[uuid.UUID]] | None = None,
    variables: Mapping[str, Any] | None = None,
    case_id: uuid.UUID | None = None,
) -> StartedCase:
    """Start a case of a process, on the newest version of the nearest pack that has it.

    It belongs to the programme that its variables name.
    """
    organisation = work.session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFound(noun="organisation")
    role = require(work, Permission.CASE_START, Subject.of(organisation))
    version = find_version_to_start(work, organisation, key)
    if version is None:
        raise NotFound(noun="process", process=key)
    people = tuple(Participant(name, one) for name, ones in (participants or {}).items() for one in ones)
    _check(work, organisation, version.id, title, people)
    variables = variables or {}
    programme = programmes.find_named(work, organisation.id, variables)
    case = process.enter(
        work,
        organisation.id,
        version.id,
        key,
        title.strip(),
        people,
        programme_id=programme.id if programme else None,
        case_id=case_id,
    )
    moved = process.start(work, case, variables)
    process.record_start(work, case, role, moved, people)
    return StartedCase(case.id, moved.is_finished, moved.opened)


def _check(
    work: Work, organisation: Organisation, version_id: uuid.UUID, title: str, people: tuple[Participant, ...]
) -> None:
    problems: dict[str, list[Complaint]] = {}
    if not title.strip():
        problems["title"] = [Complaint("required")]
    elif len(title.strip()) > LONGEST_TITLE:
        problems["title"] = [Complaint("too_long", maximum=LONGEST_TITLE)]
    complaints = complaints_of(work, organisation.path, version_id, people)
    if complaints:
        problems["participants"] = complaints
    if problems:
        raise Invalid(problems)


def suspend_case(work: Work, case_id: uuid.UUID) -> None:
    """Let a case stand still: nothing of it falls due and nobody can move it."""
    case = hold_case(work, case_id)
    role = require(work, Permission.CASE_SUSPEND, case.subject)
    _require_status(case, CaseStatus.RUNNING)
    process.suspend(work, case)
    process.record(work, case, "case.suspended", role)


def resume_case(work: Work, case_id: uuid.UUID) -> None:
    """Let a suspended case go on; what was due is due later by as long as it stood still."""
    case = hold_case(work, case_id)
    role = require(work, Permission.CASE_RESUME, case.subject)
    _require_status(case, CaseStatus.SUSPENDED)
    stood = process.resume(work, case)
    process.record(work, case, "case.resumed", role, {"stood_for_seconds": int(stood.total_seconds())})


def cancel_case(work: Work, case_id: uuid.UUID, reason: str) -> None:
    """End a case before its end, and what it carries with it; say why."""
    case = hold_case(work, case_id)
    role = require(work, Permission.CASE_CANCEL, case.subject)
    _require_status(case, CaseStatus.RUNNING, CaseStatus.SUSPENDED)
    said = read_reason(reason)
    carried.end_with_case(work, case.process, case.id, said)
    process.stop(work, case, said)
    process.record(work, case, "case.cancelled", role, {"reason": said})


def reopen_case(work: Work, case_id: uuid.UUID) -> None:
    """Let a case go on that was ended by mistake, where nothing else has ended with it; see decision 0020."""
    case = hold_case(work, case_id)
    role = require(work, Permission.CASE_REOPEN, case.subject)
    _require_status(case, CaseStatus.CANCELLED)
    ended = find_reopening(work, case.id)
    if ended is None:
        raise Conflict("case_stays_ended", title=case.title)
    process.reopen(work, case, ended.ended_at)
    process.record(work, case, "case.reopened", role, {"ended_at": ended.ended_at, "reason": ended.reason})


def _require_status(case: HeldCase, *allowed: CaseStatus) -> None:
    if case.status not in allowed:
        raise Conflict(f"case_{case.status.value}", title=case.title)
