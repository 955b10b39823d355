"""Where a saved case stands, read from the state alone: nothing is brought to life."""

from dataclasses import dataclass

from SpiffWorkflow.util.task import TaskState

from workflows.engine.state import unpack

_BESIDE = (".BoundaryEventSplit", " [child]")
"""How nodes of ours are called that stand for an element besides the one of its own name."""


@dataclass(frozen=True)
class Whereabouts:
    """The elements on which a token stands, and inside which of them each open sheet has opened."""

    elements: frozenset[str]
    callers: dict[str, str]


def whereabouts(state: bytes) -> Whereabouts:
    """Tell on which elements the tokens of a case stand; a step stands open while its sheet is."""
    flows = unpack(state)["flows"]
    nodes = {row[0]: _element(row[1]) for _spec, _owner, _scope, tasks in flows for row in tasks}
    living = {
        _element(row[1])
        for _spec, _owner, _scope, tasks in flows
        for row in tasks
        if not row[2] & TaskState.FINISHED_MASK
    }
    callers = {spec: nodes[owner] for spec, owner, _scope, _tasks in flows if owner in nodes}
    return Whereabouts(frozenset(living), callers)


def _element(node: str) -> str:
    for ending in _BESIDE:
        node = node.removesuffix(ending)
    return node
