"""Read the working calendar of an organisation."""

import uuid
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from models.calendars import Break, BreakKind
from models.organisations import Organisation
from workflows.access import Permission, Subject, require
from workflows.queries.organisations import get_organisation
from workflows.work import Work


@dataclass(frozen=True)
class BreakRow:
    """Days off, and the organisation whose they are: one's own, or one above."""

    id: uuid.UUID
    kind: BreakKind
    title: str
    since_on: date
    until_on: date
    organisation_id: uuid.UUID
    organisation: str


def list_breaks(work: Work, organisation_id: uuid.UUID, *, from_on: date | None = None) -> list[BreakRow]:
    """List the breaks that count in an organisation, its own and those from above, the next first."""
    organisation = get_organisation(work, organisation_id)
    require(work, Permission.CALENDAR_READ, Subject.of(organisation))
    wanted = (
        select(
            Break.id,
            Break.kind,
            Break.title,
            Break.since_on,
            Break.until_on,
            Break.organisation_id,
            Organisation.name.label("organisation"),
        )
        .join(Organisation, Organisation.id == Break.organisation_id)
        .where(func.starts_with(organisation.path, Organisation.path))
        .order_by(Break.since_on, Break.id)
    )
    if from_on is not None:
        wanted = wanted.where(Break.until_on >= from_on)
    return [BreakRow(**row._mapping) for row in work.session.execute(wanted)]
