"""Notices: short words of a case to a person, such as "this pair has fallen silent"."""

import uuid
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identified


class Notice(Identified, Base):
    """What a case tells one person. Nothing waits for it; reading it takes it off the list."""

    __tablename__ = "notice"
    __table_args__ = (
        Index(
            "ix_notice_unread", "person_id", "written_at", "id", postgresql_where=sa.text("read_at IS NULL")
        ),
        Index("ix_notice_person_id_written_at_id", "person_id", "written_at", "id"),
    )

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str]
    """A text of the pack; what stands in braces in it is among `values`."""
    values: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=sa.text("'{}'"))
    written_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
