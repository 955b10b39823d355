"""Names under which values are kept: usable, and not written by two branches at once."""

import re
from collections.abc import Iterator

from workflows.engine.check.graph import Document, Flow, Node, Scope
from workflows.engine.check.names import variable_problems
from workflows.engine.check.pack import Pack
from workflows.engine.check.problems import Problem, problem
from workflows.engine.check.reading import local_name

_FORKS = {"parallelGateway", "inclusiveGateway"}
_ENTRY = re.compile(r"[{,]\s*\"?([A-Za-z_]\w*)\"?\s*:")
# Comparing all branches of all forks with one another takes long; no readable sheet has so many.
_MOST_NODES_COMPARED = 300


def check(_pack: Pack, document: Document) -> Iterator[Problem]:
    """Check the variables that a file writes."""
    for node in document.nodes():
        for variable in named_variables(node):
            yield from variable_problems(node, variable)
    for scope in document.scopes():
        if len(scope.nodes) <= _MOST_NODES_COMPARED:
            yield from _written_twice(scope)


def named_variables(node: Node) -> list[str]:
    """Name the variables that the author of a diagram chose a name for."""
    found = [
        child.get("target", "")
        for mapping in node.extensions.get("ioMapping", [])
        for child in mapping
        if local_name(child) == "output"
    ]
    for extension in ("script", "calledDecision"):
        found += [xml.get("resultVariable", "") for xml in node.extensions.get(extension, [])]
    for headers in node.extensions.get("taskHeaders", []):
        found += [child.get("value", "") for child in headers if child.get("key") == "resultVariable"]
    if node.repetition is not None:
        for marker in node.repetition.iter("{*}loopCharacteristics"):
            found += [marker.get("inputElement", ""), marker.get("outputCollection", "")]
    return [variable.strip() for variable in found if variable.strip()]


def _written(node: Node) -> set[str]:
    """Name what a node writes and another could write too; ids differ anyway."""
    written = set(named_variables(node)) - _own_to_instances(node)
    return written | (written_by_script(node) or set())


def _own_to_instances(node: Node) -> set[str]:
    """Name the items of a multi-instance: each instance has its own."""
    markers = node.repetition.iter("{*}loopCharacteristics") if node.repetition is not None else ()
    return {marker.get("inputElement", "").strip() for marker in markers}


def written_by_script(node: Node) -> set[str] | None:
    """Name what a script without a result variable writes; None if that is known only when it runs."""
    if node.extension("script") is None or node.extension_value("script", "resultVariable"):
        return set()
    text = node.extension_value("script", "expression").removeprefix("=").strip()
    return set(_ENTRY.findall(_outermost(text))) if text.startswith("{") else None


def _outermost(expression: str) -> str:
    """Keep the outermost context of an expression, without what is nested in it."""
    kept, depth = [], 0
    for letter in expression:
        depth -= letter in ")]}"
        if depth <= 1:
            kept.append(letter)
        depth += letter in "([{"
    return "".join(kept)


def _written_twice(scope: Scope) -> Iterator[Problem]:
    reported = set()
    for branches in _forks(scope):
        writers: dict[str, tuple[int, Node]] = {}
        shared = set.intersection(*branches) if branches else set()
        for number, branch in enumerate(branches):
            for node in sorted(branch - shared, key=scope.nodes.index):
                for variable in sorted(_written(node)):
                    before, other = writers.setdefault(variable, (number, node))
                    if before != number and other is not node and (node, variable) not in reported:
                        reported.add((node, variable))
                        yield problem(
                            "parallel_same_variable", node, variable=variable, other=other.name or other.id
                        )


def _forks(scope: Scope) -> Iterator[list[set[Node]]]:
    """Give the nodes of the branches that may run at the same time."""
    for node in scope.nodes:
        if node.kind in _FORKS and len(node.outgoing) > 1:
            yield [_branch(node, [flow]) for flow in node.outgoing]
        for event in node.boundaries:
            if not event.is_interrupting:
                yield [{node, *_branch(node, node.outgoing)}, _branch(node, event.outgoing)]


def _branch(fork: Node, flows: list[Flow]) -> set[Node]:
    found: set[Node] = set()
    waiting = [flow.target for flow in flows]
    while waiting:
        node = waiting.pop()
        if node is None or node is fork or node in found:
            continue
        found.add(node)
        waiting += [flow.target for flow in node.outgoing]
        waiting += [flow.target for event in node.boundaries for flow in event.outgoing]
    return found
