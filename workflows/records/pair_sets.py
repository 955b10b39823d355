"""Conditions by which many pairs of a programme are looked at together."""

import uuid
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from models.pairs import OVER, UNFINISHED, Pair, PairMember

__all__ = ["MOST_CHOICES", "OVER", "UNFINISHED", "EntryOfMember", "others_in_pairs", "stood_to_the_end"]

MOST_CHOICES = 1000
"""No form offers more to choose from."""
EntryOfMember = InstrumentedAttribute[uuid.UUID | None]
"""The column of a member that names the entry in one of the bases."""


def others_in_pairs(entry: EntryOfMember, role: str) -> Select[tuple[Any, int]]:
    """Count for each entry with how many people of the other side, in this role, it is in a pair now."""
    other = aliased(PairMember)
    return (
        select(entry, func.count(other.id))
        .join(other, other.pair_id == PairMember.pair_id)
        .where(PairMember.until_on.is_(None), other.until_on.is_(None), other.role == role)
        .group_by(entry)
    )


def stood_to_the_end() -> ColumnElement[bool]:
    """Keep the members who belong to their pair still, or belonged to it on its last day."""
    return or_(PairMember.until_on.is_(None), PairMember.until_on == Pair.ended_on)
