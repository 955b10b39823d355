"""Ask that a case begin: the worker begins it once this act is committed."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import bindparam, select

from models.cases import Case
from models.prepared import Prepared
from workflows import journal, later
from workflows.work import Work

LONGEST_TITLE = 200
_ROW = select(Case.id).where(Case.id == bindparam("case_id"))
_BEGUN = Prepared(_ROW)
# One that could not begin is kept without a state; see `operations.promises`.
_STEPPED = Prepared(_ROW.where(Case.state != b""))


def ask_for_case(
    work: Work,
    organisation_id: uuid.UUID,
    process: str,
    title: str,
    *,
    participants: Mapping[str, Sequence[uuid.UUID]],
    variables: Mapping[str, Any],
    case_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Return the id that the case will have."""
    wanted = case_id or uuid.uuid4()
    later.defer(
        work,
        "begin_case",
        case_id=wanted,
        organisation_id=organisation_id,
        process=process,
        title=title[:LONGEST_TITLE],
        participants=journal.settle({role: list(people) for role, people in participants.items()}),
        variables=journal.settle(variables),
    )
    return wanted


def find_begun(work: Work, case_id: uuid.UUID | None) -> uuid.UUID | None:
    """Return the id of a case that has begun: the journal cannot name one that was only asked for."""
    if case_id is None:
        return None
    has_row = work.remembered(
        _begun(case_id), lambda: _BEGUN.find(work.session.connection(), {"case_id": case_id}) is not None
    )
    return case_id if has_row else None


def has_begun(work: Work, case_id: uuid.UUID | None) -> bool:
    """Say whether a case has made its first step by now: before that it hears nothing."""
    return _STEPPED.find(work.session.connection(), {"case_id": case_id}) is not None


def note_begun(work: Work, case_id: uuid.UUID) -> None:
    """Remember that a case has begun, so that nothing in this act looks for it again."""
    if not work.remembered(_begun(case_id), lambda: True):
        work.forget(_begun(case_id))
        work.remembered(_begun(case_id), lambda: True)


def _begun(case_id: uuid.UUID) -> tuple[str, uuid.UUID]:
    return ("begun case", case_id)
