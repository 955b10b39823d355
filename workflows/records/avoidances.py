"""Who is not to be paired with whom, anywhere, once that is known."""

import uuid
from collections.abc import Iterable

from sqlalchemy.dialects.postgresql import insert

from models.pairing import Avoidance
from workflows.work import Work

Couple = tuple[uuid.UUID, uuid.UUID]
"""A mentor and a mentee, as people."""


def avoid(work: Work, organisation_id: uuid.UUID, couples: Iterable[Couple], reason: str) -> int:
    """Remember that these are not to be paired anywhere; say of how many that was not known."""
    rows = [
        {
            "id": uuid.uuid4(),
            "organisation_id": organisation_id,
            "mentor_person_id": mentor_person_id,
            "mentee_person_id": mentee_person_id,
            "reason": reason,
            "noted_at": work.now(),
        }
        for mentor_person_id, mentee_person_id in couples
    ]
    if not rows:
        return 0
    written = insert(Avoidance).values(rows).on_conflict_do_nothing().returning(Avoidance.id)
    return len(work.session.scalars(written).all())
