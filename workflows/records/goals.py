"""Wishes, the goals made of them, and how near the meetings of a pair bring them."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import bindparam, delete, func, select, update

from models.goals import Goal, GoalProgress, PlanStep, Wish
from models.meetings import Meeting
from models.pairs import Pair
from workflows.records.pairs import note
from workflows.work import Work

REACHED = "reached"
PLAN_FORM, RETURN_FORM = "set_goals", "agree_plan"
"""Under which names answers to a planning meeting are kept: what was planned, what the curator said of it."""

_STANDING = (
    select(Goal)
    .where(
        Goal.pair_id == bindparam("pair_id"),
        Goal.cycle == bindparam("cycle"),
        Goal.dropped_at.is_(None),
    )
    .order_by(Goal.position)
)


def set_wishes(
    work: Work, pair: Pair, person_id: uuid.UUID, rows: Sequence[Mapping[str, Any]], main: int
) -> None:
    """Write down the wishes of a mentee in this cycle, in place of those told before."""
    mine = (Wish.pair_id == pair.id, Wish.person_id == person_id, Wish.cycle == pair.cycle)
    work.session.execute(delete(Wish).where(*mine))
    parts = ("wish", "has", "lacks", "measure", "time_needed")
    work.session.add_all(
        Wish(
            pair_id=pair.id,
            person_id=person_id,
            cycle=pair.cycle,
            position=number,
            is_main=number == main,
            **{part: row.get(part) or "" for part in parts},
        )
        for number, row in enumerate(rows, start=1)
    )
    work.session.flush()


def list_wishes(work: Work, pair: Pair) -> list[Wish]:
    """List the wishes of this cycle."""
    wanted = select(Wish).where(Wish.pair_id == pair.id, Wish.cycle == pair.cycle)
    return list(work.session.scalars(wanted.order_by(Wish.person_id, Wish.position)))


def set_plan(work: Work, pair: Pair, rows: Sequence[Mapping[str, Any]]) -> None:
    """Draw the map of goals of this cycle; the goals that it replaces are kept as dropped."""
    before = update(Goal).where(Goal.pair_id == pair.id, Goal.cycle == pair.cycle, Goal.dropped_at.is_(None))
    work.session.execute(before.values(dropped_at=work.now()))
    work.forget(_standing(pair))
    drawn = [_goal(pair, number, row) for number, row in enumerate(rows, start=1)]
    work.session.add_all(drawn)
    work.session.flush()
    work.session.add_all(
        PlanStep(goal_id=goal.id, position=place, text=line)
        for goal, row in zip(drawn, rows, strict=True)
        for place, line in enumerate(_lines(row.get("steps") or ""), start=1)
    )
    work.session.flush()
    note(work, pair, "plan.drawn", {"cycle": pair.cycle, "goals": [row["result"] for row in rows]})


def _goal(pair: Pair, number: int, row: Mapping[str, Any]) -> Goal:
    return Goal(
        id=uuid.uuid4(),
        pair_id=pair.id,
        cycle=pair.cycle,
        position=number,
        result=row["result"],
        indicators=row.get("indicators") or "",
        due_on=date.fromisoformat(row["due_on"]),
    )


def agree(work: Work, pair: Pair) -> None:
    """Note that the curator agrees to the map of goals."""
    for goal in list_goals(work, pair):
        goal.agreed_at = work.now()
    work.session.flush()
    note(work, pair, "plan.agreed", {"cycle": pair.cycle})


def list_goals(work: Work, pair: Pair) -> list[Goal]:
    """List the goals of this cycle that stand."""
    given = {"pair_id": pair.id, "cycle": pair.cycle}
    return list(work.remembered(_standing(pair), lambda: work.session.scalars(_STANDING, given).all()))


def list_earlier_goals(work: Work, pair: Pair) -> list[Goal]:
    """List the goals of the cycles before this one."""
    wanted = select(Goal).where(Goal.pair_id == pair.id, Goal.cycle < pair.cycle, Goal.dropped_at.is_(None))
    return list(work.session.scalars(wanted.order_by(Goal.cycle, Goal.position)))


def steps_of(work: Work, goals: Sequence[Goal]) -> dict[uuid.UUID, list[str]]:
    """Map goals to their steps."""
    wanted = select(PlanStep).where(PlanStep.goal_id.in_([goal.id for goal in goals]))
    found: dict[uuid.UUID, list[str]] = {goal.id: [] for goal in goals}
    for step in work.session.scalars(wanted.order_by(PlanStep.position)):
        found[step.goal_id].append(step.text)
    return found


def add_progress(
    work: Work, pair: Pair, meeting: Meeting, person_id: uuid.UUID, rows: Sequence[Mapping[str, Any]]
) -> None:
    """Note how near a meeting brought the pair to each goal."""
    if not rows:
        return
    standing = {str(goal.id): goal for goal in list_goals(work, pair)}
    for row in rows:
        goal = standing.get(row["goal_id"])
        if goal is None:
            continue
        note_text = row.get("note") or ""
        work.session.add(
            GoalProgress(
                goal_id=goal.id,
                meeting_id=meeting.id,
                person_id=person_id,
                mark=row["mark"],
                note=note_text,
                noted_at=work.now(),
            )
        )
        if row["mark"] == REACHED and goal.reached_on is None:
            goal.reached_on = meeting.held_on
    work.session.flush()


def has_agreed_plan(work: Work, pair: Pair, since: Any) -> bool:
    """Say whether a plan of this cycle was agreed after an instant."""
    wanted = select(func.count()).where(
        Goal.pair_id == pair.id,
        Goal.cycle == pair.cycle,
        Goal.dropped_at.is_(None),
        Goal.agreed_at >= since,
    )
    return bool(work.session.scalar(wanted))


def _standing(pair: Pair) -> tuple[str, Any]:
    return ("goals of pair", (pair.id, pair.cycle))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
