"""Gateways: every choice is covered, every join can complete."""

import re
from collections.abc import Iterator

from workflows.engine.check.graph import DECIDING, GATEWAYS, Document, Flow, Node, Scope
from workflows.engine.check.pack import Pack
from workflows.engine.check.problems import Problem, problem
from workflows.engine.check.reading import text_of

# Beyond this a sheet is refused by every reader anyway, and comparing all gateways with all joins takes long.
MOST_NODES_COMPARED = 300
_EVENTS_TO_WAIT_FOR = {"timer", "message", "conditional"}


def check(_pack: Pack, document: Document) -> Iterator[Problem]:
    """Check the gateways of a file."""
    for scope in document.scopes():
        for node in scope.nodes:
            if node.kind in GATEWAYS and not node.is_refused:
                yield from _shape(node)
            if node.kind in DECIDING:
                yield from _choices(node)
            if node.kind == "eventBasedGateway":
                yield from _awaited_events(node)
        if len(scope.nodes) <= MOST_NODES_COMPARED:
            yield from _joins(scope)


def _shape(node: Node) -> Iterator[Problem]:
    # An exclusive gateway does nothing when it joins, so that both at once is clear.
    if node.kind != "exclusiveGateway" and len(node.incoming) > 1 and len(node.outgoing) > 1:
        yield problem("gateway_joins_and_splits", node)
    if len(node.incoming) == len(node.outgoing) == 1 and node.kind != "eventBasedGateway":
        yield problem("gateway_useless", node)


def _choices(node: Node) -> Iterator[Problem]:
    default_id = node.xml.get("default", "")
    default = next((flow for flow in node.outgoing if flow.id == default_id), None)
    if default_id and default is None:
        yield problem("default_unknown", node, flow=default_id)
    if default is not None and default.condition is not None:
        yield problem("default_with_condition", default, source=node.name or node.id)
    open_flows = [flow for flow in node.outgoing if flow.condition is None and flow is not default]
    conditions = [text_of(flow.condition) for flow in node.outgoing if flow.condition is not None]
    # One flow alone without a condition is a default that nobody has marked as such.
    forgotten = default is None and bool(conditions) and len(open_flows) == 1
    if len(node.outgoing) > 1 and not forgotten:
        for flow in open_flows:
            yield problem("condition_missing", flow, source=node.name or node.id)
    if not default_id and conditions and not (covers(conditions) and not open_flows):
        yield problem("default_missing", node)


def covers(conditions: list[str]) -> bool:
    """Say whether two conditions are each other's opposite even where a value is absent."""
    if len(conditions) != 2:
        return False
    first, second = (_comparison(condition) for condition in conditions)
    return (
        first is not None
        and second is not None
        and (first[0], first[2]) == (second[0], second[2])
        and first[1] != second[1]
    )


def _comparison(condition: str) -> tuple[str, str, str] | None:
    """Split `=left = right`. Only equality is true or false of an absent value; `<` is neither."""
    text = condition.removeprefix("=").strip()
    negated = re.fullmatch(r"not\s*\((.*)\)", text, re.DOTALL)
    if negated:
        text = negated[1].strip()
    match = re.fullmatch(r"([^=!<>\"]+?)\s*(!?=)\s*([^=!<>]+)", text, re.DOTALL)
    if match is None or re.search(r"\b(?:and|or|then|else)\b", text):
        return None
    is_equal = (match[2] == "=") != bool(negated)
    return match[1], "=" if is_equal else "!=", match[3]


def _awaited_events(node: Node) -> Iterator[Problem]:
    targets = [flow.target for flow in node.outgoing if flow.target is not None]
    if len(node.outgoing) < 2:
        yield problem("event_gateway_single", node)
    for target in targets:
        waits = target.kind == "intermediateCatchEvent" and target.event in _EVENTS_TO_WAIT_FOR
        if not target.is_refused and (not waits or len(target.incoming) > 1):
            yield problem("event_gateway_target", node, target=target.name or target.id)


def _joins(scope: Scope) -> Iterator[Problem]:
    joins = [node for node in scope.nodes if node.kind == "parallelGateway" and len(node.incoming) > 1]
    splits = [
        node
        for node in scope.nodes
        if node.kind in {"exclusiveGateway", "eventBasedGateway"} and len(node.outgoing) > 1
    ]
    starts = [node for node in scope.nodes if node.kind == "startEvent"]
    for join in joins:
        for split in splits:
            if _starves(starts, split, join):
                yield problem("join_never_complete", join, split=split.name or split.id)
                break


def _starves(starts: list[Node], split: Node, join: Node) -> bool:
    """Say whether the join waits for two ways of which the split ever takes one alone."""
    fed = [_arriving([flow], join, split) for flow in split.outgoing]
    otherwise = _arriving([flow for start in starts for flow in start.outgoing], join, split)
    only_by_split = set().union(*fed) - otherwise
    return len(only_by_split) > 1 and all(len(arriving & only_by_split) <= 1 for arriving in fed)


def _arriving(first: list[Flow], join: Node, closed: Node) -> set[Flow]:
    """Collect the flows into the join that can be reached without passing the closed node."""
    seen = set(first)
    waiting = list(first)
    while waiting:
        node = waiting.pop().target
        if node is None or node in (join, closed):
            continue
        onward = [*node.outgoing, *(flow for event in node.boundaries for flow in event.outgoing)]
        fresh = [flow for flow in onward if flow not in seen]
        seen.update(fresh)
        waiting += fresh
    return seen & set(join.incoming)
