"""A case: a running process of an organisation, and who takes part in it."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, literal_column
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Identified
from models.definitions import PackVersion
from models.organisations import Organisation
from models.searching import words_of


class CaseStatus(StrEnum):
    RUNNING = "running"
    SUSPENDED = "suspended"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


ALIVE = (CaseStatus.RUNNING, CaseStatus.SUSPENDED)
"""A case that has not ended, though it may stand still."""


class Case(Identified, Base):
    """The engine's saved state lives here as bytes; `revision` makes two simultaneous steps conflict.

    `suspended_at` is set while the case stands still: its timers are paused, its tasks closed to people.
    """

    __tablename__ = "case"
    __table_args__ = (
        Index("ix_case_organisation_id_status_started_at", "organisation_id", "status", "started_at"),
        Index("ix_case_organisation_id_process_started_at", "organisation_id", "process", "started_at"),
        Index("ix_case_pack_version_id_status", "pack_version_id", "status"),
        Index("ix_case_words", words_of(literal_column("title")), postgresql_using="gin"),
        Index("ix_case_programme_id_status", "programme_id", "status"),
    )

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    pack_version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pack_version.id"))
    # A programme names the case that carries it, and that case its programme: one of the two comes later.
    programme_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("programme.id", use_alter=True))
    """The programme around which the case stands, or which it carries."""
    process: Mapped[str]
    title: Mapped[str]
    status: Mapped[CaseStatus]
    state: Mapped[bytes]
    revision: Mapped[int] = mapped_column(default=1)
    started_at: Mapped[datetime]
    suspended_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str | None]
    organisation: Mapped[Organisation] = relationship()
    pack_version: Mapped[PackVersion] = relationship()


class CaseParticipant(Identified, Base):
    """A person with a role in one case: the mentor of this pair, its mentee, its curator."""

    __tablename__ = "case_participant"
    __table_args__ = (
        Index("ix_case_participant_case_id_role", "case_id", "role"),
        Index("ix_case_participant_person_id", "person_id"),
    )

    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str]
    since_at: Mapped[datetime]
    until_at: Mapped[datetime | None]
