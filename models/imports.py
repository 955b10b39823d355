"""Tables of people that somebody has sent and not confirmed yet; kept for a day, for that person alone."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identified


class ImportedBase(StrEnum):
    """Which of the two bases a table is for."""

    MENTEES = "mentees"
    MENTORS = "mentors"


class ImportBatch(Identified, Base):
    """The rows of one table between preview and confirmation; once confirmed only what came of it stays."""

    __tablename__ = "import_batch"
    __table_args__ = (
        Index("ix_import_batch_programme_id", "programme_id"),
        Index("ix_import_batch_staged_by_id", "staged_by_id"),
        Index("ix_import_batch_expires_at", "expires_at"),
    )

    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"))
    base: Mapped[ImportedBase]
    file_name: Mapped[str]
    rows: Mapped[list[Any]] = mapped_column(JSONB)
    staged_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    staged_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    outcome: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """How many people were new, known and there already, and the entries that were made."""
