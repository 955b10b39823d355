"""Councils, commissions and working groups of an organisation, and who sits in them."""

import uuid
from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identified


class BodyKind(StrEnum):
    COUNCIL = "council"
    COMMISSION = "commission"
    WORKING_GROUP = "working_group"
    JURY = "jury"


class BodyDuty(StrEnum):
    CHAIR = "chair"
    SECRETARY = "secretary"
    MEMBER = "member"


class Body(Identified, Base):
    """People who decide or advise together, until the body is closed."""

    __tablename__ = "body"
    __table_args__ = (Index("ix_body_organisation_id_name", "organisation_id", "name"),)

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[BodyKind]
    name: Mapped[str]
    closed_on: Mapped[date | None]


class BodyMember(Identified, Base):
    """A seat in a body, from a day to a day; one who sits there sits once."""

    __tablename__ = "body_member"
    __table_args__ = (
        Index(
            "uq_body_member_sitting",
            "body_id",
            "person_id",
            unique=True,
            postgresql_where=text("until_on IS NULL"),
        ),
        CheckConstraint("until_on >= since_on", name="ends_after_it_begins"),
    )

    body_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("body.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    duty: Mapped[BodyDuty]
    since_on: Mapped[date]
    until_on: Mapped[date | None]
