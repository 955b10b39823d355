"""What running cases wait for besides people: timers and messages; and what stopped them."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identified


class Timer(Base):
    """A timer that runs. The row is gone when it fired or was stopped. Its id is the engine's own."""

    __tablename__ = "timer"
    __table_args__ = (
        Index("ix_timer_due_at", "due_at", postgresql_where=text("NOT is_paused")),
        Index("ix_timer_case_id", "case_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case.id"))
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    element: Mapped[str]
    name: Mapped[str]
    due_at: Mapped[datetime]
    waits_since_at: Mapped[datetime | None]
    waits_until_at: Mapped[datetime | None]
    """Between these it waits by the diagram, if for days: `due_at` is the end, moved by the days off."""
    is_paused: Mapped[bool] = mapped_column(default=False, server_default=text("false"))


class AwaitedMessage(Base):
    """A case waits for a message of this name and key. Its id is the engine's own."""

    __tablename__ = "awaited_message"
    __table_args__ = (Index("ix_awaited_message_case_id_name_key", "case_id", "name", "key"),)

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case.id"))
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    element: Mapped[str]
    name: Mapped[str]
    key: Mapped[str] = mapped_column(default="", server_default="")


class Message(Identified, Base):
    """A message addressed to a case, kept until the case awaits it."""

    __tablename__ = "message"
    __table_args__ = (
        Index(
            "ix_message_waiting",
            "case_id",
            "name",
            "key",
            "sent_at",
            postgresql_where=text("received_at IS NULL"),
        ),
    )

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case.id"))
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    name: Mapped[str]
    key: Mapped[str] = mapped_column(default="", server_default="")
    payload: Mapped[dict[str, Any]]
    sender_case_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case.id"))
    hops: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    """How many cases spoke because of one another before this was sent."""
    sent_at: Mapped[datetime]
    received_at: Mapped[datetime | None]


class Incident(Identified, Base):
    """A step of a case that could not be done: what was tried, why it failed, whether it is over.

    `subject` is the task, timer or message that was to move the case. A further failure of the same
    act on the same subject counts as another attempt, not as another incident. `reason` is the English of
    whoever failed; `explanation` says it in codes and values, for the reader's language.
    """

    __tablename__ = "incident"
    __table_args__ = (
        Index(
            "ix_incident_open", "organisation_id", "opened_at", postgresql_where=text("resolved_at IS NULL")
        ),
        Index("ix_incident_case_id", "case_id"),
        Index(
            "uq_incident_open_subject",
            "case_id",
            "act",
            "subject",
            unique=True,
            postgresql_where=text("resolved_at IS NULL"),
        ),
    )

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case.id"))
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    act: Mapped[str]
    subject: Mapped[str]
    arguments: Mapped[dict[str, Any]]
    actor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    element: Mapped[str]
    element_name: Mapped[str]
    reason: Mapped[str]
    explanation: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default=text("'{}'"))
    attempts: Mapped[int] = mapped_column(default=1)
    opened_at: Mapped[datetime]
    resolved_at: Mapped[datetime | None]
