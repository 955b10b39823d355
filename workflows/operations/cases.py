"""Operations on cases: start, suspend, resume, cancel."""

import uuid
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from models.cases import Case, CaseParticipant, CaseStatus
from models.organisations import Organisation
from workflows import process
from workflows.access import Participant, Permission, Subject, require
from workflows.queries.definitions import find_version_to_start, load_pack
from workflows.queries.held import HeldCase, hold_case
from workflows.queries.members import list_strangers
from workflows.queries.names import names_of
from workflows.records.promises import is_still_wanted
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
    """Start a case of a process, on the newest version of the nearest pack that has it."""
    organisation = work.session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFound(noun="organisation")
    role = require(work, Permission.CASE_START, Subject.of(organisation))
    version = find_version_to_start(work, organisation, key)
    if version is None:
        raise NotFound(noun="process", process=key)
    people = tuple(Participant(name, one) for name, ones in (participants or {}).items() for one in ones)
    _check(work, organisation, version.id, title, people)
    case = _insert_case(work, organisation, version.id, key, title.strip(), people, case_id)
    moved = process.start(work, case, variables or {})
    details = {"process": key, "title": case.title, "passed": moved.passed, "participants": _named(people)}
    process.record(work, case, "case.started", role, details, moved=moved)
    return StartedCase(case.id, moved.is_finished, moved.opened)


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
    if work.session.get(Case, promised) is not None or not is_still_wanted(work, process, promised):
        return False
    people = {role: [uuid.UUID(one) for one in ones] for role, ones in participants.items()}
    start_case(
        work,
        uuid.UUID(organisation_id),
        process,
        title,
        participants=people,
        variables=variables,
        case_id=uuid.UUID(case_id),
    )
    return True


def _check(
    work: Work, organisation: Organisation, version_id: uuid.UUID, title: str, people: tuple[Participant, ...]
) -> None:
    problems: dict[str, list[Complaint]] = {}
    if not title.strip():
        problems["title"] = [Complaint("required")]
    elif len(title.strip()) > LONGEST_TITLE:
        problems["title"] = [Complaint("too_long", maximum=LONGEST_TITLE)]
    known = load_pack(work, version_id).settings.roles.keys()
    unknown = sorted({one.role for one in people} - known)
    strangers = list_strangers(work, organisation, {one.person_id for one in people})
    complaints = [Complaint("role_unknown", role=role) for role in unknown]
    complaints += [Complaint("person_not_here", person=str(person_id)) for person_id in strangers]
    complaints += _in_two_roles(work, people, but=strangers)
    if complaints:
        problems["participants"] = complaints
    if problems:
        raise Invalid(problems)


def _in_two_roles(
    work: Work, people: tuple[Participant, ...], *, but: Sequence[uuid.UUID]
) -> list[Complaint]:
    """Complain of everybody who would sit on both sides of the same case."""
    seats = Counter(one.person_id for one in set(people))
    twice = names_of(work, (one for one, roles in seats.items() if roles > 1 and one not in but))
    return [Complaint("person_in_two_roles", person=name) for name in sorted(twice.values())]


def _insert_case(
    work: Work,
    organisation: Organisation,
    version_id: uuid.UUID,
    key: str,
    title: str,
    people: tuple[Participant, ...],
    case_id: uuid.UUID | None,
) -> HeldCase:
    now = work.now()
    case = Case(
        id=case_id or uuid.uuid4(),
        organisation_id=organisation.id,
        pack_version_id=version_id,
        process=key,
        title=title,
        status=CaseStatus.RUNNING,
        # The state comes with the first step; the row is there before, for what service tasks write.
        state=b"",
        started_at=now,
    )
    work.session.add(case)
    work.session.flush()
    work.session.add_all(
        CaseParticipant(case_id=case.id, person_id=one.person_id, role=one.role, since_at=now)
        for one in dict.fromkeys(people)
    )
    work.session.flush()
    work.session.expire(case)
    return hold_case(work, case.id)


def _named(people: tuple[Participant, ...]) -> list[dict[str, Any]]:
    return [{"role": one.role, "person": one.person_id} for one in people]


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
    """End a case before its end and say why."""
    case = hold_case(work, case_id)
    role = require(work, Permission.CASE_CANCEL, case.subject)
    _require_status(case, CaseStatus.RUNNING, CaseStatus.SUSPENDED)
    if not reason.strip():
        raise Invalid({"reason": [Complaint("required")]})
    process.stop(work, case, reason.strip())
    process.record(work, case, "case.cancelled", role, {"reason": reason.strip()})


def _require_status(case: HeldCase, *allowed: CaseStatus) -> None:
    if case.status not in allowed:
        raise Conflict(f"case_{case.status.value}", title=case.title)
