"""The working calendar of an organisation: days on which nobody is expected to act."""

import uuid
from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identified


class BreakKind(StrEnum):
    HOLIDAY = "holiday"
    TRANSFERRED = "transferred"
    """A working day that is off because another one was worked."""
    VACATION = "vacation"
    EXAMS = "exams"


class Break(Identified, Base):
    """Days from one to another, both counted, that stretch what is due."""

    __tablename__ = "break"
    __table_args__ = (
        Index("ix_break_organisation_id_since_on", "organisation_id", "since_on"),
        CheckConstraint("until_on >= since_on", name="ends_after_it_begins"),
    )

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[BreakKind]
    title: Mapped[str]
    since_on: Mapped[date]
    until_on: Mapped[date]
