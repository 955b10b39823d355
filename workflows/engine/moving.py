"""Move a case on until only people, time and messages are awaited."""

from collections.abc import Iterator
from contextlib import contextmanager

from SpiffWorkflow.util.task import TaskState

from workflows.engine.case import Case, SubCase
from workflows.engine.compact import compact
from workflows.engine.environment import failure
from workflows.engine.step import EngineError, StepFailed

MOST_STEPS = 5_000
"""A diagram that makes more steps in one act turns in a circle without waiting for anybody."""

_STEPS_BETWEEN_COMPACTIONS = 64


@contextmanager
def in_words(case: Case) -> Iterator[None]:
    """Turn whatever goes wrong into a failure of the element at which it went wrong."""
    try:
        yield
    except EngineError:
        raise
    except Exception as problem:
        raise _unforeseen(case, problem) from problem


def advance(case: Case, *, keeps_history: bool = False) -> None:
    """Run all that needs nobody. An error leaves the case half advanced, to be thrown away."""
    _run_all(case, keeps_history)
    _refuse_standstill(case)


def _run_all(case: Case, keeps_history: bool) -> None:
    steps = 0
    while _has_more(case):
        task = case.ready.popleft()
        if task._state != TaskState.READY:
            continue
        steps += 1
        if steps > MOST_STEPS:
            raise failure(task, "too_many_steps", limit=MOST_STEPS)
        case.current = task
        task.run()
        if steps % _STEPS_BETWEEN_COMPACTIONS == 0 and not keeps_history:
            compact(case)


def _has_more(case: Case) -> bool:
    if case.has_news:
        case.has_news = False
        for task in list(case.watched):
            if task.is_waiting:
                task.task_spec.on_news(task)
    return bool(case.ready) or _settle(case)


def _settle(case: Case) -> bool:
    """Finish a process that has no token left; if there is none, let go on what waited for stillness."""
    for flow in reversed(case.flows()):
        if not flow.completed and all(task.is_finished for task in flow.tasks.values()):
            flow.completed = True
            if not isinstance(flow, SubCase):
                return False
            flow.owner.task_spec.finish(flow.owner, flow)
            return True
    return any(task.is_waiting and task.task_spec.on_stillness(task) for task in case.watched)


def _refuse_standstill(case: Case) -> None:
    """Fail rather than wait for ever: nobody would ever hear of this case again."""
    stuck = None
    for task in case.live_tasks():
        if task._state == TaskState.READY or task.task_spec.is_awaited_outside:
            return
        stuck = task if task.is_waiting or stuck is None else stuck
    if stuck is not None:
        raise failure(stuck, "stands_still")


def _unforeseen(case: Case, problem: Exception) -> StepFailed:
    reason = f"{type(problem).__name__}: {problem}"
    if case.current is None:
        name = case.spec.description or ""
        return StepFailed.at(case.spec.name, name, "unforeseen", problem, reason=reason)
    return failure(case.current, "unforeseen", problem, reason=reason)
