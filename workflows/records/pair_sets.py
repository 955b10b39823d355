"""Conditions by which many pairs of a programme are looked at together."""

from sqlalchemy import ColumnElement, or_

from models.pairs import Pair, PairMember, PairStatus

OVER = (PairStatus.COMPLETED, PairStatus.REFUSED, PairStatus.PARTED, PairStatus.ENDED_EARLY)
UNFINISHED = (PairStatus.REFUSED, PairStatus.PARTED, PairStatus.ENDED_EARLY)


def stood_to_the_end() -> ColumnElement[bool]:
    """Keep the members who belong to their pair still, or belonged to it on its last day."""
    return or_(PairMember.until_on.is_(None), PairMember.until_on == Pair.ended_on)
