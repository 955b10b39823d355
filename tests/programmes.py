"""A programme that is running already, for tests that are not about how one begins."""

import uuid
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from models.programmes import Appointment, Programme, ProgrammeStatus

BEGINS, ENDS = date(2026, 9, 1), date(2027, 6, 30)


def add_programme(
    session: Session, organisation_id: uuid.UUID, *, curator_id: uuid.UUID | None = None, **more: Any
) -> Programme:
    """Put a programme there to which people and pairs can belong, with its curator if one is named."""
    known = {"title": "Наставничество", "variant": "college", "status": ProgrammeStatus.RUNNING}
    known |= {"starts_on": BEGINS, "ends_on": ENDS}
    programme = Programme(
        id=uuid.uuid4(),
        organisation_id=organisation_id,
        **(known | more),
    )
    session.add(programme)
    session.flush()
    if curator_id:
        session.add(
            Appointment(programme_id=programme.id, person_id=curator_id, role="curator", since_on=BEGINS)
        )
        session.flush()
    return programme
