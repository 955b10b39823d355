"""Reports of pairs and programmes, from draft to acceptance."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identified


class ReportStatus(StrEnum):
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"


class Report(Identified, Base):
    """A report for a period; the facts that the system saw stand beside what people wrote."""

    __tablename__ = "report"
    __table_args__ = (Index("ix_report_programme_id_kind_until_on", "programme_id", "kind", "until_on"),)

    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"))
    case_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    kind: Mapped[str]
    status: Mapped[ReportStatus]
    since_on: Mapped[date]
    until_on: Mapped[date]
    facts: Mapped[dict[str, Any]] = mapped_column(JSONB)
    answers: Mapped[dict[str, Any]] = mapped_column(JSONB)
    submitted_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    submitted_at: Mapped[datetime]
    checked_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    checked_at: Mapped[datetime | None]
    remarks: Mapped[str] = mapped_column(default="")


class ReportDuty(Identified, Base):
    """A kind of report that a programme owes, and the case in which it is written time and again."""

    __tablename__ = "report_duty"
    __table_args__ = (UniqueConstraint("programme_id", "kind"),)

    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"))
    kind: Mapped[str]
    case_id: Mapped[uuid.UUID]
    """The case that begins after the transaction is over: not yet a row when this one is written."""
    begun_at: Mapped[datetime]
