"""Send a message to a case, from wherever something happened that the case ought to know."""

import uuid
from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import Table, insert, select

from models.cases import Case, CaseStatus
from models.waiting import Message
from workflows import journal, later
from workflows.work import Work

_MESSAGE = cast(Table, Message.__table__)
_CASE = cast(Table, Case.__table__)
_ALIVE = (CaseStatus.RUNNING, CaseStatus.SUSPENDED)


def send(
    work: Work,
    case_id: uuid.UUID | None,
    name: str,
    key: str = "",
    payload: Mapping[str, Any] | None = None,
    *,
    hops: int = 0,
) -> uuid.UUID | None:
    """Write a message to a case that has not ended; return its id, or None when nobody would read it.

    What a diagram sends in answer to a message hands on the hops of its place, so that no storm begins.
    """
    found = work.session.connection().execute(
        select(_CASE.c.organisation_id).where(_CASE.c.id == case_id, _CASE.c.status.in_(_ALIVE))
    )
    organisation_id = found.scalar_one_or_none()
    if organisation_id is None:
        return None
    message_id = uuid.uuid4()
    row = {
        "id": message_id,
        "case_id": case_id,
        "organisation_id": organisation_id,
        "name": name,
        "key": key,
        "payload": journal.settle(payload or {}),
        "sender_case_id": None,
        "hops": hops,
        "sent_at": work.now(),
    }
    work.session.connection().execute(insert(_MESSAGE), row)
    later.defer(work, "deliver_message", message_id=message_id)
    return message_id
