"""How the nodes of a sheet hang together: a start, ends, and a way from one to the other."""

from collections.abc import Callable, Iterable, Iterator

from workflows.engine.check.graph import DECIDING, GATEWAYS, Document, Flow, Node, Scope
from workflows.engine.check.pack import Pack
from workflows.engine.check.problems import Problem, Spot, problem

LARGEST_SHEET = 15


def check(_pack: Pack, document: Document) -> Iterator[Problem]:
    """Check the sheets of a file."""
    for scope in document.scopes():
        yield from _starts_and_ends(scope)
        yield from _flows(scope)
        yield from _ways(scope)
    for process in document.processes:
        if not process.is_executable:
            yield problem("process_not_executable", process.sheet)
        count = sum(1 for _node in process.sheet.all_nodes())
        if count > LARGEST_SHEET:
            yield problem("sheet_too_large", process.sheet, count=count, limit=LARGEST_SHEET)
    yield from _drawing(document)


def _starts_and_ends(scope: Scope) -> Iterator[Problem]:
    starts = [node for node in scope.nodes if node.kind == "startEvent"]
    if not starts:
        yield problem("start_missing", scope)
    if len(starts) > 1:
        yield problem("start_several", starts[1], count=len(starts))
    if not any(node.kind == "endEvent" for node in scope.nodes):
        yield problem("end_missing", scope)


def _flows(scope: Scope) -> Iterator[Problem]:
    for flow in scope.flows:
        place = _place(flow)
        if flow.source is None or flow.target is None:
            yield problem("flow_broken", place)
        elif flow.source.kind == "endEvent" or flow.target.kind in {"startEvent", "boundaryEvent"}:
            yield problem("flow_misplaced", place)
        if flow.condition is not None and (flow.source is None or flow.source.kind not in DECIDING):
            source = flow.source.name or flow.source.id if flow.source is not None else flow.source_id
            yield problem("condition_ignored", place, source=source)
    for node in scope.nodes:
        if node.kind not in GATEWAYS and len(node.outgoing) > 1:
            yield problem("several_flows_out", node, count=len(node.outgoing))


def _place(flow: Flow) -> Spot:
    """Point at a flow by its name, or by what it joins when it has none."""
    ends = [node.name or node.id for node in (flow.source, flow.target) if node is not None]
    return Spot(flow.file, flow.id, flow.name or " → ".join(ends), flow.line)


def _ways(scope: Scope) -> Iterator[Problem]:
    starts = [node for node in scope.nodes if node.kind == "startEvent"]
    reached = _closure([*starts, *(node for node in scope.nodes if node.is_refused)], _after)
    ends = [node for node in scope.nodes if node.kind == "endEvent" or node.is_refused]
    leading = _closure(ends, _before)
    for node in scope.nodes:
        if starts and node not in reached:
            yield problem("unreachable", node)
        if ends and (node not in leading or not (node.outgoing or node in ends)):
            yield problem("leads_nowhere", node)


def _after(node: Node) -> Iterable[Node]:
    return [*(flow.target for flow in node.outgoing if flow.target is not None), *node.boundaries]


def _before(node: Node) -> Iterable[Node]:
    sources = [flow.source for flow in node.incoming if flow.source is not None]
    return sources if node.host is None else [*sources, node.host]


def _closure(first: Iterable[Node], step: Callable[[Node], Iterable[Node]]) -> set[Node]:
    found = set(first)
    waiting = list(found)
    while waiting:
        for node in step(waiting.pop()):
            if node not in found:
                found.add(node)
                waiting.append(node)
    return found


def _drawing(document: Document) -> Iterator[Problem]:
    if not document.drawn:
        yield problem("not_drawn", document.processes[0].sheet)
        return
    for scope in document.scopes():
        yield from (problem("not_drawn", node) for node in scope.nodes if node.id not in document.drawn)
        hidden = [flow for flow in scope.flows if flow.id not in document.drawn]
        yield from (problem("not_drawn", _place(flow)) for flow in hidden)
