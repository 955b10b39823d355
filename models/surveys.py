"""Answers to questionnaires at entry, in the middle and at the end, to see what has changed."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identified


class SurveyMoment(StrEnum):
    ENTRY = "entry"
    MIDDLE = "middle"
    EXIT = "exit"


class SurveyResponse(Identified, Base):
    """One person's answers; the questions are those of the form in that version of the pack."""

    __tablename__ = "survey_response"
    __table_args__ = (
        Index("ix_survey_response_programme_id_instrument_moment", "programme_id", "instrument", "moment"),
        Index("ix_survey_response_person_id", "person_id"),
    )

    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"))
    pair_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("pair.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    about_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    """Whom the answers are about, where somebody answers for another."""
    role: Mapped[str]
    instrument: Mapped[str]
    pack_version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("pack_version.id"))
    moment: Mapped[SurveyMoment]
    answers: Mapped[dict[str, Any]] = mapped_column(JSONB)
    score: Mapped[float | None]
    given_at: Mapped[datetime]
