"""What waits beside a running activity, or behind an event gateway: it may end and begin by a migration."""

from collections.abc import Iterator
from typing import Any, Protocol

from SpiffWorkflow.util.task import TaskState

from workflows.engine.case import Case, CaseTask, SubCase
from workflows.engine.migrate_words import Change, Renaming
from workflows.engine.specs.events import BoundaryEvent, BoundarySplit
from workflows.engine.specs.gateways import EventGateway


class Pair(Protocol):
    """A running process and its spec in the new version."""

    @property
    def flow(self) -> Case | SubCase: ...
    @property
    def spec(self) -> Any: ...


class Edges:
    """The events beside the living tasks of one process, before and after."""

    def __init__(self, pair: Pair, renaming: Renaming) -> None:
        self._flow = pair.flow
        self._spec = pair.spec
        self._renaming = renaming
        # Taken before the tokens are put on their new nodes, for it compares the two versions.
        self._ending = [task for task in self._events() if self._has_no_place(task)]
        self._beginning = [(task, spec) for task in self._anchors() for spec in self._added_to(task)]
        self._bare = [task for task in self._splits() if self._new_split(task.task_spec.activity) is None]

    def may_end(self, task: CaseTask) -> bool:
        """Say whether this task may simply be taken away: an event at an edge, or its empty holder."""
        return task in self._ending or task in self._bare

    def obstacles(self) -> Iterator[Change]:
        """Find event gateways of which no event would be left."""
        for task in self._flow.tasks.values():
            is_open = isinstance(task.task_spec, EventGateway) and bool(task.children)
            if is_open and all(child in self._ending for child in task.children):
                yield Change("all_events_gone", task.task_spec.bpmn_id, task.task_spec.bpmn_name or "")

    def changes(self) -> Iterator[Change]:
        """Say which events end and which begin."""
        for task in self._ending:
            yield Change("event_ends", task.task_spec.bpmn_id, task.task_spec.bpmn_name or "")
        for _, spec in self._beginning:
            yield Change("event_begins", spec.bpmn_id, spec.bpmn_name or "")

    def change(self) -> None:
        """Take away what ends and begin what begins; the tokens already stand on their new nodes."""
        for task in self._ending:
            task._set_state(TaskState.CANCELLED)
        for task in self._bare:
            _release(task, self._flow.task_tree)
        for anchor, spec in self._beginning:
            event = self._holder(anchor)._add_child(spec)
            event.task_spec._update(event)

    def _events(self) -> Iterator[CaseTask]:
        for task in self._flow.tasks.values():
            holder = task.parent
            if holder is None or task.is_finished:
                continue
            if isinstance(task.task_spec, BoundaryEvent) or isinstance(holder.task_spec, EventGateway):
                yield task

    def _splits(self) -> Iterator[CaseTask]:
        for task in self._flow.tasks.values():
            if isinstance(task.task_spec, BoundarySplit):
                yield task

    def _has_no_place(self, task: CaseTask) -> bool:
        new = self._spec.task_specs.get(self._renaming.node(task.task_spec))
        holder = task.parent.task_spec
        if isinstance(holder, BoundarySplit):
            split = self._new_split(holder.activity)
            return split is None or new not in split.outputs
        gateway = self._spec.task_specs.get(self._renaming.node(holder))
        return new is None or (gateway is not None and new not in gateway.outputs)

    def _new_split(self, activity: Any) -> Any:
        return self._spec.task_specs.get(f"{self._renaming.node(activity)}.BoundaryEventSplit")

    def _anchors(self) -> Iterator[CaseTask]:
        """List the running activities, and the event gateways that still wait."""
        for task in self._flow.tasks.values():
            is_beside = isinstance(task.task_spec, BoundaryEvent | BoundarySplit) or task.triggered
            is_open_gateway = isinstance(task.task_spec, EventGateway) and bool(task.children)
            if task is self._flow.task_tree or is_beside:
                continue
            if not task.is_finished or is_open_gateway:
                yield task

    def _added_to(self, task: CaseTask) -> Iterator[Any]:
        """List the events beside this task which the old version did not have there."""
        if isinstance(task.task_spec, EventGateway):
            new, old = self._spec.task_specs.get(self._renaming.node(task.task_spec)), task.task_spec
        else:
            new, old = self._new_split(task.task_spec), task.parent.task_spec
        known = {self._renaming.node(spec) for spec in old.outputs} if task.parent else set()
        for spec in new.outputs if new is not None else ():
            is_event = isinstance(spec, BoundaryEvent) or isinstance(task.task_spec, EventGateway)
            if is_event and spec.name not in known:
                yield spec

    def _holder(self, anchor: CaseTask) -> CaseTask:
        """Give the task that holds the events; make one if the activity had none at its edge before."""
        if isinstance(anchor.task_spec, EventGateway):
            return anchor
        holder: CaseTask = anchor.parent
        if not isinstance(holder.task_spec, BoundarySplit):
            split = self._spec.task_specs[f"{anchor.task_spec.name}.BoundaryEventSplit"]
            made = CaseTask(self._flow, split, holder, state=TaskState.COMPLETED)
            holder._children.remove(anchor.id)
            _stand_before(self._flow, made, anchor)
            holder = made
        return holder


def _release(split: CaseTask, root: CaseTask) -> None:
    """Let an activity stand alone that has nothing at its edge any more."""
    for child in split.children:
        child._parent = root.id
        root._children.append(child.id)
    split._children = []


def _stand_before(flow: Case | SubCase, holder: CaseTask, task: CaseTask) -> None:
    """Hang the task under its holder, which the saved list has to name before it."""
    task._parent = holder.id
    holder._children.append(task.id)
    tasks = dict(flow.tasks)
    del tasks[holder.id]
    flow.tasks = {}
    for task_id, one in tasks.items():
        if task_id == task.id:
            flow.tasks[holder.id] = holder
        flow.tasks[task_id] = one
