"""Forget what is finished, so that a case costs the same at its first meeting and at its five thousandth.

The library keeps every task that ever ran and nests each turn of a loop deeper. Our nodes need no history
(see `specs/nodes.py`): a token that has arrived carries what it needs. So only tasks that live are kept, and
of the finished ones only those that hold a living one together with its siblings: the split before an
activity with events at its edge, and an event gateway. Everything hangs directly under the root, a held task
under its holder; the tree is never deeper than root, split, multi-instance, instance.
"""

from SpiffWorkflow.util.task import TaskState

from workflows.engine.case import Case, CaseTask, SubCase


def compact(case: Case) -> None:
    """Keep of all processes in the case only what lives, and what holds it."""
    for flow in case.flows():
        _compact_flow(flow)
    case.watched = [task for task in case.watched if task.is_waiting]


def _compact_flow(flow: Case | SubCase) -> None:
    root = flow.task_tree
    kept = {root.id: root}
    holders = {
        task.id: holder_of(task) for task in flow.tasks.values() if not task._state & TaskState.FINISHED_MASK
    }
    needed = {holder.id for holder in holders.values() if holder is not None}
    for task_id, task in flow.tasks.items():
        if task_id in holders or task_id in needed:
            task._children = []
            kept[task_id] = task
    root._children = []
    for task in list(kept.values())[1:]:
        _hang(task, holders.get(task.id) or root)
    # The order of the tasks is the order they came in, and so a parent always stands before its children.
    flow.tasks = kept


def _hang(task: CaseTask, parent: CaseTask) -> None:
    task._parent = parent.id
    parent._children.append(task.id)


def holder_of(task: CaseTask) -> CaseTask | None:
    """Give the task that has to stay beside this one for as long as this one lives."""
    parent = task.parent
    if parent is not None and (task.triggered or parent.task_spec.holds_children):
        return parent  # type: ignore[no-any-return]
    return None
