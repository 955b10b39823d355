"""Acts on many cases at once: one row for the whole, one for each case with its result."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identified


class BatchItemStatus(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"


class Batch(Identified, Base):
    """Somebody asked for one act on many cases; the worker does it case by case."""

    __tablename__ = "batch"
    __table_args__ = (Index("ix_batch_organisation_id_asked_at", "organisation_id", "asked_at"),)

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    act: Mapped[str]
    arguments: Mapped[dict[str, Any]]
    asked_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]


class BatchItem(Base):
    """One case of a batch, what became of it, and why if it was refused."""

    __tablename__ = "batch_item"
    __table_args__ = (Index("ix_batch_item_batch_id_status", "batch_id", "status"),)

    batch_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("batch.id"), primary_key=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case.id"), primary_key=True)
    status: Mapped[BatchItemStatus] = mapped_column(default=BatchItemStatus.WAITING)
    reasons: Mapped[list[Any]] = mapped_column(JSONB, default=list)
    done_at: Mapped[datetime | None]
