"""What a token carries, where the new version would read something else from it than the old one wrote."""

from typing import Any

from workflows.engine.case import CaseTask
from workflows.engine.specs.activities import ROLE, HumanTask
from workflows.engine.specs.loops import MultiInstance


def loses_results(task: CaseTask, new: Any) -> bool:
    """Say whether results would be collected of which the first are already forgotten."""
    old = task.task_spec
    if not isinstance(old, MultiInstance) or task.is_finished:
        return False
    begins_to_collect = new.results_name is not None and old.results_name is None
    return begins_to_collect and task.internal_data["done"] > 0


def carry_over(task: CaseTask, new: Any) -> None:
    """Rewrite what the token carries for its node of the new version."""
    old, notes = task.task_spec, task.internal_data
    if isinstance(old, HumanTask) and not task.is_finished and old.role != new.role:
        # Whoever was asked stays asked.
        notes.setdefault(ROLE, old.role)
    elif isinstance(old, MultiInstance) and not task.is_finished:
        if new.results_name is None:
            notes.pop("results", None)
        else:
            notes.setdefault("results", [None] * notes["total"])
        if old.item_name != new.item_name:
            _rename_items(task, old.item_name, new.item_name)


def _rename_items(task: CaseTask, old: str | None, new: str | None) -> None:
    """Call the item of every running instance by its new name."""
    for child in task.children:
        if child.triggered:
            own = child.data.maps[0]
            item = own.pop(old, None)
            if new is not None:
                own[new] = item
