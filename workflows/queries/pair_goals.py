"""What a pair works for: the goals of each cycle, their steps, and how near they have come."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from models.goals import Goal, GoalProgress, PlanStep
from models.pairs import Pair
from workflows.records.goals import REACHED
from workflows.work import Work


@dataclass(frozen=True)
class GoalView:
    """A goal with its steps and the newest word on how near it is."""

    goal: Goal
    steps: Sequence[PlanStep]
    mark: str
    marked_at: datetime | None

    @property
    def is_reached(self) -> bool:
        """Say whether the pair has come to it."""
        return self.goal.reached_on is not None or self.mark == REACHED


def list_goals_of(work: Work, pair: Pair) -> dict[int, list[GoalView]]:
    """Map the cycles of a pair, the newest first, to the goals that stand in them."""
    wanted = select(Goal).where(Goal.pair_id == pair.id, Goal.dropped_at.is_(None))
    goals = list(work.session.scalars(wanted.order_by(Goal.cycle.desc(), Goal.position)))
    ids = [goal.id for goal in goals]
    steps, marks = _steps(work, ids), _marks(work, ids)
    found: dict[int, list[GoalView]] = {}
    for goal in goals:
        mark, marked_at = marks.get(goal.id, ("", None))
        found.setdefault(goal.cycle, []).append(GoalView(goal, steps[goal.id], mark, marked_at))
    return found


def _steps(work: Work, goals: Collection[uuid.UUID]) -> dict[uuid.UUID, list[PlanStep]]:
    found: dict[uuid.UUID, list[PlanStep]] = {one: [] for one in goals}
    wanted = select(PlanStep).where(PlanStep.goal_id.in_(goals)).order_by(PlanStep.position)
    for step in work.session.scalars(wanted):
        found[step.goal_id].append(step)
    return found


def _marks(work: Work, goals: Collection[uuid.UUID]) -> dict[uuid.UUID, tuple[str, datetime]]:
    wanted = (
        select(GoalProgress.goal_id, GoalProgress.mark, GoalProgress.noted_at)
        .where(GoalProgress.goal_id.in_(goals))
        .distinct(GoalProgress.goal_id)
        .order_by(GoalProgress.goal_id, GoalProgress.noted_at.desc())
    )
    return {goal_id: (mark, at) for goal_id, mark, at in work.session.execute(wanted)}
