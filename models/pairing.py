"""How pairs come about: the general meeting and its choices, proposals, and the decisions of bodies."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import String

from models.base import Base, Identified


class GeneralMeeting(Identified, Base):
    """A meeting of mentors and mentees at which everybody talks with everybody for some minutes."""

    __tablename__ = "general_meeting"
    __table_args__ = (
        Index("ix_general_meeting_programme_id_held_at", "programme_id", "held_at"),
        Index("ix_general_meeting_held_at", "held_at"),
    )

    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"))
    held_at: Mapped[datetime]
    place: Mapped[str]
    format: Mapped[str]
    minutes_per_round: Mapped[int]
    tables: Mapped[int]
    case_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    """The case in which pairs are formed out of this meeting."""
    forms: Mapped[list[str]] = mapped_column(ARRAY(String), default=list)
    asked_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


class GeneralMeetingGuest(Identified, Base):
    """Somebody invited to a general meeting, and whether they came."""

    __tablename__ = "general_meeting_guest"
    __table_args__ = (
        UniqueConstraint("general_meeting_id", "mentee_entry_id", "mentor_entry_id"),
        CheckConstraint("num_nonnulls(mentee_entry_id, mentor_entry_id) = 1", name="belongs_to_one"),
    )

    general_meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("general_meeting.id"))
    mentee_entry_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("mentee_entry.id"), index=True)
    mentor_entry_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("mentor_entry.id"), index=True)
    case_id: Mapped[uuid.UUID | None] = mapped_column(index=True)
    """The case in which this guest says whom they would go on with."""
    has_come: Mapped[bool | None]
    answered_at: Mapped[datetime | None]


class ChosenBy(StrEnum):
    MENTOR = "mentor"
    MENTEE = "mentee"


class Choice(Identified, Base):
    """After a general meeting: with whom one side would like to go on; the first choice has rank 1."""

    __tablename__ = "choice"
    __table_args__ = (
        UniqueConstraint("general_meeting_id", "mentee_entry_id", "mentor_entry_id", "chosen_by"),
    )

    general_meeting_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("general_meeting.id"))
    mentee_entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("mentee_entry.id"), index=True)
    mentor_entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("mentor_entry.id"), index=True)
    chosen_by: Mapped[ChosenBy]
    rank: Mapped[int]
    chosen_at: Mapped[datetime]


class MarkKind(StrEnum):
    PINNED = "pinned"
    FORBIDDEN = "forbidden"


class PairingMark(Identified, Base):
    """The curator's word on two people: they belong together, or not together, in this programme."""

    __tablename__ = "pairing_mark"
    __table_args__ = (
        Index(
            "uq_pairing_mark_standing",
            "programme_id",
            "mentee_entry_id",
            "mentor_entry_id",
            unique=True,
            postgresql_where=text("removed_at IS NULL"),
        ),
        # What was said last is looked for among all that was ever said in a programme.
        Index("ix_pairing_mark_programme_id_made_at", "programme_id", "made_at"),
    )

    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"))
    mentee_entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("mentee_entry.id"), index=True)
    mentor_entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("mentor_entry.id"), index=True)
    kind: Mapped[MarkKind]
    made_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]


class Avoidance(Identified, Base):
    """Two people who must not be paired again, in any programme: they parted, or know each other too well.

    It holds wherever the two are to be paired; the organisation only says where it was noted.
    """

    __tablename__ = "avoidance"
    __table_args__ = (UniqueConstraint("mentor_person_id", "mentee_person_id"),)

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), index=True)
    mentor_person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    mentee_person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    reason: Mapped[str] = mapped_column(default="")
    noted_at: Mapped[datetime]


class ProposalRun(Identified, Base):
    """One computation for a whole cohort, or for one mentee; the newest counts.

    `left_over` says who got nobody and why.
    """

    __tablename__ = "proposal_run"
    __table_args__ = (
        Index("ix_proposal_run_programme_id_made_at", "programme_id", "made_at"),
        Index("ix_proposal_run_case_id_made_at", "case_id", "made_at"),
    )

    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"))
    made_at: Mapped[datetime]
    made_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    case_id: Mapped[uuid.UUID | None]
    """The case in which these proposals are decided on."""
    mentee_entry_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("mentee_entry.id"), index=True)
    """The one mentee whom it is about; else it is about the whole cohort."""
    groups: Mapped[list[str]] = mapped_column(ARRAY(String), default=list)
    """The forms in which mentors get groups."""
    submitted_at: Mapped[datetime | None]
    """When the curator handed the proposals on to those who decide; from then on they stay as they are."""
    left_over: Mapped[list[Any]] = mapped_column(JSONB)


class ProposalStatus(StrEnum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"


class Proposal(Identified, Base):
    """A pair or group that the system proposes, with reasons for it and what spoke against it."""

    __tablename__ = "proposal"
    __table_args__ = (Index("ix_proposal_proposal_run_id_score", "proposal_run_id", "score"),)

    proposal_run_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("proposal_run.id"))
    mentee_entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("mentee_entry.id"), index=True)
    mentor_entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("mentor_entry.id"), index=True)
    form: Mapped[str]
    type: Mapped[str]
    is_pinned: Mapped[bool] = mapped_column(default=False)
    score: Mapped[float]
    reasons: Mapped[list[Any]] = mapped_column(JSONB)
    against: Mapped[list[Any]] = mapped_column(JSONB)
    status: Mapped[ProposalStatus]
    decision_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("decision.id"), index=True)
    refused_because: Mapped[str] = mapped_column(default="")
    order_number: Mapped[str] = mapped_column(default="")
    pair_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("pair.id"), index=True)


class MenteeSearch(Identified, Base):
    """A mentee who is looked after while a mentor is still sought; at most one search goes on at a time."""

    __tablename__ = "mentee_search"
    __table_args__ = (
        Index(
            "uq_mentee_search_going_on",
            "mentee_entry_id",
            unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
    )

    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"), index=True)
    mentee_entry_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("mentee_entry.id"))
    case_id: Mapped[uuid.UUID] = mapped_column(index=True)
    reason: Mapped[str]
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(default="")


class Decision(Identified, Base):
    """What a council, a working group, an employer, the head or the curator decided, by which protocol."""

    __tablename__ = "decision"
    __table_args__ = (Index("ix_decision_programme_id_decided_on", "programme_id", "decided_on"),)

    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"))
    case_id: Mapped[uuid.UUID | None]
    subject: Mapped[str]
    form: Mapped[str | None]
    body: Mapped[str]
    is_advice: Mapped[bool]
    outcome: Mapped[str]
    protocol_number: Mapped[str] = mapped_column(default="")
    decided_on: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    entered_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    entered_at: Mapped[datetime]
