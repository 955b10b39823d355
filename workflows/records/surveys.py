"""Answers to questionnaires, and the score that makes answers of different days comparable."""

import uuid
from collections.abc import Mapping
from statistics import fmean
from typing import Any

from models.surveys import SurveyMoment, SurveyResponse
from workflows import journal
from workflows.work import Work

RATING = "rate_"
"""The keys of questions answered by a number from 1 to 10 begin so, in every questionnaire."""


def respond(
    work: Work,
    programme_id: uuid.UUID,
    person_id: uuid.UUID,
    *,
    instrument: str,
    moment: str,
    role: str,
    answers: Mapping[str, Any],
    pack_version_id: uuid.UUID,
    pair_id: uuid.UUID | None = None,
    about_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Write down one person's answers; the mean of the ratings is the score."""
    response = SurveyResponse(
        id=uuid.uuid4(),
        programme_id=programme_id,
        pair_id=pair_id,
        person_id=person_id,
        about_id=about_id,
        role=role,
        instrument=instrument,
        pack_version_id=pack_version_id,
        moment=SurveyMoment(moment),
        answers=journal.settle(answers),
        score=score_of(answers),
        given_at=work.now(),
    )
    work.session.add(response)
    work.session.flush()
    return response.id


def score_of(answers: Mapping[str, Any]) -> float | None:
    """Return the mean of the ratings among the answers, if there are any."""
    ratings = [float(value) for key, value in answers.items() if key.startswith(RATING) and value is not None]
    return round(fmean(ratings), 2) if ratings else None
