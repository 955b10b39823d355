"""How the curator keeps in touch with a pair: the case of it, and the contacts themselves."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy import func, select

from models.meetings import SupportContact
from models.pairs import Pair
from models.programmes import Programme
from workflows import journal
from workflows.records.cases import ask_for_case
from workflows.records.messages import send
from workflows.work import Work

PROCESS = "support"
ROLES = ("mentor", "mentee", "guardian")


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
    wanted = select(Pair).where(Pair.support_case_id == case_id)
    return work.remembered(("pair supported in case", case_id), lambda: work.session.scalars(wanted).one())


def add_contact(
    work: Work, pair: Pair, with_role: str, made_on: date, *, channel: str, summary: str, by_id: uuid.UUID
) -> None:
    """Write down that the curator asked how things go."""
    row = SupportContact(
        pair_id=pair.id,
        with_role=with_role,
        made_on=made_on,
        channel=channel,
        summary=summary,
        made_by_id=by_id,
        recorded_at=work.now(),
    )
    work.session.add(row)
    told: dict[str, Any] = {"with": with_role, "made_on": made_on, "channel": channel}
    work.session.flush()
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
    wanted = select(func.count()).where(
        SupportContact.pair_id == pair_id, SupportContact.with_role == with_role
    )
    return work.session.scalar(wanted) or 0
