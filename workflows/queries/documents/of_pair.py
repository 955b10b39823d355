"""What documents say of a pair: its people, its goals with their steps, its meetings, its story."""

from typing import Any

from sqlalchemy import ColumnElement, select

from models.goals import Goal, PlanStep
from models.meetings import Meeting
from models.pairs import Pair
from models.practices import Practice, PracticeStatus
from models.programmes import MentoringForm
from workflows.documents import shipped
from workflows.queries.documents.of_programme import day, named, people_of, say
from workflows.queries.documents.targets import Target
from workflows.work import Work

_EMPTY = dict.fromkeys(
    ("people", "mentors", "mentees", "groups", "form", "since", "until", "order_number"), ""
)


def pair(work: Work, target: Target) -> dict[str, str]:
    """Tell who works together, since when and how."""
    one = target.pair
    if one is None:
        return dict(_EMPTY)
    sides = named(people_of(work, [one.id]).get(one.id, ()))
    wanted = select(MentoringForm.title).where(
        MentoringForm.programme_id == one.programme_id, MentoringForm.code == one.form
    )
    return {
        "people": " – ".join(filter(None, (sides["mentors"], sides["mentees"]))),
        **sides,
        "form": say(work, target, work.session.scalar(wanted) or ""),
        "since": day(target, one.formed_on),
        "until": day(target, one.ended_on or one.planned_end_on or target.programme.ends_on),
        "order_number": one.order_number,
    }


def goals(work: Work, target: Target) -> list[dict[str, Any]]:
    """List the goals that stand, with their steps."""
    found = list(
        work.session.scalars(select(Goal).where(*_goals(target)).order_by(Goal.cycle, Goal.position))
    )
    steps: dict[Any, list[PlanStep]] = {one.id: [] for one in found}
    for step in work.session.scalars(
        select(PlanStep).where(PlanStep.goal_id.in_(steps)).order_by(PlanStep.position)
    ):
        steps[step.goal_id].append(step)
    reached = {True: "reached", False: "going"}
    return [
        {
            "number": str(number),
            "result": one.result,
            "indicators": one.indicators,
            "due": day(target, one.due_on),
            "reached": shipped.word(target.kind, "goals", reached[one.reached_on is not None]),
            "steps": [{"text": step.text, "due": day(target, step.due_on)} for step in steps[one.id]],
        }
        for number, one in enumerate(found, start=1)
    ]


def _goals(target: Target) -> tuple[ColumnElement[bool], ...]:
    own = target.pair.id if target.pair else None
    return Goal.pair_id == own, Goal.dropped_at.is_(None)


def meetings(work: Work, target: Target) -> list[dict[str, str]]:
    """List the meetings, those that are only agreed on among them; what was said there is not told."""
    wanted = select(Meeting).where(Meeting.pair_id == (target.pair.id if target.pair else None))
    found = sorted(work.session.scalars(wanted), key=lambda one: one.held_on or one.agreed_on or target.today)
    return [
        {
            "number": str(number),
            "kind": shipped.word(target.kind, "meetings", one.kind.value),
            "day": day(target, one.held_on or one.agreed_on),
            "place": one.place,
            "length": f"{one.minutes} {shipped.word(target.kind, 'units', 'minutes')}" if one.minutes else "",
        }
        for number, one in enumerate(found, start=1)
    ]


def counts_of_pair(work: Work, target: Target) -> dict[str, str]:
    """Count the meetings that took place, the goals, and those that were reached."""
    own: Pair | None = target.pair
    held = select(Meeting.id).where(
        Meeting.pair_id == (own.id if own else None), Meeting.held_on.is_not(None)
    )
    found = list(work.session.scalars(select(Goal).where(*_goals(target))))
    return {
        "meetings": str(len(work.session.scalars(held).all())),
        "goals": str(len(found)),
        "reached": str(sum(one.reached_on is not None for one in found)),
    }


def story(work: Work, target: Target) -> dict[str, str]:
    """Tell the story of the pair, if its people agreed to have it told."""
    wanted = select(Practice).where(
        Practice.pair_id == (target.pair.id if target.pair else None),
        Practice.status == PracticeStatus.PUBLISHED,
    )
    found = work.session.scalars(wanted.order_by(Practice.written_at.desc()).limit(1)).first()
    return {"title": found.title, "summary": found.summary} if found else {"title": "", "summary": ""}


SECTIONS = {
    "pair": pair,
    "goals": goals,
    "meetings": meetings,
    "counts_of_pair": counts_of_pair,
    "story": story,
}
