"""The five meetings of a pair, who came, what each side said of them; and the curator's support contacts."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identified


class MeetingKind(StrEnum):
    ACQUAINTANCE = "acquaintance"
    TRIAL = "trial"
    PLANNING = "planning"
    WORKING = "working"
    FINAL = "final"


class Meeting(Identified, Base):
    """A meeting that took place; one that is only agreed on has not been held yet and counts nowhere."""

    __tablename__ = "meeting"
    __table_args__ = (
        Index("ix_meeting_pair_id_held_on", "pair_id", "held_on"),
        Index("ix_meeting_next_on", "next_on", postgresql_where=text("next_on IS NOT NULL")),
        Index("ix_meeting_agreed_on", "agreed_on", postgresql_where=text("held_on IS NULL")),
        CheckConstraint("held_on IS NOT NULL OR agreed_on IS NOT NULL", name="has_a_day"),
    )

    pair_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pair.id"))
    cycle: Mapped[int]
    kind: Mapped[MeetingKind]
    held_on: Mapped[date | None]
    agreed_on: Mapped[date | None]
    """The day on which people are to meet, where it was agreed on before."""
    minutes: Mapped[int | None]
    contact: Mapped[str]
    """In person, by video, by phone, in writing."""
    place: Mapped[str] = mapped_column(default="")
    activity: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")
    next_on: Mapped[date | None]
    recorded_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]


class MeetingAttendance(Identified, Base):
    """Whether a member of the pair was there, and whether they said so themselves."""

    __tablename__ = "meeting_attendance"
    __table_args__ = (UniqueConstraint("meeting_id", "person_id"),)

    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meeting.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str]
    has_come: Mapped[bool]
    confirmed_at: Mapped[datetime | None]


class MeetingAnswer(Identified, Base):
    """What one side said of a meeting, by the questions of the form at that time."""

    __tablename__ = "meeting_answer"
    __table_args__ = (UniqueConstraint("meeting_id", "person_id", "form"),)

    meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("meeting.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str]
    form: Mapped[str]
    answers: Mapped[dict[str, Any]] = mapped_column(JSONB)
    given_at: Mapped[datetime]


class SupportContact(Identified, Base):
    """The curator asked a mentor, a mentee or a guardian how things go."""

    __tablename__ = "support_contact"
    __table_args__ = (Index("ix_support_contact_pair_id_made_on", "pair_id", "made_on"),)

    pair_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pair.id"))
    with_role: Mapped[str]
    made_on: Mapped[date]
    channel: Mapped[str] = mapped_column(default="")
    summary: Mapped[str] = mapped_column(default="")
    made_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]
