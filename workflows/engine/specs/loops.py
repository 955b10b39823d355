"""Activities that run several times: multi-instance, side by side or one after another, and loops.

The library counts its instances in the tree and writes results in the order they come. Here the wrapping task
counts them, each result has its place, and every instance has a scope of its own.
"""

from typing import Any

from SpiffWorkflow.util.task import TaskState

from workflows.engine.case import CaseTask
from workflows.engine.environment import failure
from workflows.engine.specs.nodes import Node

MOST_INSTANCES = 1000
COUNTER = "loopCounter"


class Repeated(Node):
    """Wraps an activity; its instances are children of its task."""

    def add_instance(self, my_task: CaseTask, own: dict[str, Any] | None) -> None:
        """Start one more instance, with a scope of its own if it has data of its own."""
        child = my_task._add_child(self.inner)
        child.triggered = True
        if own is not None:
            child.data = my_task.data.new_child(own)
        child.task_spec._update(child)

    def is_shown(self, my_task: CaseTask) -> bool:
        """Each instance is shown when it completes; the wrapper only if there was none."""
        return not my_task.internal_data.get("done")

    def _on_ready_hook(self, my_task: CaseTask) -> None:
        my_task.internal_data.pop("items", None)


class StandardLoop(Repeated):
    """Repeats while its condition holds, at most so many times."""

    condition: str | None = None
    maximum: int | None = None
    tests_before = False

    def _update_hook(self, my_task: CaseTask) -> bool | None:
        my_task.internal_data["done"] = 0
        if self.tests_before and not self._goes_on(my_task):
            return True
        my_task._set_state(TaskState.STARTED)
        self.add_instance(my_task, None)
        return None

    def instance_done(self, my_task: CaseTask, child: CaseTask) -> None:
        my_task.internal_data["done"] += 1
        if self._goes_on(my_task):
            self.add_instance(my_task, None)
        else:
            my_task._ready()

    def _goes_on(self, my_task: CaseTask) -> bool:
        if self.maximum is not None and my_task.internal_data["done"] >= self.maximum:
            return False
        return self.condition is None or my_task.workflow.script_engine.holds(my_task, self.condition)


class MultiInstance(Repeated):
    """Runs once for each item of a list."""

    is_sequential = False
    collection: str | None = None
    cardinality: str | None = None
    item_name: str | None = None
    results_name: str | None = None
    result: str | None = None
    completion: str | None = None

    def _update_hook(self, my_task: CaseTask) -> bool | None:
        items = self._items(my_task)
        notes = my_task.internal_data
        notes.update(total=len(items), begun=0, done=0)
        if self.results_name:
            notes["results"] = [None] * len(items)
        if not items:
            self._keep_results(my_task)
            return True
        my_task._set_state(TaskState.STARTED)
        if self.is_sequential:
            notes["items"] = items
            self._begin_next(my_task, items[0])
        else:
            for item in items:
                self._begin_next(my_task, item)
        return None

    def _items(self, my_task: CaseTask) -> list[Any]:
        engine = my_task.workflow.script_engine
        if self.collection is not None:
            items = engine.evaluate(my_task, self.collection)
            if not isinstance(items, list):
                expression = self.collection.strip()
                raise failure(my_task, "not_a_list", expression=expression, value=repr(items))
        else:
            count = engine.evaluate(my_task, self.cardinality or "0")
            if not isinstance(count, int) or isinstance(count, bool) or count < 0:
                raise failure(my_task, "not_a_count", value=repr(count))
            items = list(range(1, min(count, MOST_INSTANCES + 1) + 1))
        if len(items) > MOST_INSTANCES:
            raise failure(my_task, "too_many_instances", limit=MOST_INSTANCES)
        return items

    def _begin_next(self, my_task: CaseTask, item: Any) -> None:
        my_task.internal_data["begun"] += 1
        own = {COUNTER: my_task.internal_data["begun"]}
        if self.item_name:
            own[self.item_name] = item
        self.add_instance(my_task, own)

    def instance_done(self, my_task: CaseTask, child: CaseTask) -> None:
        notes = my_task.internal_data
        notes["done"] += 1
        self._take_result(my_task, child)
        if notes["done"] == notes["total"] or self._is_enough(my_task, child):
            self._keep_results(my_task)
            for sibling in my_task.children:
                if sibling.triggered:
                    sibling.cancel()
            my_task._ready()
        elif self.is_sequential:
            self._begin_next(my_task, notes["items"][notes["begun"]])

    def _take_result(self, my_task: CaseTask, child: CaseTask) -> None:
        own = child.data.maps[0]
        if self.results_name and self.result:
            place = own[COUNTER] - 1
            my_task.internal_data["results"][place] = my_task.workflow.script_engine.evaluate(
                child, self.result
            )
        elif not self.results_name:
            for name in own.keys() - {COUNTER, self.item_name}:
                my_task.workflow.script_engine.keep(my_task, name, own[name])

    def _is_enough(self, my_task: CaseTask, child: CaseTask) -> bool:
        if self.completion is None:
            return False
        notes = my_task.internal_data
        counts = {
            "numberOfInstances": notes["total"],
            "numberOfCompletedInstances": notes["done"],
            "numberOfActiveInstances": 0 if self.is_sequential else notes["total"] - notes["done"],
            "numberOfTerminatedInstances": 0,
        }
        return bool(
            my_task.workflow.script_engine.holds(child, self.completion, child.data.new_child(counts))
        )

    def _keep_results(self, my_task: CaseTask) -> None:
        if self.results_name:
            results = my_task.internal_data.pop("results")
            my_task.workflow.script_engine.keep(my_task, self.results_name, results)
