"""Parallel branches that are open: they must meet again in the new version, and all of them.

A token that stands inside a branch never passes the gateway that opened it again. So a branch that is added
to an open region would never start, and its join would wait for ever; and without the join, what comes after
it would be done once for each branch.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from workflows.engine.case import Case, CaseTask, SubCase
from workflows.engine.migrate_words import Change, Renaming
from workflows.engine.specs.events import BoundaryEvent, BoundarySplit
from workflows.engine.specs.gateways import CAME_FROM, ParallelGateway


def lost_regions(flow: Case | SubCase, spec: Any, renaming: Renaming) -> Iterator[Change]:
    """Say where open branches would not meet again, or would wait for one that never starts."""
    tokens = [task for task in flow.tasks.values() if _is_token(task, flow)]
    olds = {renaming.node(old): old for old in _joins(flow.spec)}
    for name, join in olds.items():
        yield from _not_met_again(join, spec.task_specs.get(name), tokens, spec, renaming)
    for join in _joins(spec):
        old = olds.get(join.name)
        if old is None or Counter(map(renaming.name, old._inputs)) != Counter(join._inputs):
            yield from _never_started(join, tokens, spec, renaming)


def _is_token(task: CaseTask, flow: Case | SubCase) -> bool:
    is_beside = isinstance(task.task_spec, BoundaryEvent | BoundarySplit)
    return not (task is flow.task_tree or task.is_finished or task.triggered or is_beside)


def _joins(spec: Any) -> list[Any]:
    nodes = spec.task_specs.values()
    return [node for node in nodes if isinstance(node, ParallelGateway) and len(node._inputs) > 1]


def _not_met_again(
    old: Any, new: Any, tokens: list[CaseTask], spec: Any, renaming: Renaming
) -> Iterator[Change]:
    inside = [task for task in tokens if task.task_spec is old or old.name in _reach(task.task_spec, old)]
    if len(inside) < 2:
        return
    if not isinstance(new, ParallelGateway):
        yield Change("parallel_gateway_gone", old.bpmn_id, old.bpmn_name or "")
        return
    for task in inside:
        node = spec.task_specs[renaming.node(task.task_spec)]
        if node is not new and new.name not in _reach(node, new):
            yield Change("leaves_parallel_branches", node.bpmn_id, node.bpmn_name or "")


def _never_started(join: Any, tokens: list[CaseTask], spec: Any, renaming: Renaming) -> Iterator[Change]:
    reached: set[str] = set()
    for task in tokens:
        node = spec.task_specs[renaming.node(task.task_spec)]
        if node is join:
            reached.add(renaming.name(task.internal_data[CAME_FROM]))
        else:
            reached |= _reach(node, join)
    if reached.isdisjoint(join._inputs):
        return
    for name in dict.fromkeys(join._inputs):
        if name not in reached:
            node = spec.task_specs[name]
            yield Change("branch_never_started", node.bpmn_id or name, node.bpmn_name or "")


def _reach(start: Any, end: Any) -> set[str]:
    """Name the nodes that a token on `start` may come to, up to `end` and not through it."""
    reached: set[str] = set()
    ahead = [start]
    while ahead:
        node = ahead.pop()
        if node.name not in reached:
            reached.add(node.name)
            if node is not end:
                ahead.extend(node.outputs)
    return reached
