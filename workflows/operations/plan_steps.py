"""Operations on the steps of a pair's plan: tick one off, and take that back."""

import uuid

from models.goals import Goal, PlanStep
from models.pairs import OVER, Pair
from workflows.access import Permission, require
from workflows.queries.cases import get_subject
from workflows.records import days, pairs
from workflows.refusals import Conflict, NotFound
from workflows.work import Work


def tick_step(work: Work, step_id: uuid.UUID) -> uuid.UUID:
    """Note that a step of the plan is done today; return of which pair it is."""
    step, pair, role = _hold(work, step_id)
    if step.done_on is None:
        step.done_on = days.today(work, pair.organisation_id)
        pairs.note(work, pair, "plan.step_done", {"step": step.id, "name": step.text}, role)
    return pair.id


def untick_step(work: Work, step_id: uuid.UUID) -> uuid.UUID:
    """Take back that a step of the plan is done; return of which pair it is."""
    step, pair, role = _hold(work, step_id)
    if step.done_on is not None:
        details = {"step": step.id, "name": step.text, "done_on": step.done_on}
        step.done_on = None
        pairs.note(work, pair, "plan.step_undone", details, role)
    return pair.id


def _hold(work: Work, step_id: uuid.UUID) -> tuple[PlanStep, Pair, str]:
    step = work.session.get(PlanStep, step_id, with_for_update=True)
    if step is None:
        raise NotFound(noun="pair")
    goal = work.session.get_one(Goal, step.goal_id)
    pair = work.session.get_one(Pair, goal.pair_id)
    role = require(work, Permission.PAIR_TICK, get_subject(work, pair.case_id))
    if pair.status in OVER:
        raise Conflict("pair_is_over")
    if goal.dropped_at is not None:
        raise Conflict("plan_was_replaced")
    return step, pair, role
