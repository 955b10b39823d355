"""What all nodes of a diagram have in common: how a token arrives, and how it goes on.

The library predicts the tree of tasks ahead and looks back through it at joins; both grow with the history.
Here a task knows nothing of what comes after it until it is completed, and nothing of what was before it
once it has arrived. That is what makes it possible to forget everything finished after each step.
"""

from typing import Any, NoReturn

from SpiffWorkflow.bpmn.specs.mixins.bpmn_spec_mixin import BpmnSpecMixin
from SpiffWorkflow.util.task import TaskState

from workflows.engine.case import CaseTask


class Node(BpmnSpecMixin):
    """A node of the diagram, or one of the library's making (`bpmn_id` is None)."""

    bpmn_id: Any

    holds_children = False
    """Whether its children mean something to it after it is completed, so that they must stay beside it."""

    is_watched = False
    """Whether its waiting tasks have to be asked when data has changed or nothing moves."""

    is_awaited_outside = False
    """Whether its waiting tasks wait for time or for a message."""

    inner: Any = None
    """The spec that it runs several times, if it does."""

    is_urgent = False
    """Whether it runs before everything that is ready: it may cancel the others."""

    def __init__(self, wf_spec: Any, bpmn_id: str, **kwargs: Any) -> None:
        super().__init__(wf_spec, bpmn_id, **kwargs)

    def serialize(self, serializer: Any, **kwargs: Any) -> NoReturn:
        """Refuse: the diagrams of a case are not part of its state."""
        raise TypeError("specs are read from the pack, never saved")

    def test(self) -> None:
        """Check nothing: a pack is checked as a whole before it is installed."""

    def _predict(self, my_task: CaseTask, seen: Any = None, looked_ahead: int = 0, mask: int = 0) -> None:
        """Predict nothing."""

    def _update_hook(self, my_task: CaseTask) -> bool | None:
        return True

    def _on_complete(self, my_task: CaseTask) -> None:
        self._on_complete_hook(my_task)
        if my_task.triggered:
            my_task.parent.task_spec.instance_done(my_task.parent, my_task)
            return
        holder = my_task.parent
        if holder is not None and holder.task_spec.holds_children:
            holder.task_spec.child_done(holder, my_task)
        self.follow(my_task)

    def follow(self, my_task: CaseTask) -> None:
        """Send a token along each outgoing flow."""
        self.send_to(my_task, self.outputs)

    def send_to(self, my_task: CaseTask, specs: list[Any]) -> None:
        children = [my_task._add_child(spec) for spec in specs]
        for child in children:
            child.task_spec._update(child)

    def child_done(self, my_task: CaseTask, child: CaseTask) -> None:
        """Hear that a child which it holds has completed."""

    def _run_hook(self, my_task: CaseTask) -> bool:
        return True

    def on_news(self, my_task: CaseTask) -> None:
        """Look at the data of the case, which has changed. Only watched tasks are asked."""

    def on_stillness(self, my_task: CaseTask) -> bool:
        """Say whether it moved, now that nothing else can. Only watched tasks are asked."""
        return False

    def is_shown(self, my_task: CaseTask) -> bool:
        """Say whether completing it is something that happened on the diagram."""
        return self.bpmn_id is not None


class StartNode(Node):
    """Stands before the start events of a process; the root of its tasks."""

    def __init__(self, wf_spec: Any, name: str) -> None:
        super().__init__(wf_spec, name)
        self.bpmn_id = None


class PlainTask(Node):
    """A task without a kind: it passes by itself."""


def cancel_waiting(tasks: list[CaseTask]) -> None:
    for task in tasks:
        if task._state & (TaskState.WAITING | TaskState.READY):
            task.cancel()
