"""Pairs and groups, who belongs to them from when to when, and what they have come to."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identified


class PairStatus(StrEnum):
    APPROVED = "approved"
    ACQUAINTED = "acquainted"
    TRIED = "tried"
    PLANNED = "planned"
    WORKING = "working"
    PAUSED = "paused"
    CONCLUDING = "concluding"
    COMPLETED = "completed"
    REFUSED = "refused"
    PARTED = "parted"
    ENDED_EARLY = "ended_early"


OVER = (PairStatus.COMPLETED, PairStatus.REFUSED, PairStatus.PARTED, PairStatus.ENDED_EARLY)
UNFINISHED = (PairStatus.REFUSED, PairStatus.PARTED, PairStatus.ENDED_EARLY)
"""A pair that is over and has not gone the whole way."""


class Pair(Identified, Base):
    """A pair, or a group: several mentees, several mentors. `status` repeats the newest change."""

    __tablename__ = "pair"
    __table_args__ = (
        Index("ix_pair_programme_id_status_id", "programme_id", "status", "id"),
        Index("ix_pair_organisation_id_status", "organisation_id", "status"),
        Index("ix_pair_title_id", "title", "id"),
        Index("ix_pair_organisation_id_title_id", "organisation_id", "title", "id"),
    )

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"))
    case_id: Mapped[uuid.UUID] = mapped_column(unique=True)
    """The case that carries the pair; it begins right after the act that formed the pair."""
    support_case_id: Mapped[uuid.UUID | None] = mapped_column(unique=True)
    """The case in which the curator keeps in touch with the pair."""
    title: Mapped[str]
    status: Mapped[PairStatus]
    form: Mapped[str]
    role_model: Mapped[str] = mapped_column(default="")
    type: Mapped[str]
    cycle: Mapped[int] = mapped_column(default=1)
    order_number: Mapped[str] = mapped_column(default="")
    formed_on: Mapped[date]
    planned_end_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    contacts_shared_at: Mapped[datetime | None]
    last_met_on: Mapped[date | None]


class PairMember(Identified, Base):
    """A mentor, a mentee or the curator of a pair, from a day to a day."""

    __tablename__ = "pair_member"
    __table_args__ = (
        Index("ix_pair_member_pair_id_role", "pair_id", "role"),
        Index("ix_pair_member_person_id_until_on", "person_id", "until_on"),
    )

    pair_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pair.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str]
    mentee_entry_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("mentee_entry.id"), index=True)
    mentor_entry_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("mentor_entry.id"), index=True)
    since_on: Mapped[date]
    until_on: Mapped[date | None]
    left_because: Mapped[str] = mapped_column(default="")


class PairStatusChange(Identified, Base):
    """A status that a pair has come to; added, never overwritten."""

    __tablename__ = "pair_status_change"
    __table_args__ = (Index("ix_pair_status_change_pair_id_at", "pair_id", "at"),)

    pair_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pair.id"))
    status: Mapped[PairStatus]
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
