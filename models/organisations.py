"""Organisations: a region, its municipalities, their schools and colleges, as one tree."""

import uuid
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, Date, DateTime, ForeignKey, Index, cast, func, literal
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.base import Base, Identified


class OrganisationKind(StrEnum):
    REGION = "region"
    MUNICIPALITY = "municipality"
    ORGANISATION = "organisation"


class Organisation(Identified, Base):
    """One node of the tree. `path` is the ids from the root to here, so that a branch is one prefix."""

    __tablename__ = "organisation"
    __table_args__ = (Index("ix_organisation_path", "path", postgresql_ops={"path": "text_pattern_ops"}),)

    parent_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    kind: Mapped[OrganisationKind] = mapped_column()
    name: Mapped[str]
    path: Mapped[str] = mapped_column(unique=True)
    time_zone: Mapped[str] = mapped_column(default="Europe/Moscow")
    parent: Mapped["Organisation | None"] = relationship(remote_side="Organisation.id")

    @classmethod
    def day_at(cls, now: "Moment") -> ColumnElement[date]:
        """Say which day it is there, where days begin at its own midnight."""
        moment = literal(now, DateTime(timezone=True)) if isinstance(now, datetime) else now
        return cast(func.timezone(cls.time_zone, moment), Date)


Moment = datetime | ColumnElement[datetime]
"""A moment that is known, or one that a statement is given each time it is carried out."""
