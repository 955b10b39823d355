"""The same act on many tasks: each stands for itself, and one refusal undoes nothing of the others."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from workflows.operations.assignments import assign_task, claim_task
from workflows.operations.follow_ups import follow_up
from workflows.operations.tasks import complete_task
from workflows.queries.held import TASK
from workflows.queries.task_forms import get_form
from workflows.refusals import Complaint, Conflict, Invalid, Refusal
from workflows.work import Work

MOST = 100


@dataclass(frozen=True)
class Outcome:
    """What became of one task; without a refusal it is done."""

    task_id: uuid.UUID
    refusal: Refusal | None = None


def claim_together(work: Work, task_ids: Sequence[uuid.UUID]) -> list[Outcome]:
    """Take several tasks."""
    return _each(work, task_ids, lambda task_id: claim_task(work, task_id))


def assign_together(work: Work, task_ids: Sequence[uuid.UUID], person_id: uuid.UUID) -> list[Outcome]:
    """Give several tasks to somebody."""
    return _each(work, task_ids, lambda task_id: assign_task(work, task_id, person_id))


def follow_up_together(work: Work, task_ids: Sequence[uuid.UUID], day: date | None) -> list[Outcome]:
    """Note for several tasks the day to look at them again."""
    return _each(work, task_ids, lambda task_id: follow_up(work, task_id, day))


def complete_together(work: Work, task_ids: Sequence[uuid.UUID]) -> list[Outcome]:
    """Mark several tasks as done that ask nothing; one that asks questions is answered by itself."""
    return _each(work, task_ids, lambda task_id: _complete_unasked(work, task_id))


def _complete_unasked(work: Work, task_id: uuid.UUID) -> None:
    if get_form(work, task_id) is not None:
        raise Conflict("task_asks_questions")
    complete_task(work, task_id, {})


def _each(work: Work, task_ids: Sequence[uuid.UUID], act: Callable[[uuid.UUID], object]) -> list[Outcome]:
    wanted = list(dict.fromkeys(task_ids))
    if not 0 < len(wanted) <= MOST:
        raise Invalid({"task": [Complaint("wrong_number_of_tasks", limit=MOST)]})
    done = {task_id: _one(work, task_id, act) for task_id in _in_order(work, wanted)}
    return [done[task_id] for task_id in wanted]


def _in_order(work: Work, wanted: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    """Put them in the order of their cases: two who do this at once never wait for each other in a circle."""
    known = work.session.connection().execute(select(TASK.c.id, TASK.c.case_id).where(TASK.c.id.in_(wanted)))
    cases = {task_id: case_id.int for task_id, case_id in known}
    return sorted(wanted, key=lambda task_id: (cases.get(task_id, 0), task_id.int))


def _one(work: Work, task_id: uuid.UUID, act: Callable[[uuid.UUID], object]) -> Outcome:
    try:
        with work.session.begin_nested():
            act(task_id)
    except Refusal as refusal:
        return Outcome(task_id, refusal)
    return Outcome(task_id)
