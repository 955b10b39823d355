"""Tasks of people, and what they had typed before they were done."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, literal_column, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Identified
from models.cases import Case
from models.searching import words_of


class TaskStatus(StrEnum):
    OPEN = "open"
    COMPLETED = "completed"
    WITHDRAWN = "withdrawn"


_OPEN = text("status = 'open'")
_LOOKED_AT_AGAIN = text("status = 'open' AND follow_up_on IS NOT NULL")
_SHARED = text("organisation_id IS NOT NULL")
_ASKED_OF_ANOTHER = text("status = 'open' AND delegated_by_id IS NOT NULL")


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
        Index(
            "ix_task_open_delegated", "delegated_by_id", "due_at", "id", postgresql_where=_ASKED_OF_ANOTHER
        ),
        Index("ix_task_open_follow_up_on", "follow_up_on", postgresql_where=_LOOKED_AT_AGAIN),
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
    follow_up_on: Mapped[date | None]
    """The day on which somebody wants to look at it again; gone once it is done."""
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


class TaskComment(Identified, Base):
    """What people say to each other about a task, for all who may see it."""

    __tablename__ = "task_comment"
    __table_args__ = (Index("ix_task_comment_task_id_written_at", "task_id", "written_at"),)

    task_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("task.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str]
    written_at: Mapped[datetime]


class TaskFile(Identified, Base):
    """A file that somebody put beside a task. It lies in the database, so that one copy saves all."""

    __tablename__ = "task_file"
    __table_args__ = (Index("ix_task_file_task_id_added_at", "task_id", "added_at"),)

    task_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("task.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str]
    kind: Mapped[str]
    """Its media type, as its content says and not its name."""
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(deferred=True)
    added_at: Mapped[datetime]


class InboxFilter(Identified, Base):
    """A way to look at the inbox that somebody has given a name; shared, it is for the organisation."""

    __tablename__ = "inbox_filter"
    __table_args__ = (
        Index("ix_inbox_filter_person_id_name", "person_id", "name"),
        Index("ix_inbox_filter_organisation_id", "organisation_id", postgresql_where=_SHARED),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    organisation_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id"))
    """Whose people see it too; nobody else's if it is empty."""
    name: Mapped[str]
    asked: Mapped[dict[str, Any]]
    """What stands in the address of the inbox, name by name."""
    is_first: Mapped[bool] = mapped_column(default=False, server_default=text("false"))
    """Whether its owner's inbox opens with it."""
