"""What people add to a case by themselves, beside its diagram: notes, files, and tasks in their own words."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identified


class CaseNote(Identified, Base):
    """What somebody noted about a case; an inner one is for those who lead it."""

    __tablename__ = "case_note"
    __table_args__ = (Index("ix_case_note_case_id_written_at", "case_id", "written_at"),)

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str]
    is_inner: Mapped[bool]
    written_at: Mapped[datetime]


class CaseFile(Identified, Base):
    """A file that somebody put to a case. It lies in the database, so that one copy saves all."""

    __tablename__ = "case_file"
    __table_args__ = (Index("ix_case_file_case_id_added_at", "case_id", "added_at"),)

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str]
    kind: Mapped[str]
    """Its media type, as its content says and not its name."""
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(deferred=True)
    is_inner: Mapped[bool]
    added_at: Mapped[datetime]


class AskedTask(Base):
    """What somebody asked for in their own words; its task is one like all others, only on no diagram.

    So it stands in the inbox, is handed over, put off and found by the same index as every task.
    """

    __tablename__ = "asked_task"

    task_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("task.id"), primary_key=True)
    asked_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    text: Mapped[str]
