"""Move a running case to another version of its diagrams, or say why it has to stay.

Nothing is moved before everything was looked at. What waits goes on waiting under its own id, with its due
date, its data and whatever runs inside it. A timer that runs keeps its date; what the new version waits for
at the edge of a running activity begins to wait now. A case that cannot be moved stays on its version.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from workflows.engine import state as states
from workflows.engine.case import Case, CaseTask, SubCase
from workflows.engine.compact import compact
from workflows.engine.definitions import Definitions
from workflows.engine.environment import Environment
from workflows.engine.instances import standing
from workflows.engine.migrate_edges import Edges
from workflows.engine.migrate_markings import marking_of, markings
from workflows.engine.migrate_notes import carry_over, loses_results
from workflows.engine.migrate_regions import lost_regions
from workflows.engine.migrate_words import CannotMigrate, Change, Plan, Renaming
from workflows.engine.parsing.documents import DefinitionError
from workflows.engine.specs.gateways import CAME_FROM, Joining
from workflows.engine.specs.subprocesses import Subprocess
from workflows.engine.step import Step, StepFailed

__all__ = ["CannotMigrate", "Change", "Plan", "move", "plan"]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""A plan does not know when it will be carried out."""


@dataclass(frozen=True)
class _Pair:
    """A running process and the spec it would have in the new version."""

    flow: Case | SubCase
    spec: Any


def plan(old: Definitions, new: Definitions, state: bytes, mapping: Mapping[str, str]) -> Plan:
    """Say whether a case can move; `mapping` gives new ids of elements that were renamed."""
    case = _load(old, state)
    renaming = Renaming(mapping)
    pairs, reasons = _pairs(case, new, renaming)
    if not reasons:
        reasons = [reason for pair in pairs for reason in _obstacles(pair, renaming)]
    changes = [] if reasons else [change for pair in pairs for change in Edges(pair, renaming).changes()]
    if any(change.code == "event_begins" for change in changes):
        reasons = _put_over(case, pairs, new, renaming)
    return Plan(not reasons, tuple(dict.fromkeys(reasons)), () if reasons else tuple(changes))


def move(
    old: Definitions, new: Definitions, state: bytes, mapping: Mapping[str, str], *, now: datetime
) -> Step:
    """Move a case; the step lists all that waits in it afterwards."""
    planned = plan(old, new, state, mapping)
    if not planned.moves:
        raise CannotMigrate(planned.reasons)
    case = _load(old, state)
    renaming = Renaming(mapping)
    reasons = _put_over(case, _pairs(case, new, renaming)[0], new, renaming, now)
    if reasons:
        raise CannotMigrate(tuple(reasons))
    compact(case)
    return standing(new, states.save(case))


def _put_over(
    case: Case, pairs: list[_Pair], new: Definitions, renaming: Renaming, now: datetime = _EPOCH
) -> list[Change]:
    """Put the case on the new version; say which event could not begin, and then it is to be thrown away."""
    case.script_engine = Environment(new, now, _no_service)
    case.subprocess_specs = new.specs(case.spec.name)[1]
    try:
        for pair in pairs:
            edges = Edges(pair, renaming)
            _take_over(pair, renaming)
            edges.change()
    except StepFailed as failure:
        return [Change("event_cannot_begin", failure.element, failure.element_name)]
    return []


def _load(definitions: Definitions, state: bytes) -> Case:
    return states.load(definitions, state, Environment(definitions, _EPOCH, _no_service))


def _no_service(operator: str, _inputs: Mapping[str, Any]) -> Any:
    raise RuntimeError(f"{operator} is not called while a case is moved")


def _pairs(case: Case, new: Definitions, renaming: Renaming) -> tuple[list[_Pair], list[Change]]:
    """Find for everything that runs its spec in the new version."""
    try:
        top, inner = new.specs(case.spec.name)
    except DefinitionError:
        return [], [Change("process_gone", case.spec.name)]
    pairs = [_Pair(case, top)]
    specs: dict[Case | SubCase, Any] = {case: top}
    for flow in case.subprocesses.values():
        outer = specs.get(flow.parent_workflow)
        owner = outer.task_specs.get(renaming.node(flow.owner.task_spec)) if outer is not None else None
        spec = inner.get(owner.spec) if isinstance(owner, Subprocess) else None
        if spec is not None:
            specs[flow] = spec
            pairs.append(_Pair(flow, spec))
    return pairs, []


def _obstacles(pair: _Pair, renaming: Renaming) -> list[Change]:
    """List what keeps the tokens of one process from moving."""
    edges = Edges(pair, renaming)
    found = []
    for task in pair.flow.tasks.values():
        if not edges.may_end(task) and task is not pair.flow.task_tree:
            found += _of_token(task, pair, renaming)
    found = found or [*edges.obstacles(), *lost_regions(pair.flow, pair.spec, renaming)]
    return found or _out_of_place(pair, renaming)


def _out_of_place(pair: _Pair, renaming: Renaming) -> list[Change]:
    """Refuse what the new version could never have come to."""
    marking = marking_of(pair.flow, renaming)
    if pair.flow.completed or markings(pair.spec).reach(marking):
        return []
    nodes = [pair.spec.task_specs[name] for (name, _), _ in sorted(marking)]
    return [_about("never_open_together", node) for node in nodes]


def _of_token(task: CaseTask, pair: _Pair, renaming: Renaming) -> list[Change]:
    spec = task.task_spec
    new = pair.spec.task_specs.get(renaming.node(spec))
    if new is None:
        return [] if task.is_finished and not spec.bpmn_id else [_about("element_gone", spec)]
    if type(new) is not type(spec):
        return [_about("element_changed_kind", spec)]
    if type(getattr(new, "trigger", None)) is not type(getattr(spec, "trigger", None)):
        return [_about("waits_for_something_else", spec)]
    if isinstance(spec, Subprocess) and renaming.process(spec.spec) != new.spec and not task.is_finished:
        return [_about("calls_another_process", spec)]
    if getattr(spec, "is_sequential", None) != getattr(new, "is_sequential", None):
        return [_about("element_changed_kind", spec)]
    if isinstance(spec, Joining) and task.is_waiting and not _has_its_flow(task, new, renaming):
        return [_about("flow_into_gateway_gone", spec)]
    return [_about("results_are_lost", spec)] if loses_results(task, new) else []


def _has_its_flow(task: CaseTask, new: Any, renaming: Renaming) -> bool:
    return renaming.name(task.internal_data[CAME_FROM]) in new._inputs


def _about(code: str, spec: Any) -> Change:
    return Change(code, spec.bpmn_id or spec.name, spec.bpmn_name or "")


def _take_over(pair: _Pair, renaming: Renaming) -> None:
    """Put every token on its node of the new version."""
    flow = pair.flow
    for task in flow.tasks.values():
        if task is flow.task_tree:
            task.task_spec = pair.spec.start
            continue
        if isinstance(task.task_spec, Joining) and CAME_FROM in task.internal_data:
            task.internal_data[CAME_FROM] = renaming.name(task.internal_data[CAME_FROM])
        # What is at the edges and has no place in the new version is taken away right after this.
        new = pair.spec.task_specs.get(renaming.node(task.task_spec), task.task_spec)
        carry_over(task, new)
        task.task_spec = new
    flow.spec = pair.spec
