"""Start a case, complete a task, fire a timer, receive a message: state in, state and what changed out.

Nothing here keeps anything between two calls. If a step fails, the case it had half advanced is thrown away
and the state that was given in stays valid.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from SpiffWorkflow.util.task import TaskState

from workflows.engine import state as states
from workflows.engine.case import Case, CaseTask, Scope, begin
from workflows.engine.compact import compact
from workflows.engine.definitions import Definitions
from workflows.engine.environment import Environment
from workflows.engine.moving import advance, in_words
from workflows.engine.specs.triggers import CycleTrigger, DateTrigger, MessageTrigger
from workflows.engine.step import CallService, NothingWaits, Step, StepFailed
from workflows.engine.values import NotPlain, kept, small
from workflows.engine.waiting import Waiting, difference, waiting_in

_NO_TIME = datetime.min.replace(tzinfo=UTC)


def start(
    definitions: Definitions,
    process: str,
    variables: Mapping[str, Any],
    *,
    now: datetime,
    call_service: CallService,
) -> Step:
    """Start a case of this process."""
    spec, inner = definitions.specs(process)
    try:
        scope = Scope(kept(variables))
    except NotPlain as problem:
        raise StepFailed.at(process, definitions.title(process), "data_not_kept", problem) from problem
    case = Case(spec, inner, Environment(definitions, now, call_service), scope)
    with in_words(case):
        begin(case)
        return _go_on(case, Waiting())


def complete(
    definitions: Definitions,
    state: bytes,
    task_id: str,
    answers: Mapping[str, Any],
    *,
    now: datetime,
    call_service: CallService,
) -> Step:
    """Complete a task that is open; its answers are kept under the id of its element."""
    case = _load(definitions, state, now, call_service)
    task = case.find_task(task_id)
    if task is None or task._state != TaskState.READY:
        raise NothingWaits(f"no open task {task_id}")
    before = waiting_in(case)
    case.current = task
    with in_words(case):
        if answers or not task.task_spec.is_manual:
            task.task_spec.keep_result(task, task.task_spec.bpmn_id, small(answers))
        task.run()
        return _go_on(case, before)


def fire_timer(
    definitions: Definitions, state: bytes, timer_id: str, *, now: datetime, call_service: CallService
) -> Step:
    """Fire a timer that runs. Whether it is due is for the caller to know."""
    case = _load(definitions, state, now, call_service)
    task = _waiting_event(case, timer_id, DateTrigger | CycleTrigger)
    before = waiting_in(case)
    with in_words(case):
        task._ready()
        return _go_on(case, before)


def receive(
    definitions: Definitions,
    state: bytes,
    awaited_id: str,
    payload: Mapping[str, Any],
    *,
    now: datetime,
    call_service: CallService,
) -> Step:
    """Hand over a message that is awaited; its payload is kept under the id of the element that caught it."""
    case = _load(definitions, state, now, call_service)
    task = _waiting_event(case, awaited_id, MessageTrigger)
    before = waiting_in(case)
    with in_words(case):
        task.task_spec.keep_result(task, task.task_spec.bpmn_id, payload)
        task._ready()
        return _go_on(case, before)


def standing(definitions: Definitions, state: bytes) -> Step:
    """Say all that a case waits for now; nothing moves."""
    case = _load(definitions, state, _NO_TIME, _no_service)
    return difference(Waiting(), waiting_in(case), case, state)


def _load(definitions: Definitions, state: bytes, now: datetime, call_service: CallService) -> Case:
    return states.load(definitions, state, Environment(definitions, now, call_service))


def _no_service(operator: str, _inputs: Mapping[str, Any]) -> Any:
    raise RuntimeError(f"{operator} is not called while nothing moves")


def _waiting_event(case: Case, task_id: str, kind: Any) -> CaseTask:
    task = case.find_task(task_id)
    if task is None or not task.is_waiting or not isinstance(getattr(task.task_spec, "trigger", None), kind):
        raise NothingWaits(f"nothing waits as {task_id}")
    case.current = task
    return task


def _go_on(case: Case, before: Waiting) -> Step:
    advance(case)
    compact(case)
    return difference(before, waiting_in(case), case, states.save(case))
