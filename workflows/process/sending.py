"""Messages to cases: written as rows, handed over by the worker once their case awaits them."""

import uuid
from collections.abc import Iterable
from typing import cast

from sqlalchemy import Table, func, or_, select

from models.organisations import Organisation
from models.waiting import AwaitedMessage, Message
from workflows.engine.step import Sent, StepFailed
from workflows.queries.held import CASE, HeldCase
from workflows.records.messages import defer_delivery, post
from workflows.work import Work

MESSAGE = cast(Table, Message.__table__)
_AWAITED = cast(Table, AwaitedMessage.__table__)
_ORGANISATION = cast(Table, Organisation.__table__)

MOST_HOPS = 32
"""Cases that answer one another more often than this, with nobody in between, would do so for ever."""


def defer_waiting(work: Work, case_id: uuid.UUID) -> None:
    """Call for the messages that came before the case awaited them."""
    meets = (
        (MESSAGE.c.case_id == _AWAITED.c.case_id)
        & (MESSAGE.c.name == _AWAITED.c.name)
        & (MESSAGE.c.key == _AWAITED.c.key)
    )
    waiting = (
        select(MESSAGE.c.id)
        .join(_AWAITED, meets)
        .where(MESSAGE.c.case_id == case_id, MESSAGE.c.received_at.is_(None))
        .distinct()
    )
    for message_id in work.session.connection().scalars(waiting).all():
        defer_delivery(work, message_id)


def send(work: Work, case: HeldCase, sent: Iterable[Sent], hops: int = 0) -> None:
    """Send what the case has to say to other cases; one that cannot be reached stops the step.

    `hops` counts the cases that the message came through which made this case speak.
    """
    for message in sent:
        if hops >= MOST_HOPS:
            raise StepFailed.at(message.element, "", "message_storm", limit=MOST_HOPS)
        addressee = _find_addressee(work, case, message.to)
        if addressee is None:
            raise StepFailed.at(message.element, "", "addressee_unknown", address=repr(message.to))
        case_id, organisation_id = addressee
        post(
            work,
            case_id=case_id,
            organisation_id=organisation_id,
            name=message.name,
            key=message.key,
            payload=message.payload,
            sender_case_id=case.id,
            hops=hops + 1,
        )


def _find_addressee(work: Work, case: HeldCase, to: str) -> tuple[uuid.UUID, uuid.UUID] | None:
    """Find the case spoken to: of the same organisation, of one above it or of one below it."""
    try:
        case_id = uuid.UUID(to)
    except ValueError:
        return None
    above = func.starts_with(case.path, _ORGANISATION.c.path)
    below = func.starts_with(_ORGANISATION.c.path, case.path)
    found = work.session.connection().execute(
        select(CASE.c.id, CASE.c.organisation_id)
        .join(_ORGANISATION, CASE.c.organisation_id == _ORGANISATION.c.id)
        .where(CASE.c.id == case_id, or_(above, below))
    )
    row = found.one_or_none()
    return (row[0], row[1]) if row else None
