"""The festival of a programme: its plan, and what is told of it afterwards."""

import uuid
from typing import Any

from sqlalchemy import select

from models.awards import Festival
from workflows.work import Work


def find_festival(work: Work, programme_id: uuid.UUID) -> Festival | None:
    """Find the festival of a programme."""
    return work.session.scalars(select(Festival).where(Festival.programme_id == programme_id)).one_or_none()


def plan(work: Work, programme_id: uuid.UUID, **values: Any) -> Festival:
    """Write down the plan of a festival, in place of an earlier one."""
    festival = find_festival(work, programme_id) or Festival(
        id=uuid.uuid4(), programme_id=programme_id, story="", address=""
    )
    for name, value in values.items():
        setattr(festival, name, value)
    work.session.add(festival)
    work.session.flush()
    return festival
