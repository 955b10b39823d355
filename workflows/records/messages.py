"""Send a message to a case, from wherever something happened that the case ought to know."""

import uuid
from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import Table, insert, select

from models.cases import ALIVE, Case
from models.waiting import Message
from workflows import journal, later
from workflows.work import Work

_MESSAGE = cast(Table, Message.__table__)
_CASE = cast(Table, Case.__table__)


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
        select(_CASE.c.organisation_id).where(_CASE.c.id == case_id, _CASE.c.status.in_(ALIVE))
    )
    organisation_id = found.scalar_one_or_none()
    if case_id is None or organisation_id is None:
        return None
    return post(
        work,
        case_id=case_id,
        organisation_id=organisation_id,
        name=name,
        key=key,
        payload=payload or {},
        hops=hops,
    )


def post(
    work: Work,
    *,
    case_id: uuid.UUID,
    organisation_id: uuid.UUID,
    name: str,
    key: str,
    payload: Mapping[str, Any],
    sender_case_id: uuid.UUID | None = None,
    hops: int = 0,
) -> uuid.UUID:
    """Write a message to a case and have the worker hand it over."""
    message_id = uuid.uuid4()
    row = {
        "id": message_id,
        "case_id": case_id,
        "organisation_id": organisation_id,
        "name": name,
        "key": key,
        "payload": journal.settle(payload),
        "sender_case_id": sender_case_id,
        "hops": hops,
        "sent_at": work.now(),
    }
    work.session.connection().execute(insert(_MESSAGE), row)
    defer_delivery(work, message_id)
    return message_id


def defer_delivery(work: Work, message_id: uuid.UUID) -> None:
    """Have the worker hand the message over, if and only if this act is committed."""
    later.defer(work, "deliver_message", message_id=message_id)
