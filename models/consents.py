"""Consents: each a document of its own, with its text, who signed it, what for, when it was taken back."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identified


class ConsentPurpose(StrEnum):
    PARTICIPATION = "participation"
    PERSONAL_DATA = "personal_data"
    PUBLICITY = "publicity"


class Consent(Identified, Base):
    """What somebody, or the guardian of a child, agreed to or refused. A withdrawal ends it and stays."""

    __tablename__ = "consent"
    __table_args__ = (
        Index("ix_consent_person_id_programme_id_purpose", "person_id", "programme_id", "purpose"),
        Index("ix_consent_programme_id", "programme_id"),
    )

    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"))
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    purpose: Mapped[ConsentPurpose]
    text: Mapped[str]
    text_version: Mapped[str]
    signed_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    signed_as: Mapped[str]
    """For oneself, or as the guardian of a child."""
    way: Mapped[str]
    """On paper, or in the product."""
    is_given: Mapped[bool]
    signed_at: Mapped[datetime]
    entered_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_because: Mapped[str] = mapped_column(default="")
