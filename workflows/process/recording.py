"""Write down in the journal what was done with a case."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from workflows import journal
from workflows.access import Participant
from workflows.process.changes import Moved
from workflows.queries.held import HeldCase
from workflows.work import Work


def record(
    work: Work,
    case: HeldCase,
    act: str,
    role: str,
    details: Mapping[str, Any] | None = None,
    *,
    subject: tuple[str, uuid.UUID] | None = None,
    moved: Moved | None = None,
) -> None:
    """Add an entry about the case, or a task, timer or message of it; then its end, if it came to one."""
    _record(work, case, act, role, details, subject)
    if moved and moved.is_finished:
        _record(work, case, "case.completed", "system", {"passed": moved.passed}, None)


def record_start(work: Work, case: HeldCase, role: str, moved: Moved, people: Sequence[Participant]) -> None:
    """Add the entry that a case has begun, with whom."""
    named = [{"role": one.role, "person": one.person_id} for one in people]
    details = {"process": case.process, "title": case.title, "passed": moved.passed, "participants": named}
    record(work, case, "case.started", role, details, moved=moved)


def _record(
    work: Work,
    case: HeldCase,
    act: str,
    role: str,
    details: Mapping[str, Any] | None,
    subject: tuple[str, uuid.UUID] | None,
) -> None:
    noun, id_ = subject or ("case", case.id)
    journal.record(
        work,
        act,
        f"{noun}:{id_}",
        organisation_id=case.organisation_id,
        role=role,
        case_id=case.id,
        pack_version_id=case.pack_version_id,
        details=details,
    )
