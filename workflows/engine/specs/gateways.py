"""Gateways: which flows a token takes, and how many tokens it waits for.

A join counts tokens by the flow they came on, as BPMN says, and does not look at the history. So a join in a
loop is right in whatever order its branches finish.
"""

from collections import Counter
from typing import Any

from SpiffWorkflow.bpmn.specs.bpmn_task_spec import _BpmnCondition
from SpiffWorkflow.bpmn.specs.mixins.exclusive_gateway import ExclusiveGateway as LibraryExclusiveGateway
from SpiffWorkflow.bpmn.specs.mixins.inclusive_gateway import InclusiveGateway as LibraryInclusiveGateway
from SpiffWorkflow.bpmn.specs.mixins.parallel_gateway import ParallelGateway as LibraryParallelGateway
from SpiffWorkflow.util.task import TaskState

from workflows.engine.case import CaseTask
from workflows.engine.environment import failure
from workflows.engine.specs.nodes import Node, cancel_waiting

CAME_FROM = "from"


class FlowCondition(_BpmnCondition):
    """The condition of a flow: FEEL that gives true or false."""

    def __init__(self, expression: str) -> None:
        super().__init__(expression)

    def _matches(self, task: CaseTask) -> bool:
        return task.workflow.script_engine.holds(task, self.args[0])  # type: ignore[no-any-return]


class Choosing(Node):
    """A gateway whose flows have conditions; the flow without one is the default."""

    cond_task_specs: list[tuple[Any, str]]

    def choose(self, my_task: CaseTask, *, only_first: bool) -> list[Any]:
        """List the nodes behind the flows that a token takes."""
        specs = my_task.workflow.spec.task_specs
        chosen = []
        for condition, name in self.cond_task_specs:
            if condition is not None and condition._matches(my_task):
                chosen.append(specs[name])
                if only_first:
                    break
        chosen = chosen or [specs[name] for condition, name in self.cond_task_specs if condition is None]
        if not chosen:
            raise failure(my_task, "no_way_out")
        return chosen


class ExclusiveGateway(Choosing, LibraryExclusiveGateway):
    """Takes the first flow whose condition holds."""

    def follow(self, my_task: CaseTask) -> None:
        self.send_to(my_task, self.choose(my_task, only_first=True))


class Joining(Node):
    """A gateway at which tokens wait for one another."""

    def _update_hook(self, my_task: CaseTask) -> bool | None:
        if my_task._state == TaskState.FUTURE:
            my_task.internal_data[CAME_FROM] = my_task.parent.task_spec.name
            my_task._set_state(TaskState.WAITING)
        return None

    def arrivals(self, my_task: CaseTask) -> list[CaseTask]:
        """List the tokens that wait here, in the order they came."""
        return [
            task for task in my_task.workflow.tasks.values() if task.task_spec is self and task.is_waiting
        ]

    def consume(self, my_task: CaseTask, others: list[CaseTask]) -> None:
        for task in others:
            if task is not my_task:
                task._set_state(TaskState.CANCELLED)


class ParallelGateway(Joining, LibraryParallelGateway):
    """Takes one token from each incoming flow and gives one to each outgoing."""

    def _update_hook(self, my_task: CaseTask) -> bool | None:
        super()._update_hook(my_task)
        missing = Counter(self._inputs)
        taken = []
        for task in self.arrivals(my_task):
            if missing[task.internal_data[CAME_FROM]] > 0:
                missing[task.internal_data[CAME_FROM]] -= 1
                taken.append(task)
        if missing.total() > 0:
            return None
        self.consume(my_task, taken)
        return True


class InclusiveGateway(Choosing, Joining, LibraryInclusiveGateway):  # type: ignore[misc]
    """Waits for every token that can still reach it by an incoming flow which has none."""

    is_watched = True

    def _update_hook(self, my_task: CaseTask) -> bool | None:
        if len(self._inputs) == 1:
            return True
        Joining._update_hook(self, my_task)
        my_task.workflow.top_workflow.watched.append(my_task)
        return None

    def on_stillness(self, my_task: CaseTask) -> bool:
        """Let the waiting tokens go on as one, if no other token can still come."""
        arrivals = self.arrivals(my_task)
        filled = {task.internal_data[CAME_FROM] for task in arrivals}
        empty = set(self._inputs) - filled
        if any(self._is_expected(spec, empty, filled) for spec in self._elsewhere(my_task)):
            return False
        taken = {task.internal_data[CAME_FROM]: task for task in reversed(arrivals)}
        taken[my_task.internal_data[CAME_FROM]] = my_task
        self.consume(my_task, list(taken.values()))
        my_task._ready()
        return True

    def _elsewhere(self, my_task: CaseTask) -> list[Any]:
        tasks = my_task.workflow.tasks.values()
        return [
            t.task_spec for t in tasks if not t.is_finished and t.task_spec is not self and not t.triggered
        ]

    def _is_expected(self, spec: Any, empty: set[str], filled: set[str]) -> bool:
        reached = self._reach(spec)
        return not reached.isdisjoint(empty) and reached.isdisjoint(filled)

    def _reach(self, spec: Any) -> set[str]:
        reached: set[str] = set()
        ahead = [spec]
        while ahead:
            node = ahead.pop()
            if node is not self and node.name not in reached:
                reached.add(node.name)
                ahead.extend(node.outputs)
        return reached

    def follow(self, my_task: CaseTask) -> None:
        self.send_to(my_task, self.choose(my_task, only_first=False))


class EventGateway(Node):
    """Waits for the first of several events; each of them waits on its own, with its own timer or message."""

    holds_children = True

    def child_done(self, my_task: CaseTask, child: CaseTask) -> None:
        cancel_waiting([task for task in my_task.children if task is not child])
