"""Tasks of people, and what they had typed before they were done."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, literal_column, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base
from models.cases import Case
from models.searching import words_of


class TaskStatus(StrEnum):
    OPEN = "open"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


_OPEN = text("status = 'open'")


class Task(Base):
    """A step that waits for a person, or that a person has done. Its id is the engine's own.

    An open task without an assignee waits for whoever holds `role`: as a participant of the
    case if the case has several in that role (each has a `TaskOffer`), otherwise in the organisation.
    `pool_role` repeats the role exactly while the task waits for the role in the organisation, so
    that the inbox of a group is one index range. The indexes end with the id to give lists a total
    order. `case_title` is the case's own, repeated so that a list of tasks needs no join.
    """

    __tablename__ = "task"
    __table_args__ = (
        Index("ix_task_open_assignee", "assignee_id", "due_at", "id", postgresql_where=_OPEN),
        Index("ix_task_open_pool", "organisation_id", "pool_role", "due_at", "id", postgresql_where=_OPEN),
        Index("ix_task_open_organisation", "organisation_id", "due_at", "id", postgresql_where=_OPEN),
        Index("ix_task_case_id_status", "case_id", "status"),
        Index(
            "ix_task_open_words",
            words_of(literal_column("name")),
            words_of(literal_column("case_title")),
            postgresql_using="gin",
            postgresql_where=_OPEN,
        ),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case.id"))
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    element: Mapped[str]
    process: Mapped[str]
    name: Mapped[str]
    case_title: Mapped[str]
    role: Mapped[str]
    pool_role: Mapped[str | None]
    form: Mapped[str | None]
    status: Mapped[TaskStatus]
    opened_at: Mapped[datetime]
    due_at: Mapped[datetime | None]
    waits_since_at: Mapped[datetime | None]
    waits_until_at: Mapped[datetime | None]
    """Between these it waits by the diagram, if for days: `due_at` is the end, moved by the days off."""
    assignee_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    delegated_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    completed_at: Mapped[datetime | None]
    completed_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    answers: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    case: Mapped[Case] = relationship()


class TaskOffer(Base):
    """An open task that waits for one of several participants of its case; `due_at` is the task's own."""

    __tablename__ = "task_offer"
    __table_args__ = (Index("ix_task_offer_person_id_due_at_task_id", "person_id", "due_at", "task_id"),)

    task_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("task.id"), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    due_at: Mapped[datetime | None]


class TaskDraft(Base):
    """What a person typed into a task and has not sent yet; kept when somebody else was first."""

    __tablename__ = "task_draft"

    task_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("task.id"), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    answers: Mapped[dict[str, Any]]
    saved_at: Mapped[datetime]
