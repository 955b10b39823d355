"""Points for what pairs have done, votes of the jury, and the awards given."""

import uuid
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identified


class AwardPoint(Identified, Base):
    """Points that a pair was given for an activity or an achievement, by the scheme of the pack."""

    __tablename__ = "award_point"
    __table_args__ = (Index("ix_award_point_programme_id_pair_id", "programme_id", "pair_id"),)

    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"))
    pair_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pair.id"), index=True)
    activity: Mapped[str]
    points: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    given_at: Mapped[datetime]


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
