"""Points for what pairs have done, votes of the jury, and the awards given."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint, Uuid
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import String

from models.base import Base, Identified


class AwardPoint(Identified, Base):
    """Points that a pair was given for an activity or an achievement, by the scheme of the pack."""

    __tablename__ = "award_point"
    __table_args__ = (Index("ix_award_point_programme_id_pair_id", "programme_id", "pair_id"),)

    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"))
    pair_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pair.id"), index=True)
    activity: Mapped[str]
    points: Mapped[int]
    is_counted: Mapped[bool] = mapped_column(default=False)
    """Whether the system counted the activity itself; the others were told by people."""
    note: Mapped[str] = mapped_column(default="")
    given_at: Mapped[datetime]


class Festival(Identified, Base):
    """The open event at the end of a programme: who is invited, which pairs are shown, who judges."""

    __tablename__ = "festival"
    __table_args__ = (UniqueConstraint("programme_id"),)

    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"))
    held_on: Mapped[date]
    place: Mapped[str]
    audiences: Mapped[list[str]] = mapped_column(ARRAY(String), default=list)
    pair_ids: Mapped[list[uuid.UUID]] = mapped_column(ARRAY(Uuid), default=list)
    jury_ids: Mapped[list[uuid.UUID]] = mapped_column(ARRAY(Uuid), default=list)
    guests: Mapped[int | None]
    story: Mapped[str] = mapped_column(default="")
    address: Mapped[str] = mapped_column(default="")


class JuryVote(Identified, Base):
    """What one member of the jury gave a pair."""

    __tablename__ = "jury_vote"
    __table_args__ = (UniqueConstraint("programme_id", "pair_id", "person_id"),)

    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"))
    pair_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pair.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    points: Mapped[int]
    voted_at: Mapped[datetime]


class Award(Identified, Base):
    """A thank-you letter, a certificate of honour, a bonus: to whom, for what, by which document."""

    __tablename__ = "award"
    __table_args__ = (Index("ix_award_programme_id_awarded_on", "programme_id", "awarded_on"),)

    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"))
    pair_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("pair.id"), index=True)
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str]
    title: Mapped[str]
    number: Mapped[str] = mapped_column(default="")
    awarded_on: Mapped[date]
