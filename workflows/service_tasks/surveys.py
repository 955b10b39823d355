"""What the diagrams of questionnaires call: ask many at once, keep an answer, note one that did not come."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from models.surveys import SurveyMoment
from workflows.records import survey_rounds, surveys
from workflows.service_tasks.place import Done, Place
from workflows.work import Work


def ask(
    work: Work, place: Place, *, programme_id: str, moment: str, rules: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    """Ask everybody whom the rules name; a message `answers_collected` comes when all is settled."""
    round_id, count = survey_rounds.ask_all(
        work, uuid.UUID(programme_id), SurveyMoment(moment), rules, asked_by_case_id=place.case_id
    )
    return {"round": str(round_id), "count": count}


def ask_pair(
    work: Work,
    place: Place,
    *,
    programme_id: str,
    pair_id: str,
    moment: str,
    rules: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    """Ask the members of one pair, for instance when they have become acquainted; nobody waits for it."""
    _, count = survey_rounds.ask_all(
        work, uuid.UUID(programme_id), SurveyMoment(moment), rules, pair_id=uuid.UUID(pair_id)
    )
    return {"count": count}


def miss(work: Work, place: Place) -> dict[str, Any]:
    """Note that somebody did not answer in time."""
    survey_rounds.note_missed(work, place.case_id)
    return {"is_missed": True}


def record(work: Work, place: Place, done: Done) -> dict[str, Any]:
    """Keep somebody's answers; the score of the ratings goes into the case."""
    known, answers = done.known, done.answers
    surveys.respond(
        work,
        uuid.UUID(known["programme_id"]),
        done.by_id,
        instrument=known["instrument"],
        moment=known["moment"],
        role=known["role"],
        answers=answers,
        pack_version_id=place.pack_version_id,
        pair_id=uuid.UUID(known["pair_id"]) if known.get("pair_id") else None,
    )
    survey_rounds.note_answered(work, place.case_id)
    return {"score": surveys.score_of(answers)}


OPERATORS: dict[str, Callable[..., Any]] = {
    "surveys.ask": ask,
    "surveys.ask_pair": ask_pair,
    "surveys.miss": miss,
}
LISTENERS: dict[str, Callable[..., Any]] = {"surveys.record": record}
