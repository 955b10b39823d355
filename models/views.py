"""Who looked at whom: reading what is known of a child leaves a trace."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identified


class ProfileView(Identified, Base):
    """Somebody looked at the profile of a child; looking again within the same hour adds nothing."""

    __tablename__ = "profile_view"
    __table_args__ = (
        UniqueConstraint("person_id", "viewer_id", "hour_at"),
        Index("ix_profile_view_person_id_at", "person_id", "at"),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    viewer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str]
    """By which right: the role of the one who looked."""
    hour_at: Mapped[datetime]
    at: Mapped[datetime]
