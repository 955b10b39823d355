"""What the forms of a pair are told of wishes, goals and how near they have come."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from models.goals import Goal
from models.meetings import Meeting, MeetingKind
from models.people import Person
from workflows.queries.readings.options import options
from workflows.queries.readings.reader import Reader
from workflows.records import goals, meetings, pairs
from workflows.records.goals import PLAN_FORM, RETURN_FORM
from workflows.work import Work

_WISH = ("wish", "has", "lacks", "measure", "time_needed", "is_main")
_KEPT = ("formats", "meetings", "schedule", "until_on", "held_on", "minutes")
_SIDES = ("mentor_strengths", "mentor_weaknesses", "mentee_strengths", "mentee_weaknesses")


def wishes(work: Work, case_id: uuid.UUID) -> dict[str, Any]:
    """Give the wishes of this cycle."""
    found = goals.list_wishes(work, pairs.pair_of(work, case_id))
    names = {one: work.session.get_one(Person, one).full_name for one in {row.person_id for row in found}}
    return {
        "wishes_told": [
            {"name": names[row.person_id]} | {part: getattr(row, part) for part in _WISH} for row in found
        ]
    }


def plan(work: Work, case_id: uuid.UUID) -> dict[str, Any]:
    """Give the map of goals that stands, with what was agreed around it."""
    pair = pairs.pair_of(work, case_id)
    found = goals.list_goals(work, pair)
    said = meetings.find_newest_answers(work, _planning(work, case_id), PLAN_FORM)
    return {
        "plan": _shown(work, found),
        "goals_of_plan": options((goal.id, goal.result) for goal in found),
        **{key: said.get(key) or "" for key in _SIDES},
        "meetings": said.get("meetings"),
        "schedule": said.get("schedule"),
    }


def draft_plan(work: Work, case_id: uuid.UUID) -> dict[str, Any]:
    """Give the plan as it was last drawn, so that a returned one comes back filled in."""
    meeting = _planning(work, case_id)
    said = meetings.find_newest_answers(work, meeting, PLAN_FORM)
    advised = meetings.find_newest_answers(work, meeting, RETURN_FORM)
    facts: dict[str, Any] = {key: said[key] for key in (*_KEPT, *_SIDES) if said.get(key)}
    if said.get("goals"):
        facts["goals"] = said["goals"]
    return facts | {"advice": advised.get("advice") or ""}


def earlier_goals(work: Work, case_id: uuid.UUID) -> dict[str, Any]:
    """Give the goals of the cycles before this one."""
    return {"earlier_goals": _shown(work, goals.list_earlier_goals(work, pairs.pair_of(work, case_id)))}


def progress(work: Work, case_id: uuid.UUID) -> dict[str, Any]:
    """Give a row for each goal that is not reached yet."""
    found = [one for one in goals.list_goals(work, pairs.pair_of(work, case_id)) if one.reached_on is None]
    return {
        "goals_of_plan": options((goal.id, goal.result) for goal in found),
        "progress": [{"goal_id": str(goal.id)} for goal in found],
    }


def all_goals(work: Work, case_id: uuid.UUID) -> dict[str, Any]:
    """Name every goal a pair has ever had, reached and given up alike."""
    wanted = select(Goal.id, Goal.result).where(Goal.pair_id == pairs.pair_of(work, case_id).id)
    return {"goals_of_plan": options((row.id, row.result) for row in work.session.execute(wanted))}


def _planning(work: Work, case_id: uuid.UUID) -> Meeting | None:
    return meetings.find_last(work, pairs.pair_of(work, case_id), MeetingKind.PLANNING)


def _shown(work: Work, found: Sequence[Goal]) -> list[dict[str, Any]]:
    steps = goals.steps_of(work, found)
    return [
        {
            "result": goal.result,
            "steps": "; ".join(steps[goal.id]),
            "due_on": goal.due_on.isoformat(),
            "indicators": goal.indicators,
            "reached_on": goal.reached_on.isoformat() if goal.reached_on else "",
        }
        for goal in found
    ]


_OF_DRAFT = ("goals", *_KEPT, *_SIDES, "advice")
READERS = {
    "pair.wishes": Reader(wishes, ("wishes_told",)),
    "pair.plan": Reader(plan, ("plan", "goals_of_plan", *_SIDES, "meetings", "schedule"), past=all_goals),
    "pair.draft_plan": Reader(draft_plan, _OF_DRAFT),
    "pair.earlier_goals": Reader(earlier_goals, ("earlier_goals",)),
    "pair.progress": Reader(progress, ("goals_of_plan", "progress"), past=all_goals),
}
