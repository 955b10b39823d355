"""The two bases: mentees with their requests, mentors with what they can give and what was checked."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import String

from models.base import Base, Identified


class EntryStatus(StrEnum):
    """How far somebody has come in a base; one row of `EntryStatusChange` for every change."""

    APPLIED = "applied"
    CONSENTED = "consented"
    SELECTED = "selected"
    RESERVED = "reserved"
    """Fit to be a mentor, and not needed yet."""
    READY = "ready"
    SEARCHING = "searching"
    MATCHED = "matched"
    PAUSED = "paused"
    COMPLETED = "completed"
    DECLINED = "declined"
    LEFT = "left"


LOOKING = (EntryStatus.READY, EntryStatus.SEARCHING)
"""A mentee for whom a mentor is looked for."""
MAY_TAKE_ON = (EntryStatus.READY, EntryStatus.MATCHED)
"""A mentor to whom mentees may be given, as far as there is room."""


class MenteeEntry(Identified, Base):
    """Somebody in the mentee base of a programme, with the request. `status` repeats the newest change."""

    __tablename__ = "mentee_entry"
    __table_args__ = (
        UniqueConstraint("programme_id", "person_id"),
        Index("ix_mentee_entry_programme_id_status_id", "programme_id", "status", "id"),
    )

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    case_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    status: Mapped[EntryStatus]
    form: Mapped[str]
    role_model: Mapped[str] = mapped_column(default="")
    problems: Mapped[list[str]] = mapped_column(ARRAY(String), default=list)
    wants: Mapped[str] = mapped_column(default="")
    about: Mapped[str] = mapped_column(default="")
    interests: Mapped[list[str]] = mapped_column(ARRAY(String), default=list)
    times: Mapped[list[str]] = mapped_column(ARRAY(String), default=list)
    subject: Mapped[str] = mapped_column(default="")
    study_level: Mapped[int | None]
    """The year of study, so that a mentor can be looked for on a higher one."""
    experience_years: Mapped[int | None]
    channel: Mapped[str] = mapped_column(default="")
    told_by: Mapped[str] = mapped_column(default="")
    priority: Mapped[int] = mapped_column(default=0)
    most_mentors: Mapped[int] = mapped_column(default=1)
    applied_at: Mapped[datetime]
    has_full_cycle: Mapped[bool | None]
    """The curator's mark; empty until the curator has decided."""
    urgent_at: Mapped[datetime | None]
    """When somebody said that the psychologist is needed first of all."""
    full_cycle_marked_at: Mapped[datetime | None]
    full_cycle_marked_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))


class MentorEntry(Identified, Base):
    """Somebody in the mentor base of a programme. `status` repeats the newest change."""

    __tablename__ = "mentor_entry"
    __table_args__ = (
        UniqueConstraint("programme_id", "person_id"),
        Index("ix_mentor_entry_programme_id_status_id", "programme_id", "status", "id"),
        CheckConstraint("capacity >= 0", name="capacity_not_negative"),
    )

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    case_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    partner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("partner.id"), index=True)
    status: Mapped[EntryStatus]
    source: Mapped[str]
    """The sub-base: learners, pedagogues, graduates, partners, parents, social partners."""
    forms: Mapped[list[str]] = mapped_column(ARRAY(String), default=list)
    kind: Mapped[str] = mapped_column(default="")
    competences: Mapped[str] = mapped_column(default="")
    helps_with: Mapped[list[str]] = mapped_column(ARRAY(String), default=list)
    """The problems of the request dictionary that this mentor can help with."""
    about: Mapped[str] = mapped_column(default="")
    motivation: Mapped[str] = mapped_column(default="")
    interests: Mapped[list[str]] = mapped_column(ARRAY(String), default=list)
    times: Mapped[list[str]] = mapped_column(ARRAY(String), default=list)
    subject: Mapped[str] = mapped_column(default="")
    study_level: Mapped[int | None]
    experience_years: Mapped[int | None]
    mentee_age_from: Mapped[int | None]
    mentee_age_to: Mapped[int | None]
    hours_per_week: Mapped[int | None]
    periodicity: Mapped[str] = mapped_column(default="")
    capacity: Mapped[int] = mapped_column(default=1)
    applied_at: Mapped[datetime]
    retained_at: Mapped[datetime | None]
    """When the organisation decided that the mentor goes on after the programme."""


class EntryStatusChange(Identified, Base):
    """A status that somebody in a base has come to; added, never overwritten."""

    __tablename__ = "entry_status_change"
    __table_args__ = (
        CheckConstraint("num_nonnulls(mentee_entry_id, mentor_entry_id) = 1", name="belongs_to_one"),
        Index("ix_entry_status_change_mentee_entry_id_at", "mentee_entry_id", "at"),
        Index("ix_entry_status_change_mentor_entry_id_at", "mentor_entry_id", "at"),
    )

    mentee_entry_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("mentee_entry.id"))
    mentor_entry_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("mentor_entry.id"))
    status: Mapped[EntryStatus]
    reason: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))


class MenteeCategory(Identified, Base):
    """What only those who need it may know of a mentee: health, family, registers."""

    __tablename__ = "mentee_category"
    __table_args__ = (UniqueConstraint("mentee_entry_id", "category"),)

    mentee_entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("mentee_entry.id"))
    category: Mapped[str]


class MentorCheck(Identified, Base):
    """A certificate or a qualification that was shown, and until when it counts."""

    __tablename__ = "mentor_check"
    __table_args__ = (
        Index("ix_mentor_check_mentor_entry_id", "mentor_entry_id"),
        Index("ix_mentor_check_expires_on", "expires_on"),
    )

    mentor_entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("mentor_entry.id"))
    kind: Mapped[str]
    document: Mapped[str] = mapped_column(default="")
    issued_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    accepted_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    accepted_at: Mapped[datetime]


class Interview(Identified, Base):
    """A talk with a candidate: what was seen of the eight principles, and the decision."""

    __tablename__ = "interview"
    __table_args__ = (Index("ix_interview_mentor_entry_id", "mentor_entry_id"),)

    mentor_entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("mentor_entry.id"))
    held_on: Mapped[date]
    interviewer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    answers: Mapped[dict[str, Any]] = mapped_column(JSONB)
    decision: Mapped[str]
    recorded_at: Mapped[datetime]


class MentorTraining(Identified, Base):
    """A training that a mentor took part in, before the first meeting or while pairs work."""

    __tablename__ = "mentor_training"
    __table_args__ = (Index("ix_mentor_training_mentor_entry_id_held_on", "mentor_entry_id", "held_on"),)

    mentor_entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("mentor_entry.id"))
    kind: Mapped[str]
    format: Mapped[str] = mapped_column(default="")
    topics: Mapped[list[str]] = mapped_column(ARRAY(String), default=list)
    held_on: Mapped[date]
    with_ethics: Mapped[bool]
    is_passed: Mapped[bool]
    style: Mapped[str] = mapped_column(default="")
    """Which style of mentoring was advised there: developing or instrumental."""
    advice: Mapped[str] = mapped_column(default="")
    recorded_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]


class MentorQuestion(Identified, Base):
    """What a mentor would like to talk about at the next training."""

    __tablename__ = "mentor_question"
    __table_args__ = (Index("ix_mentor_question_mentor_entry_id_asked_at", "mentor_entry_id", "asked_at"),)

    mentor_entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("mentor_entry.id"))
    case_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    """The training for which it was asked."""
    question: Mapped[str]
    asked_at: Mapped[datetime]
