"""Ids that can be used in expressions, and names in plain words on everything."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from workflows.engine.check.graph import DECIDING, Document, Node
from workflows.engine.check.pack import Pack
from workflows.engine.check.problems import Place, Problem, problem

IDENTIFIER = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,127}")
# Words of FEEL and of the libraries: a variable of such a name could not be read back.
RESERVED = frozenset(
    {"if", "then", "else", "for", "in", "return", "some", "every", "satisfies", "and", "or", "not"}
    | {"between", "instance", "of", "function", "external", "true", "false", "null", "item", "this"}
    | {"date", "time", "duration", "list", "context", "string", "number", "boolean", "any", "Any"}
    | {"parent", "Start", "End", "Root"}
)
_UNNAMED_GATEWAYS = {"parallelGateway", "eventBasedGateway"}


class Holder(NamedTuple):
    """Who has an id already."""

    file: str
    name: str


def check(_pack: Pack, document: Document) -> Iterator[Problem]:
    """Check the ids and names of a file."""
    for process in document.processes:
        yield from _named("process", process.sheet)
        yield from (found for lane in process.lanes for found in _named("lane", lane))
        yield from _identified("process", process.sheet)
    for node in document.nodes():
        yield from _identified(node.kind, node)
        if _needs_name(node):
            yield from _named(node.kind, node)
    for message in document.messages.values():
        yield from _named("message", message)
    for scope in document.scopes():
        yield from (problem("id_missing", node, kind=node.kind) for node in scope.without_id)
        for flow in scope.flows:
            if not flow.id:
                yield problem("id_missing", flow, kind="sequenceFlow")
            if not flow.name and _is_choice(flow.source):
                yield problem("flow_name_missing", flow)


def _is_choice(node: Node | None) -> bool:
    return node is not None and node.kind in DECIDING and len(node.outgoing) > 1


def _needs_name(node: Node) -> bool:
    """Say whether people read this node: a join and a plain fork explain themselves."""
    if node.kind in _UNNAMED_GATEWAYS:
        return False
    return node.kind not in DECIDING or _is_choice(node)


def _named(kind: str, place: Place) -> Iterator[Problem]:
    if not place.name.strip():
        yield problem("name_missing", place, kind=kind)


def _identified(kind: str, place: Place) -> Iterator[Problem]:
    if not place.id:
        yield problem("id_missing", place, kind=kind)
    elif not IDENTIFIER.fullmatch(place.id):
        yield problem("id_wrong", place, id=place.id)
    elif place.id in RESERVED:
        yield problem("id_reserved", place, id=place.id)


def duplicates(pack: Pack) -> Iterator[Problem]:
    """Find ids that stand for two things in one pack, or twice in one file."""
    holders: dict[str, Holder] = {}
    for document in pack.documents:
        yield from _duplicates(document, holders)


def _duplicates(document: Document, holders: dict[str, Holder]) -> Iterator[Problem]:
    arrows: set[str] = set()
    for flow in (flow for scope in document.scopes() for flow in scope.flows):
        if flow.id in arrows:
            yield problem("id_duplicate", flow, id=flow.id, other=f"{flow.name or flow.id} ({flow.file})")
        arrows.update([flow.id] if flow.id else [])
    for place in _identities(document):
        if not place.id:
            continue
        other = holders.get(place.id)
        if other is not None:
            named = f"{other.name or place.id} ({other.file})"
            yield problem("id_duplicate", place, id=place.id, other=named)
        else:
            holders[place.id] = Holder(document.file, place.name)


def _identities(document: Document) -> Iterator[Place]:
    for process in document.processes:
        yield process.sheet
    yield from document.nodes()


def variable_problems(place: Place, variable: str) -> Iterator[Problem]:
    """Check a name under which a value is kept."""
    if not IDENTIFIER.fullmatch(variable):
        yield problem("variable_wrong", place, variable=variable)
    elif variable in RESERVED:
        yield problem("variable_reserved", place, variable=variable)
