"""Events: catching, thrown, at the edge of an activity, at the end."""

from typing import Any

from SpiffWorkflow.bpmn.specs.control import BoundaryEventSplit
from SpiffWorkflow.util.task import TaskState

from workflows.engine.case import CaseTask
from workflows.engine.environment import failure
from workflows.engine.messages import compose
from workflows.engine.specs.activities import Mapped
from workflows.engine.specs.nodes import Node, cancel_waiting
from workflows.engine.specs.triggers import (
    CycleTrigger,
    DateTrigger,
    ErrorTrigger,
    EscalationTrigger,
    MessageTrigger,
    TerminateTrigger,
    Trigger,
)


class CatchEvent(Mapped):
    """Waits for its trigger: a catching event, a receive task, a start event (which waits for nothing)."""

    trigger = Trigger()

    @property
    def is_watched(self) -> bool:  # type: ignore[override]
        return self.trigger.is_watched

    @property
    def is_awaited_outside(self) -> bool:  # type: ignore[override]
        return isinstance(self.trigger, DateTrigger | CycleTrigger | MessageTrigger)

    def _update_hook(self, my_task: CaseTask) -> bool | None:
        if not self.trigger.is_awaited:
            return True
        self.arm(my_task)
        return None

    def arm(self, my_task: CaseTask) -> None:
        my_task._set_state(TaskState.WAITING)
        self.trigger.arm(my_task)
        self.watch(my_task)

    def watch(self, my_task: CaseTask) -> None:
        if self.trigger.is_watched:
            my_task.workflow.top_workflow.watched.append(my_task)
            my_task.workflow.top_workflow.has_news = True

    def on_news(self, my_task: CaseTask) -> None:
        if self.trigger.is_watched and self.trigger.has_come(my_task):  # type: ignore[attr-defined]
            my_task._ready()


class BoundaryEvent(CatchEvent):
    """Waits at the edge of an activity for as long as it runs."""

    interrupts = True
    is_urgent = True

    def _run_hook(self, my_task: CaseTask) -> bool:
        split = my_task.parent
        if self.interrupts:
            split.task_spec.interrupt(split, my_task)
        elif split.task_spec.is_running(split):
            self._wait_again(my_task, split)
        return True

    def _wait_again(self, my_task: CaseTask, split: CaseTask) -> None:
        again = split._add_child(self, TaskState.WAITING)
        if self.trigger.arm_again(my_task, again):
            self.watch(again)
        else:
            again._set_state(TaskState.CANCELLED)


class BoundarySplit(Node, BoundaryEventSplit):
    """Stands before an activity with events at its edge and holds them together."""

    holds_children = True
    activity: Any = None

    def __init__(self, wf_spec: Any, name: str) -> None:
        super().__init__(wf_spec, name)
        self.bpmn_id = None

    def child_done(self, my_task: CaseTask, child: CaseTask) -> None:
        if child.task_spec is self.activity:
            cancel_waiting([task for task in my_task.children if task is not child])

    def interrupt(self, my_task: CaseTask, event: CaseTask) -> None:
        """End the activity and the other events at its edge."""
        for task in my_task.children:
            if task is not event:
                task.cancel()

    def is_running(self, my_task: CaseTask) -> bool:
        return any(task.task_spec is self.activity and not task.is_finished for task in my_task.children)


class ThrowEvent(Mapped):
    """Throws what its trigger says, and goes on: a throwing event, a send task, an end event."""

    trigger = Trigger()

    def _run_hook(self, my_task: CaseTask) -> bool:
        trigger = self.trigger
        if isinstance(trigger, MessageTrigger):
            message = compose(my_task, trigger.name, self.read_inputs(my_task))
            my_task.workflow.top_workflow.sent.append(message)
        elif isinstance(trigger, EscalationTrigger):
            throw_up(my_task, trigger)
        elif isinstance(trigger, ErrorTrigger) and not throw_up(my_task, trigger):
            raise failure(my_task, "error_not_caught", error=trigger.code or "")
        return True


class EndEvent(ThrowEvent):
    """Ends its token, or with `terminate` all tokens of its process."""

    def _on_complete_hook(self, my_task: CaseTask) -> None:
        if isinstance(self.trigger, TerminateTrigger):
            for task in list(my_task.workflow.tasks.values()):
                task.cancel()


def throw_up(my_task: CaseTask, thrown: ErrorTrigger | EscalationTrigger) -> bool:
    """Look for who catches it, from the process it was thrown in outwards; say whether somebody did."""
    flow = my_task.workflow
    while flow.parent_workflow is not None:
        owner = flow.owner
        holder = owner.parent if owner.triggered else owner
        catcher = _catcher(holder.parent, thrown)
        if catcher is not None:
            if catcher.task_spec.interrupts:
                owner.task_spec.hand_over(owner, flow)
                holder.cancel()
            catcher._ready()
            return True
        flow = owner.workflow
    return False


def _catcher(split: CaseTask, thrown: ErrorTrigger | EscalationTrigger) -> CaseTask | None:
    """Find the event that catches exactly this code, or else all codes."""
    if not isinstance(split.task_spec, BoundarySplit):
        return None
    waiting = [task for task in split.children if task.is_waiting]
    catching = [task for task in waiting if isinstance(task.task_spec, BoundaryEvent)]
    matching = [task for task in catching if _catches(task.task_spec.trigger, thrown)]
    return min(matching, key=lambda task: task.task_spec.trigger.code is None, default=None)


def _catches(trigger: Any, thrown: ErrorTrigger | EscalationTrigger) -> bool:
    return isinstance(trigger, type(thrown)) and trigger.catches(thrown)
