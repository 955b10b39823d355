"""What a case waits for from outside: people, time and messages; and what changed in that by a step."""

from dataclasses import dataclass, field
from datetime import datetime

from SpiffWorkflow.util.task import TaskState

from workflows.engine.case import Case, CaseTask
from workflows.engine.specs.activities import ASSIGNEE, ROLE
from workflows.engine.specs.activities import DUE as TASK_DUE
from workflows.engine.specs.triggers import DUE, KEY, CycleTrigger, DateTrigger, MessageTrigger
from workflows.engine.step import Awaited, OpenTask, Step, Timer


@dataclass
class Waiting:
    """All that waits, by kind and id, in the order it began to wait."""

    tasks: dict[str, CaseTask] = field(default_factory=dict)
    timers: dict[str, CaseTask] = field(default_factory=dict)
    messages: dict[str, CaseTask] = field(default_factory=dict)


def waiting_in(case: Case) -> Waiting:
    """List what this case waits for from outside."""
    waiting = Waiting()
    for task in case.live_tasks():
        if task._state == TaskState.READY:
            waiting.tasks[str(task.id)] = task
        elif task.is_waiting:
            trigger = getattr(task.task_spec, "trigger", None)
            if isinstance(trigger, DateTrigger | CycleTrigger):
                waiting.timers[str(task.id)] = task
            elif isinstance(trigger, MessageTrigger):
                waiting.messages[str(task.id)] = task
    return waiting


def difference(before: Waiting, after: Waiting, case: Case, state: bytes) -> Step:
    """Say what a step has changed."""
    return Step(
        state=state,
        finished=bool(case.completed),
        opened=tuple(_open_task(task, case) for key, task in after.tasks.items() if key not in before.tasks),
        closed=tuple(key for key in before.tasks if key not in after.tasks),
        timers_started=tuple(
            _timer(task, case) for key, task in after.timers.items() if key not in before.timers
        ),
        timers_stopped=tuple(key for key in before.timers if key not in after.timers),
        awaited=tuple(_awaited(task) for key, task in after.messages.items() if key not in before.messages),
        no_longer_awaited=tuple(key for key in before.messages if key not in after.messages),
        sent=tuple(case.sent),
        variables=dict(case.scope),
        passed=tuple(case.passed),
    )


def _open_task(task: CaseTask, case: Case) -> OpenTask:
    spec = task.task_spec
    due = task.internal_data.get(TASK_DUE)
    return OpenTask(
        id=str(task.id),
        element=spec.bpmn_id,
        process=task.workflow.spec.process,
        name=spec.bpmn_name or "",
        role=task.internal_data.get(ROLE, spec.role),
        form=spec.form,
        due_at=datetime.fromisoformat(due) if due else None,
        is_manual=spec.is_manual,
        assignee=task.internal_data.get(ASSIGNEE, ""),
        is_relative=case.is_relative(task),
    )


def _timer(task: CaseTask, case: Case) -> Timer:
    spec = task.task_spec
    due = datetime.fromisoformat(task.internal_data[DUE])
    return Timer(
        id=str(task.id),
        element=spec.bpmn_id,
        name=spec.bpmn_name or "",
        due_at=due,
        is_relative=case.is_relative(task),
    )


def _awaited(task: CaseTask) -> Awaited:
    # The title of the event is for people; what the message must be called is the name of its trigger.
    key = task.internal_data[KEY]
    return Awaited(id=str(task.id), element=task.task_spec.bpmn_id, name=task.task_spec.trigger.name, key=key)
