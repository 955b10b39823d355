"""Answers to questionnaires at entry, in the middle and at the end, to see what has changed."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
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


class SurveyRequest(Identified, Base):
    """Somebody was asked to answer; so that it is known who is still to answer, and nobody is asked twice."""

    __tablename__ = "survey_request"
    __table_args__ = (
        UniqueConstraint(
            "round_id", "person_id", "instrument", "pair_id", postgresql_nulls_not_distinct=True
        ),
        Index("ix_survey_request_programme_id_moment", "programme_id", "moment"),
    )

    round_id: Mapped[uuid.UUID]
    """All who were asked at once; whoever asked waits until the round is over."""
    asked_by_case_id: Mapped[uuid.UUID | None]
    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"))
    pair_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("pair.id"), index=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str]
    instrument: Mapped[str]
    moment: Mapped[SurveyMoment]
    case_id: Mapped[uuid.UUID] = mapped_column(unique=True)
    asked_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    missed_at: Mapped[datetime | None]
    """When the time to answer ran out."""
