"""A running case in memory: the library's workflow and task, with one shared data scope for each process.

The library copies data from task to task and merges the copies at joins, by index where they are lists. Here
all tokens of a process share one scope, as BPMN says; instances of a multi-instance see through their own.
The library's log extras and its reading of the machine's clock are left out: they cost more than the step.
"""

from collections import ChainMap, deque
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.task import Task
from SpiffWorkflow.util.task import TaskState

from workflows.engine.step import Sent

Scope = ChainMap[str, Any]
"""Reads look through all enclosing scopes, writes stay in the first."""


class CaseTask(Task):
    """A token on a node of the diagram."""

    workflow: Any
    task_spec: Any
    data: Any

    def __init__(
        self,
        workflow: "Case | SubCase",
        task_spec: Any,
        parent: "CaseTask | None" = None,
        state: int = TaskState.FUTURE,
        id: UUID | None = None,
    ) -> None:
        self.id = id or uuid4()
        self.workflow = workflow
        self.task_spec = task_spec
        self.triggered = False
        self.thread_id = 0
        self.last_state_change = 0.0
        self.internal_data: dict[str, Any] = {}
        self.data = parent.data if parent is not None else workflow.scope
        self._state = state
        self._parent = parent.id if parent is not None else None
        self._children: list[UUID] = []
        workflow.tasks[self.id] = self
        if parent is not None:
            parent._children.append(self.id)

    @property  # type: ignore[misc]
    def parent(self) -> Any:
        return self.workflow.tasks.get(self._parent)

    @property  # type: ignore[misc]
    def children(self) -> list["CaseTask"]:  # type: ignore[override]
        return [self.workflow.tasks[child] for child in self._children]

    @property
    def is_finished(self) -> bool:
        return bool(self._state & TaskState.FINISHED_MASK)

    @property
    def is_waiting(self) -> bool:
        return bool(self._state == TaskState.WAITING)

    def _add_child(self, task_spec: Any, state: int = TaskState.FUTURE) -> "CaseTask":
        return CaseTask(self.workflow, task_spec, self, state=state)

    def _set_state(self, value: int) -> None:
        self._state = value
        if value == TaskState.READY and not self.task_spec.manual:
            ready = self.workflow.top_workflow.ready
            ready.appendleft(self) if self.task_spec.is_urgent else ready.append(self)

    def _inherit_data(self) -> None:
        """Do nothing: all tokens of a scope share its data."""

    def complete(self) -> None:
        """Mark it completed, tell so, and let its spec go on from here."""
        self._set_state(TaskState.COMPLETED)
        self.workflow.top_workflow.note_passed(self)
        self.task_spec._on_complete(self)

    def cancel(self) -> None:
        """Cancel it with its instances and everything that runs inside it."""
        doomed = [self]
        while doomed:
            task = doomed.pop()
            if task.is_finished:
                continue
            task._set_state(TaskState.CANCELLED)
            inside = task.workflow.top_workflow.subprocesses.pop(task.id, None)
            if inside is not None:
                inside.completed = True
                doomed.extend(inside.tasks.values())
            doomed.extend(child for child in task.children if child.triggered)


class Case(BpmnWorkflow):
    """The process a case was started with, and by it everything that runs inside."""

    spec: Any
    tasks: dict[UUID, CaseTask]
    task_tree: CaseTask

    def __init__(self, spec: Any, subprocess_specs: dict[str, Any], environment: Any, scope: Scope) -> None:
        super().__init__(spec, subprocess_specs, environment, deserializing=True)
        self.scope = scope
        self.ready: deque[CaseTask] = deque()
        self.watched: list[CaseTask] = []
        self.passed: list[str] = []
        self.sent: list[Sent] = []
        self._relative: set[Any] = set()
        self.has_news = False
        self.current: CaseTask | None = None

    @property
    def now(self) -> datetime:
        return self.script_engine.now  # type: ignore[no-any-return]

    def flows(self) -> list["Case | SubCase"]:
        """List this process and all that run inside, each after the one that holds it."""
        return [self, *self.subprocesses.values()]

    def live_tasks(self) -> Iterator[CaseTask]:
        for flow in self.flows():
            for task in flow.tasks.values():
                if not task.is_finished:
                    yield task

    def find_task(self, task_id: str) -> CaseTask | None:
        try:
            wanted = UUID(task_id)
        except ValueError:
            return None
        return next((flow.tasks[wanted] for flow in self.flows() if wanted in flow.tasks), None)

    def note_relative(self, task: CaseTask) -> None:
        """Remember for this step that what a task waits for was said as so long after now."""
        self._relative.add(task.id)

    def is_relative(self, task: CaseTask) -> bool:
        """Say whether what the task waits for was said in this step, as so long after now."""
        return task.id in self._relative

    def note_passed(self, task: CaseTask) -> None:
        if task.task_spec.is_shown(task):
            self.passed.append(task.task_spec.bpmn_id)

    def open_subprocess(self, owner: CaseTask, spec_name: str, scope: Scope) -> "SubCase":
        """Create what runs inside `owner`; nothing moves in it yet."""
        inside = SubCase(self.subprocess_specs[spec_name], owner, self, scope)
        self.subprocesses[owner.id] = inside
        return inside


class SubCase(BpmnSubWorkflow):
    """An embedded subprocess or a called process that runs inside a case."""

    spec: Any
    tasks: dict[UUID, CaseTask]
    task_tree: CaseTask

    def __init__(self, spec: Any, owner: CaseTask, top: Case, scope: Scope) -> None:
        self.owner = owner
        self.scope = scope
        super().__init__(spec, owner.id, top, deserializing=True)

    @property
    def parent_workflow(self) -> "Case | SubCase":
        return self.owner.workflow  # type: ignore[no-any-return]


def begin(flow: Case | SubCase) -> None:
    """Put the first token behind the start of a process."""
    root = CaseTask(flow, flow.spec.start, state=TaskState.COMPLETED)
    flow.task_tree = root
    flow.spec.start.follow(root)
