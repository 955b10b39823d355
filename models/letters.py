"""Letters that wait to be sent or were sent, what each person wants to be told, and the daily letters."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identified


class LetterKind(StrEnum):
    TASK_NEW = "task_new"
    TASK_GIVEN = "task_given"
    TASK_OVERDUE = "task_overdue"
    NOTICE = "notice"
    MEETING = "meeting"
    COMMENT = "comment"
    DIGEST = "digest"


class Way(StrEnum):
    """How somebody wants to learn of something."""

    AT_ONCE = "at_once"
    DAILY = "daily"
    HERE = "here"
    NOT = "not"


class Letter(Identified, Base):
    """A letter to one person, written down together with what causes it. The same cause is told once.

    What it says is put into words when it is sent, from `about`; then subject and body are kept as they
    went out. It waits as long as it has a `next_at`; whoever sends it moves that moment on before, so that
    nobody else sends it meanwhile. One whose way is daily is a line of the next daily letter.
    """

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("person_id", "kind", "cause"),
        Index("ix_letter_next_at_id", "next_at", "id", postgresql_where=text("next_at IS NOT NULL")),
        Index(
            "ix_letter_organisation_id_asked_at_id",
            "organisation_id",
            "asked_at",
            "id",
            postgresql_where=text("way = 'at_once'"),
        ),
        Index("ix_letter_asked_at", "asked_at"),
    )

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[LetterKind]
    way: Mapped[Way]
    cause: Mapped[str]
    about: Mapped[dict[str, Any]]
    """What it is about: ids and days, never what somebody answered."""
    address: Mapped[str]
    language: Mapped[str]
    asked_at: Mapped[datetime]
    next_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    sent_at: Mapped[datetime | None]
    given_up_at: Mapped[datetime | None]
    failure: Mapped[str] = mapped_column(default="", server_default="")
    """What the other side said when it did not take the letter, or a key of ours."""
    subject: Mapped[str] = mapped_column(default="", server_default="")
    body: Mapped[str] = mapped_column(default="", server_default="")


class NotificationChoice(Base):
    """What somebody has chosen for each kind; a kind that is not there goes the usual way."""

    __tablename__ = "notification_choice"

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    ways: Mapped[dict[str, Any]]
    chosen_at: Mapped[datetime]


class DigestDay(Base):
    """When the daily letters of an organisation were written last, by which day of its own."""

    __tablename__ = "digest_day"

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    written_at: Mapped[datetime]
