"""What was done at the stages of a programme, inside the organisation and outside: each measure's result."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identified


class Contour(StrEnum):
    """Inside are staff, learners and parents; outside are partners, authorities and everybody else."""

    INNER = "inner"
    OUTER = "outer"


class PreliminaryRequest(Identified, Base):
    """How many asked for mentoring of a form before it began, and what about."""

    __tablename__ = "preliminary_request"
    __table_args__ = (
        Index("ix_preliminary_request_programme_id", "programme_id"),
        CheckConstraint("requests >= 0", name="requests_not_negative"),
    )

    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"))
    form: Mapped[str]
    requests: Mapped[int]
    about: Mapped[str] = mapped_column(default="")


class Audience(Identified, Base):
    """Among whom mentors of a form are looked for, and where these people can be met."""

    __tablename__ = "audience"
    __table_args__ = (Index("ix_audience_programme_id", "programme_id"),)

    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"))
    form: Mapped[str]
    name: Mapped[str]
    met_at: Mapped[str] = mapped_column(default="")


class Announcement(Identified, Base):
    """Somebody was told of the programme: who, through which channel, on which day."""

    __tablename__ = "announcement"
    __table_args__ = (Index("ix_announcement_programme_id_stage", "programme_id", "stage"),)

    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"))
    stage: Mapped[int]
    contour: Mapped[Contour]
    activity: Mapped[str]
    """The task of the stage by which it was told."""
    audience: Mapped[str]
    channel: Mapped[str]
    told_on: Mapped[date]
    reached: Mapped[int | None]
    note: Mapped[str] = mapped_column(default="")


class Invitation(Identified, Base):
    """Somebody from outside who was asked to help or to come, and whether they agreed."""

    __tablename__ = "invitation"
    __table_args__ = (Index("ix_invitation_programme_id_stage", "programme_id", "stage"),)

    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"))
    stage: Mapped[int]
    activity: Mapped[str]
    name: Mapped[str]
    comes_from: Mapped[str] = mapped_column(default="")
    purpose: Mapped[str] = mapped_column(default="")
    reply: Mapped[str]


PAPERS_RETURNED = "papers_returned"
"""The activity under which it is kept why the papers of a programme were given back."""


class MeasureResult(Identified, Base):
    """What else came of a measure of a stage: the answers of its task, whole."""

    __tablename__ = "measure_result"
    __table_args__ = (Index("ix_measure_result_programme_id_stage", "programme_id", "stage"),)

    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"))
    stage: Mapped[int]
    activity: Mapped[str]
    answers: Mapped[dict[str, Any]]
    entered_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[datetime]
