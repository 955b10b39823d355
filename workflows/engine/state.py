"""The saved state of a case: bytes of our own format, without its diagrams.

The bytes are zstd over JSON, and never travel through a store that re-orders keys:

    {"format": 1,              of this document
     "library": "3.2.0",       the SpiffWorkflow that ran the case
     "process": "pair",        the process the case was started with
     "finished": false,
     "scopes": [[outer, {...}], ...]       data; `outer` is the place of the enclosing scope, or null
     "flows": [[spec, owner, scope, tasks], ...]}

The first flow is the case itself; every other runs inside the task whose id is `owner`, and stands after the
flow that holds it. `spec` is the id of a process, or `process/subprocess` for an embedded one. A task is

    [id, node, state, holder, notes, scope]

where `node` names the node (an element's id; `id [child]` for an instance; `id.BoundaryEventSplit` for what
stands before an activity with events at its edge), `holder` is the place of the task in the same list that
holds it (or -1), `notes` is what the token carries (due date, key, counts) and `scope` is given only if the
task does not see the data of its flow. Trailing defaults are left out. The order of tasks is the order in
which they came. Only living tasks and their holders are saved, see `compact.py`.
"""

from collections.abc import Mapping
from typing import Any, Protocol
from uuid import UUID

import orjson
import zstandard
from SpiffWorkflow.util.task import TaskState
from SpiffWorkflow.version import __version__ as library_version

from workflows.engine.case import Case, CaseTask, Scope, SubCase
from workflows.engine.compact import holder_of
from workflows.engine.step import EngineError

FORMAT = 1
_LARGEST = 64 * 1024 * 1024


class StateProblem(EngineError):
    """The bytes are no state of a case, or do not fit these diagrams."""


class Specs(Protocol):
    """Whoever knows the specs of a process and of all that may run inside it."""

    def specs(self, process: str) -> tuple[Any, dict[str, Any]]: ...


def unpack(state: bytes) -> dict[str, Any]:
    """Give the document that is inside the bytes."""
    try:
        # The decompressor believes what the bytes say about their size, and takes that much memory.
        if zstandard.frame_content_size(state) > _LARGEST:
            raise StateProblem("this state is larger than any case can be")
        document = orjson.loads(zstandard.ZstdDecompressor().decompress(state, max_output_size=_LARGEST))
    except (zstandard.ZstdError, orjson.JSONDecodeError) as problem:
        raise StateProblem("these bytes are no saved state of a case") from problem
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise StateProblem("this state was saved by another version of the program")
    return document


def pack(document: Mapping[str, Any]) -> bytes:
    """Make bytes of a document."""
    return zstandard.ZstdCompressor(level=1).compress(orjson.dumps(document))


def save(case: Case) -> bytes:
    """Save a compacted case."""
    scopes = _SavedScopes()
    flows = [_saved_flow(flow, scopes) for flow in case.flows()]
    return pack(
        {
            "format": FORMAT,
            "library": library_version,
            "process": case.spec.name,
            "finished": bool(case.completed),
            "scopes": scopes.saved,
            "flows": flows,
        }
    )


class _SavedScopes:
    """Numbers the scopes in the order they are met, the enclosing ones first."""

    def __init__(self) -> None:
        self.saved: list[list[Any]] = []
        self._places: dict[int, int] = {}

    def place(self, scope: Scope) -> int:
        place = None
        for data in reversed(scope.maps):
            outer, place = place, self._places.get(id(data))
            if place is None:
                place = self._places[id(data)] = len(self.saved)
                self.saved.append([outer, data])
        assert place is not None
        return place


def _saved_flow(flow: Case | SubCase, scopes: _SavedScopes) -> list[Any]:
    owner = str(flow.parent_task_id) if flow.parent_task_id else None
    tasks = [task for task in flow.tasks.values() if task is not flow.task_tree]
    places = {task.id: place for place, task in enumerate(tasks)}
    return [
        flow.spec.name,
        owner,
        scopes.place(flow.scope),
        [_saved_task(t, flow, places, scopes) for t in tasks],
    ]


def _saved_task(
    task: CaseTask, flow: Case | SubCase, places: Mapping[UUID, int], scopes: _SavedScopes
) -> list[Any]:
    holder = holder_of(task)
    row = [
        str(task.id),
        task.task_spec.name,
        task._state,
        places[holder.id] if holder else -1,
        task.internal_data,
    ]
    if task.data.maps[0] is not flow.scope.maps[0]:
        row.append(scopes.place(task.data))
    elif not task.internal_data:
        del row[-1 if holder else -2 :]
    return row


def load(specs: Specs, state: bytes, environment: Any) -> Case:
    """Bring a saved case back to life."""
    document = unpack(state)
    try:
        return _load(specs, document, environment)
    except (AttributeError, IndexError, RecursionError, TypeError, ValueError) as problem:
        raise StateProblem("this state was changed by something else than this program") from problem
    except KeyError as problem:
        raise StateProblem(f"this state stands on {problem}, which these diagrams do not have") from problem


def _load(specs: Specs, document: Mapping[str, Any], environment: Any) -> Case:
    top_spec, inner_specs = specs.specs(document["process"])
    scopes = _loaded_scopes(document["scopes"])
    flows = document["flows"]
    case = Case(top_spec, inner_specs, environment, scopes[flows[0][2]])
    _load_tasks(case, flows[0][3], scopes)
    for spec, owner, scope, tasks in flows[1:]:
        holding = case.find_task(owner)
        if holding is None:
            raise StateProblem(f"nothing in this state holds {spec}")
        _load_tasks(case.open_subprocess(holding, spec, scopes[scope]), tasks, scopes)
    case.completed = document["finished"]
    case.ready.clear()
    return case


def _loaded_scopes(saved: list[list[Any]]) -> list[Scope]:
    scopes: list[Scope] = []
    for outer, data in saved:
        scopes.append(Scope(data) if outer is None else Scope(data, *scopes[outer].maps))
    return scopes


def _load_tasks(flow: Case | SubCase, rows: list[list[Any]], scopes: list[Scope]) -> None:
    root = flow.task_tree = CaseTask(flow, flow.spec.start, state=TaskState.COMPLETED)
    tasks: list[CaseTask] = []
    nodes = flow.spec.task_specs
    for task_id, node, state, *rest in rows:
        holder = rest[0] if rest else -1
        task = CaseTask(flow, nodes[node], root if holder < 0 else tasks[holder], int(state), UUID(task_id))
        if len(rest) > 1:
            task.internal_data = rest[1]
        if len(rest) > 2:
            task.data = scopes[rest[2]]
        task.triggered = holder >= 0 and tasks[holder].task_spec.inner is task.task_spec
        if task.task_spec.is_watched and task.is_waiting:
            flow.top_workflow.watched.append(task)
        tasks.append(task)
