"""How the curator keeps in touch with a pair: the case of it, and the contacts themselves."""

import uuid
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, bindparam, func, insert, select

from models.meetings import SupportContact
from models.pairs import Pair
from models.prepared import Prepared
from models.programmes import Programme
from workflows import journal
from workflows.records.cases import ask_for_case
from workflows.records.messages import send
from workflows.work import Work

PROCESS = "support"
ROLES = ("mentor", "mentee", "guardian")
_CONTACT = cast(Table, SupportContact.__table__)
_ADD = Prepared(
    insert(_CONTACT).values({one.name: bindparam(one.name, type_=one.type) for one in _CONTACT.c})
)
_COUNT = Prepared(
    select(func.count().label("number")).where(
        SupportContact.pair_id == bindparam("pair_id"), SupportContact.with_role == bindparam("with_role")
    )
)
_SUPPORTED_IN = select(Pair).where(Pair.support_case_id == bindparam("case_id"))


def begin(work: Work, pair: Pair, programme: Programme, curator_id: uuid.UUID) -> None:
    """Ask for the case in which the curator keeps in touch with a pair."""
    facts = {
        "programme_id": programme.id,
        "variant": programme.variant,
        "pair_id": pair.id,
        "form": pair.form,
        "type": pair.type,
    }
    pair.support_case_id = ask_for_case(
        work,
        pair.organisation_id,
        PROCESS,
        pair.title,
        participants={"curator": [curator_id]},
        variables=facts,
    )


def end(work: Work, pair: Pair) -> None:
    """Tell the case of support that there is nobody to support any more."""
    send(work, pair.support_case_id, "pair_ended")


def pair_of(work: Work, case_id: uuid.UUID) -> Pair:
    """Return the pair that is supported in a case."""
    return work.remembered(
        ("pair supported in case", case_id),
        lambda: work.session.scalars(_SUPPORTED_IN, {"case_id": case_id}).one(),
    )


def add_contact(
    work: Work, pair: Pair, with_role: str, made_on: date, *, channel: str, summary: str, by_id: uuid.UUID
) -> None:
    """Write down that the curator asked how things go."""
    work.session.flush()
    _ADD.run(
        work.session.connection(),
        {
            "id": uuid.uuid4(),
            "pair_id": pair.id,
            "with_role": with_role,
            "made_on": made_on,
            "channel": channel,
            "summary": summary,
            "made_by_id": by_id,
            "recorded_at": work.now(),
        },
    )
    told: dict[str, Any] = {"with": with_role, "made_on": made_on, "channel": channel}
    journal.record(
        work,
        "pair.supported",
        f"pair:{pair.id}",
        organisation_id=pair.organisation_id,
        role="curator",
        case_id=pair.support_case_id,
        details=told,
    )


def count_contacts(work: Work, pair_id: uuid.UUID, with_role: str) -> int:
    """Count how often the curator has asked."""
    found = _COUNT.find(work.session.connection(), {"pair_id": pair_id, "with_role": with_role})
    count: int = found.number
    return count
