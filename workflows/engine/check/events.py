"""Events: each of a kind the engine knows, at a place where it can happen."""

from collections.abc import Iterator

from lxml import etree

from workflows.engine.check import times
from workflows.engine.check.catching import code_of, is_caught
from workflows.engine.check.graph import ACTIVITIES, Document, Node
from workflows.engine.check.pack import Pack, message_name, message_reference
from workflows.engine.check.problems import Problem, problem
from workflows.engine.check.reading import local_name, text_of

_ALLOWED = {
    "endEvent": {"message", "error", "escalation", "terminate"},
    "intermediateCatchEvent": {"timer", "message", "conditional"},
    "intermediateThrowEvent": {"message", "escalation"},
    "boundaryEvent": {"timer", "message", "conditional", "error", "escalation"},
}
_THROWING = {"endEvent", "intermediateThrowEvent", "sendTask"}
_WITH_INSIDE = {"subProcess", "callActivity"}


def check(pack: Pack, document: Document) -> Iterator[Problem]:
    """Check the events and messages of a file."""
    for node in document.nodes():
        if node.is_refused:
            continue
        if node.kind == "startEvent":
            yield from (problem("start_with_event", node, event=event) for event, _xml in node.events[:1])
        elif node.kind.endswith("Event"):
            yield from _kind(node)
        if node.kind == "boundaryEvent":
            yield from _boundary(node)
        yield from (found for event, xml in node.events if event == "timer" for found in _timer(node, xml))
        yield from _message(pack, document, node)
        yield from _thrown(pack, document, node)


def _kind(node: Node) -> Iterator[Problem]:
    if len(node.events) > 1:
        yield problem("event_several", node, count=len(node.events))
    elif not node.events and node.kind in {"intermediateCatchEvent", "boundaryEvent"}:
        yield problem("event_empty", node)
    elif node.event and (node.event not in _ALLOWED[node.kind] or _is_passed_over(node)):
        yield problem("event_misplaced", node, event=node.event)


def _is_passed_over(node: Node) -> bool:
    """Say whether this is an error that lets its activity go on, which no error does."""
    return node.event == "error" and node.kind == "boundaryEvent" and not node.is_interrupting


def _boundary(node: Node) -> Iterator[Problem]:
    if node.host is None or node.host.kind not in ACTIVITIES:
        yield problem("boundary_misplaced", node)
    elif node.event in {"error", "escalation"} and node.host.kind not in _WITH_INSIDE:
        yield problem("boundary_never_fires", node, event=node.event)


def _timer(node: Node, xml: etree._Element) -> Iterator[Problem]:
    given = {local_name(child): text_of(child) for child in xml if local_name(child).startswith("time")}
    kind, text = next(iter(given.items()), ("", ""))
    if len(given) != 1 or not text:
        yield problem("timer_missing", node)
        return
    repeats = node.kind == "boundaryEvent" and not node.is_interrupting
    if kind == "timeCycle" and not repeats:
        yield problem("timer_cycle_misplaced", node, text=text)
    elif not text.startswith("="):
        yield from _literal(node, kind, text)


def _literal(node: Node, kind: str, text: str) -> Iterator[Problem]:
    if kind == "timeDate" and (times.is_day(text) or (times.is_instant(text) and not times.has_zone(text))):
        yield problem("timer_without_zone", node, text=text)
        return
    right = {"timeDate": times.is_instant, "timeDuration": times.is_duration, "timeCycle": times.is_cycle}
    if kind not in right or not right[kind](text):
        yield problem("timer_wrong", node, text=text)


def _message(pack: Pack, document: Document, node: Node) -> Iterator[Problem]:
    if node.kind not in {"sendTask", "receiveTask"} and node.event != "message":
        return
    reference = message_reference(node)
    if not reference:
        yield problem("message_missing", node)
    elif reference not in document.messages:
        yield problem("message_unknown", node, reference=reference)
    elif node.kind in _THROWING:
        name = message_name(document, node)
        if name and name not in pack.awaited_messages:
            yield problem("message_never_awaited", node, message=name)
    if node.kind in _THROWING and "to" not in _inputs(node):
        yield problem("message_to_missing", node)


def _inputs(node: Node) -> set[str]:
    mapping = node.extension("ioMapping")
    inputs = [child for child in mapping if local_name(child) == "input"] if mapping is not None else []
    return {child.get("target", "") for child in inputs if child.get("source", "").strip()}


def _thrown(pack: Pack, document: Document, node: Node) -> Iterator[Problem]:
    """Check errors and escalations: what they name exists, and somebody catches what is thrown."""
    for event, xml in node.events:
        if event not in {"error", "escalation"}:
            continue
        known = document.errors if event == "error" else document.escalations
        reference = xml.get(f"{event}Ref", "")
        # A boundary event without a reference catches all; a throw must say what it throws.
        if (reference or node.kind != "boundaryEvent") and reference not in known:
            yield problem(f"{event}_unknown", node, reference=reference)
        elif node.kind in _THROWING and not is_caught(pack, node, event, code_of(pack, node)):
            yield problem(f"{event}_not_caught", node)
