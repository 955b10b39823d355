"""Good practices: the story of a pair, written down to be shown to others once its people agree."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identified


class PracticeStatus(StrEnum):
    DRAFT = "draft"
    PUBLISHED = "published"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


class Practice(Identified, Base):
    """A practice of a pair, or of the programme as a whole."""

    __tablename__ = "practice"
    __table_args__ = (Index("ix_practice_programme_id_status", "programme_id", "status"),)

    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"))
    pair_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("pair.id"), index=True)
    case_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    form: Mapped[str]
    title: Mapped[str]
    summary: Mapped[str]
    address: Mapped[str] = mapped_column(default="")
    status: Mapped[PracticeStatus]
    written_at: Mapped[datetime]
    published_on: Mapped[date | None]
    why_not: Mapped[str] = mapped_column(default="")
    """Why the practice is not shown, or not any more."""


class PracticeAgreement(Identified, Base):
    """What somebody whom a practice shows says of its text."""

    __tablename__ = "practice_agreement"
    __table_args__ = (UniqueConstraint("practice_id", "person_id"),)

    practice_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("practice.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    is_given: Mapped[bool]
    said_at: Mapped[datetime]
