"""A pair that stands still for a while, and what may be asked for it from a diagram."""

import uuid

from sqlalchemy import select

from models.pairs import Pair, PairStatus, PairStatusChange
from workflows import later
from workflows.records import pairs
from workflows.work import Work


def pause(work: Work, pair_id: uuid.UUID, reason: str) -> None:
    """Note that a pair stands still."""
    pairs.set_status(work, pair_id, PairStatus.PAUSED, reason)


def go_on(work: Work, pair_id: uuid.UUID, reason: str = "") -> None:
    """Note that a pair goes on from where it was."""
    if work.session.get_one(Pair, pair_id).status is PairStatus.PAUSED:
        pairs.set_status(work, pair_id, _before_the_pause(work, pair_id), reason)


def ask_to_pause(work: Work, pair_id: uuid.UUID, reason: str) -> None:
    """Have a pair and its case stand still once this act is committed."""
    later.defer(work, "pause_pair", pair_id=pair_id, reason=reason)


def ask_to_resume(work: Work, pair_id: uuid.UUID) -> None:
    """Have a pair and its case go on once this act is committed."""
    later.defer(work, "resume_pair", pair_id=pair_id)


def ask_to_end(work: Work, pair_id: uuid.UUID, reason: str) -> None:
    """Have a pair end before its time, and its case with it, once this act is committed."""
    later.defer(work, "end_pair", pair_id=pair_id, reason=reason)


def _before_the_pause(work: Work, pair_id: uuid.UUID) -> PairStatus:
    changes = select(PairStatusChange.at, PairStatusChange.status).where(
        PairStatusChange.pair_id == pair_id, PairStatusChange.status != PairStatus.PAUSED
    )
    # Of two steps at one instant the later is the one that lies further on the way of a pair.
    way = list(PairStatus)
    found = [(at, way.index(status)) for at, status in work.session.execute(changes)]
    return way[max(found)[1]]
