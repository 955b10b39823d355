"""Operations on messages to cases: send one, hand one over."""

import uuid
from collections.abc import Mapping
from typing import Any, cast

from sqlalchemy import Row, Table, select, update

from models.cases import ALIVE, CaseStatus
from models.waiting import AwaitedMessage
from workflows import process
from workflows.access import Permission, require
from workflows.process.sending import MESSAGE
from workflows.queries.held import hold_case
from workflows.refusals import Complaint, Conflict, Invalid, NotFound
from workflows.work import Work

_AWAITED = cast(Table, AwaitedMessage.__table__)


def send_message(
    work: Work, case_id: uuid.UUID, name: str, key: str = "", payload: Mapping[str, Any] | None = None
) -> uuid.UUID:
    """Send a message to a case; it is kept until the case awaits it."""
    case = hold_case(work, case_id)
    role = require(work, Permission.MESSAGE_SEND, case.subject)
    if case.status not in ALIVE:
        raise Conflict(f"case_{case.status.value}", title=case.title)
    if not name.strip():
        raise Invalid({"name": [Complaint("required")]})
    message_id = process.post(
        work,
        case_id=case.id,
        organisation_id=case.organisation_id,
        name=name,
        key=key,
        payload=payload or {},
    )
    details = {"name": name, "key": key, "payload": payload or {}}
    process.record(work, case, "message.sent", role, details, subject=("message", message_id))
    return message_id


def deliver_message(work: Work, message_id: uuid.UUID) -> bool:
    """Hand a message to its case if the case awaits it; say whether it did.

    Of several alike the oldest is handed over, so that they arrive in the order they were sent,
    whichever of their jobs comes first.
    """
    message = _find_message(work, message_id)
    if message is None:
        raise NotFound(noun="message")
    case = hold_case(work, message.case_id)
    role = require(work, Permission.MESSAGE_DELIVER, case.subject)
    meeting = _find_meeting(work, message) if case.status is CaseStatus.RUNNING else None
    if meeting is None:
        return False
    oldest_id, payload, hops, awaited_id = meeting
    work.session.connection().execute(
        update(MESSAGE).where(MESSAGE.c.id == oldest_id).values(received_at=work.now())
    )
    moved = process.receive(work, case, awaited_id, message_id=oldest_id, payload=payload, hops=hops)
    details = {"name": message.name, "key": message.key, "passed": moved.passed}
    process.record(
        work, case, "message.delivered", role, details, subject=("message", oldest_id), moved=moved
    )
    return True


def _find_message(work: Work, message_id: uuid.UUID) -> Row[Any] | None:
    return work.session.connection().execute(select(MESSAGE).where(MESSAGE.c.id == message_id)).one_or_none()


def _find_meeting(work: Work, message: Row[Any]) -> tuple[uuid.UUID, dict[str, Any], int, uuid.UUID] | None:
    """Find the oldest message of this name and key that waits, and who awaits it."""
    meets = (MESSAGE.c.name == _AWAITED.c.name) & (MESSAGE.c.key == _AWAITED.c.key)
    found = work.session.connection().execute(
        select(MESSAGE.c.id, MESSAGE.c.payload, MESSAGE.c.hops, _AWAITED.c.id)
        .join(_AWAITED, (MESSAGE.c.case_id == _AWAITED.c.case_id) & meets)
        .where(
            MESSAGE.c.case_id == message.case_id,
            MESSAGE.c.name == message.name,
            MESSAGE.c.key == message.key,
            MESSAGE.c.received_at.is_(None),
        )
        .order_by(MESSAGE.c.sent_at, MESSAGE.c.id, _AWAITED.c.id)
        .limit(1)
    )
    row = found.one_or_none()
    return (row[0], row[1], row[2], row[3]) if row else None
