"""Links by which people open their account, or choose a new password when the old one is forgotten."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identified


class AccountLink(Identified, Base):
    """A link for one person that counts once, until a moment. Of its secret only the digest is kept."""

    __tablename__ = "account_link"
    __table_args__ = (
        Index(
            "uq_account_link_standing",
            "person_id",
            unique=True,
            postgresql_where=text("used_at IS NULL AND withdrawn_at IS NULL"),
        ),
    )

    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    user_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("user.id"))
    """The account that gets a new password; without it the link opens one."""
    digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    made_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    until_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
