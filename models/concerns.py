"""Concerns about a pair or a child: what was seen, who looks after it, what came of it."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identified


class Concern(Identified, Base):
    """Something that must not wait. Its text is only for the curator, the psychologist and the head."""

    __tablename__ = "concern"
    __table_args__ = (Index("ix_concern_organisation_id_closed_at", "organisation_id", "closed_at"),)

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"), index=True)
    pair_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("pair.id"), index=True)
    case_id: Mapped[uuid.UUID | None] = mapped_column(unique=True)
    kind: Mapped[str]
    severity: Mapped[str]
    text: Mapped[str]
    raised_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    raised_at: Mapped[datetime]
    outcome: Mapped[str] = mapped_column(default="")
    closed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    closed_at: Mapped[datetime | None]


class ConcernNote(Identified, Base):
    """What was found out or done about a concern; as restricted as the concern itself."""

    __tablename__ = "concern_note"
    __table_args__ = (Index("ix_concern_note_concern_id_written_at", "concern_id", "written_at"),)

    concern_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("concern.id"))
    text: Mapped[str]
    written_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    written_at: Mapped[datetime]
