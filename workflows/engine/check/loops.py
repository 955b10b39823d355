"""Loops and calls that would never pause."""

from collections.abc import Iterator

from workflows.engine.check.graph import Document, Node, Scope
from workflows.engine.check.knots import knots
from workflows.engine.check.pack import Pack, called_process
from workflows.engine.check.problems import Problem, problem

_PEOPLE_AND_MESSAGES = {"userTask", "manualTask", "receiveTask", "eventBasedGateway"}
_EVENTS_THAT_WAIT = {"timer", "message", "conditional"}


def check(pack: Pack, document: Document) -> Iterator[Problem]:
    """Check the loops of a file and the calls between processes."""
    pausing = processes_that_pause(pack)
    for scope in document.scopes():
        yield from _loops_without_wait(scope, pausing)
    yield from _endless_calls(pack, document, pausing)


def processes_that_pause(pack: Pack) -> set[str]:
    """Name the processes that wait for somebody or something on every way through them."""
    pausing: set[str] = set()
    while True:
        found = {key for key, process in pack.processes.items() if not _can_pass(process.sheet, pausing)}
        if found == pausing:
            return pausing
        pausing = found


def _waits(node: Node, pausing: set[str]) -> bool:
    if node.kind in _PEOPLE_AND_MESSAGES:
        return True
    if node.kind in {"intermediateCatchEvent", "boundaryEvent"} and node.event in _EVENTS_THAT_WAIT:
        return True
    if node.kind == "callActivity":
        return called_process(node) in pausing
    return node.inner is not None and not _can_pass(node.inner, pausing)


def _can_pass(scope: Scope, pausing: set[str]) -> bool:
    """Say whether some way leads through the sheet, or out of it by an error, without any wait."""
    found = [node for node in scope.nodes if node.kind == "startEvent"]
    seen = set(found)
    while found:
        node = found.pop()
        if _leaves(node):
            return True
        fresh = [other for other in _onward(node, pausing) if other not in seen]
        seen.update(fresh)
        found += fresh
    return False


def _leaves(node: Node) -> bool:
    return node.kind == "endEvent" or (node.kind == "intermediateThrowEvent" and node.event == "escalation")


def _onward(node: Node, pausing: set[str]) -> list[Node]:
    """Give where a token may go from this node without waiting anywhere."""
    if _waits(node, pausing):
        return []
    return [*_targets(node), *(event for event in node.boundaries if event.event in {"error", "escalation"})]


def _targets(node: Node) -> list[Node]:
    return [flow.target for flow in node.outgoing if flow.target is not None]


def _loops_without_wait(scope: Scope, pausing: set[str]) -> Iterator[Problem]:
    order = {node: number for number, node in enumerate(scope.nodes)}
    onward = {node: _onward(node, pausing) for node in scope.nodes}
    for loop in knots(scope.nodes, onward.__getitem__):
        nodes = sorted(loop, key=order.__getitem__)
        names = ", ".join(node.name or node.id for node in nodes)
        yield problem("loop_without_wait", nodes[0], elements=names)


def _endless_calls(pack: Pack, document: Document, pausing: set[str]) -> Iterator[Problem]:
    """Find processes that call themselves, perhaps through others, before anything waits."""
    calls = {key: _calls_before_wait(process.sheet, pausing) for key, process in pack.processes.items()}
    known = {key: [called for called in found if called in calls] for key, found in calls.items()}
    own = {process.id for process in document.processes}
    for circle in knots(list(calls), known.__getitem__):
        first = next((key for key in calls if key in circle), "")
        if first in own:
            names = ", ".join(sorted(circle))
            yield problem("call_without_wait", pack.processes[first].sheet, processes=names)


def _calls_before_wait(scope: Scope, pausing: set[str]) -> list[str]:
    called = []
    found = [node for node in scope.nodes if node.kind == "startEvent"]
    seen = set(found)
    while found:
        node = found.pop()
        if node.kind == "callActivity":
            called.append(called_process(node))
        inside = [inner for inner in node.inner.nodes if inner.kind == "startEvent"] if node.inner else []
        fresh = [other for other in [*_onward(node, pausing), *inside] if other not in seen]
        seen.update(fresh)
        found += fresh
    return called
