"""The yearly look at the two bases: what was seen, and whom the programme will look for."""

import uuid
from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import func, select

from models.programmes import Programme, RoadmapItem
from workflows.engine.check.pack import Setting
from workflows.records import programmes
from workflows.service_tasks.place import Done, Place
from workflows.work import Work

STAGE = "stage"
"""The property by which a diagram says to which stage of the roadmap the search belongs."""


def keep_analysis(work: Work, place: Place, done: Done) -> None:
    """Write down what was seen."""
    programme = _programme(work, done)
    details = {"conclusion": done.answers["conclusion"], "outcome": done.answers["outcome"]}
    programmes.note(work, programme, "bases.analysed", details)


def plan_search(work: Work, place: Place, done: Done) -> None:
    """Put the search into the roadmap."""
    programme = _programme(work, done)
    last = work.session.scalar(
        select(func.max(RoadmapItem.position)).where(RoadmapItem.programme_id == programme.id)
    )
    work.session.add(
        RoadmapItem(
            id=uuid.uuid4(),
            programme_id=programme.id,
            position=(last or 0) + 1,
            stage=int(done.setting(STAGE)),
            measure=done.answers["measure"],
            responsible=done.answers["responsible"],
            due_on=date.fromisoformat(done.answers["due_on"]),
        )
    )
    programmes.note(work, programme, "search.planned", {"measure": done.answers["measure"]})


def _programme(work: Work, done: Done) -> Programme:
    return work.session.get_one(Programme, uuid.UUID(done.known["programme_id"]))


LISTENERS: dict[str, Callable[..., Any]] = {
    "mentors.keep_analysis": keep_analysis,
    "mentors.plan_search": plan_search,
}
SETTINGS = {"mentors.plan_search": (Setting(STAGE, tuple("1234567")),)}
