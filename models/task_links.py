"""Links by which somebody without an account does one task: a guardian who signs for a child."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identified


class TaskLink(Identified, Base):
    """A link to one task for one person, until a moment. Of the secret in it only the digest is kept."""

    __tablename__ = "task_link"
    __table_args__ = (
        Index(
            "uq_task_link_standing",
            "task_id",
            unique=True,
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    task_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("task.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    digest: Mapped[bytes] = mapped_column(LargeBinary, unique=True)
    made_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    until_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
