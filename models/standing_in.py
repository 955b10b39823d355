"""Who stands in for whom: a deputy for some days, and a caseload that was handed over."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, and_
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identified
from models.organisations import Moment, Organisation


class Deputyship(Identified, Base):
    """A person whose tasks another may do, from a day to a day; it ends by itself."""

    __tablename__ = "deputyship"
    __table_args__ = (
        Index("ix_deputyship_person_id_until_on", "person_id", "until_on"),
        Index("ix_deputyship_deputy_id_until_on", "deputy_id", "until_on"),
        CheckConstraint("until_on >= since_on", name="ends_after_it_begins"),
        CheckConstraint("person_id <> deputy_id", name="is_for_another"),
    )

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    """Whose days count: the organisation to which the person belongs."""
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    deputy_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    since_on: Mapped[date]
    until_on: Mapped[date]
    named_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    named_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    """When it was ended before its last day was over."""

    @classmethod
    def counts_at(cls, now: Moment) -> ColumnElement[bool]:
        """Say that it counts now; deputyships are joined to their organisations, whose days count."""
        day = Organisation.day_at(now)
        return and_(cls.ended_at.is_(None), cls.since_on <= day, cls.until_on >= day)


class HandOver(Identified, Base):
    """A caseload that went from one person to another, and may go back."""

    __tablename__ = "hand_over"
    __table_args__ = (Index("ix_hand_over_organisation_id_at", "organisation_id", "at"),)

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    from_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    to_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    returned_at: Mapped[datetime | None]


class HandOverItem(Identified, Base):
    """One thing of a caseload: a seat in a case, or a task that was not the seat's."""

    __tablename__ = "hand_over_item"
    __table_args__ = (Index("ix_hand_over_item_hand_over_id", "hand_over_id"),)

    hand_over_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("hand_over.id"))
    case_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("case.id"))
    role: Mapped[str | None]
    task_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("task.id"))
