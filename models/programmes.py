"""A programme: one cycle of the seven stages in an organisation, with all that answers for it."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identified


class ProgrammeStatus(StrEnum):
    RUNNING = "running"
    CLOSED = "closed"
    STOPPED = "stopped"


class Programme(Identified, Base):
    """One cycle. `variant` names the configuration by which the pack's decisions choose their rows."""

    __tablename__ = "programme"
    __table_args__ = (Index("ix_programme_organisation_id_starts_on", "organisation_id", "starts_on"),)

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    case_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case.id"), unique=True)
    previous_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("programme.id"))
    title: Mapped[str]
    variant: Mapped[str]
    status: Mapped[ProgrammeStatus]
    tasks: Mapped[str] = mapped_column(default="")
    expected_results: Mapped[str] = mapped_column(default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    closed_at: Mapped[datetime | None]
    stopped_because: Mapped[str] = mapped_column(default="")


class MentoringForm(Identified, Base):
    """A form of mentoring that this programme uses, under the name that the organisation gives it."""

    __tablename__ = "mentoring_form"
    __table_args__ = (UniqueConstraint("programme_id", "code"),)

    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"))
    code: Mapped[str]
    title: Mapped[str]


class Stage(Identified, Base):
    """One of the seven stages, once it has begun; its result is written when its gate is passed."""

    __tablename__ = "stage"
    __table_args__ = (
        UniqueConstraint("programme_id", "number"),
        CheckConstraint("number BETWEEN 1 AND 7", name="is_one_of_seven"),
    )

    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"))
    number: Mapped[int]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]
    result: Mapped[str] = mapped_column(default="")


class RoadmapItem(Identified, Base):
    """A measure of the roadmap: who does what by when, and what came of it."""

    __tablename__ = "roadmap_item"
    __table_args__ = (Index("ix_roadmap_item_programme_id_position", "programme_id", "position"),)

    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"))
    position: Mapped[int]
    stage: Mapped[int]
    measure: Mapped[str]
    responsible: Mapped[str]
    resources: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date]
    done_on: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(default="")


class Appointment(Identified, Base):
    """Somebody who answers for the programme or a form of it, by order, from a day to a day."""

    __tablename__ = "appointment"
    __table_args__ = (Index("ix_appointment_programme_id_role", "programme_id", "role"),)

    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str]
    form: Mapped[str | None]
    order_number: Mapped[str] = mapped_column(default="")
    since_on: Mapped[date]
    until_on: Mapped[date | None]


class ProgrammeDocument(Identified, Base):
    """An act, a regulation, an order, a protocol or an agreement. A draft has neither number nor day yet."""

    __tablename__ = "programme_document"
    __table_args__ = (Index("ix_programme_document_programme_id_kind", "programme_id", "kind"),)

    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"))
    stage: Mapped[int]
    kind: Mapped[str]
    number: Mapped[str] = mapped_column(default="")
    dated_on: Mapped[date | None]
    link: Mapped[str] = mapped_column(default="")
    """Where the text can be read."""
    entered_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[datetime]
