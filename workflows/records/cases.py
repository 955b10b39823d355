"""Ask that a case begin: the worker begins it once this act is committed."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from workflows import journal, later
from workflows.work import Work

LONGEST_TITLE = 200


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
