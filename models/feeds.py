"""Private addresses at which somebody's own calendar can be read."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identified


class CalendarFeed(Identified, Base):
    """Somebody's calendar, for whoever knows the secret. Only the digest of the secret is kept."""

    __tablename__ = "calendar_feed"
    __table_args__ = (
        Index(
            "uq_calendar_feed_standing",
            "person_id",
            unique=True,
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    made_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
