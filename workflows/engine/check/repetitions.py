"""Activities that repeat: what they repeat over, and when they stop."""

from collections.abc import Iterator

from lxml import etree

from workflows.engine.check.graph import ACTIVITIES, Document, Node
from workflows.engine.check.pack import Pack
from workflows.engine.check.problems import Problem, problem
from workflows.engine.check.reading import local_name, text_of


def check(_pack: Pack, document: Document) -> Iterator[Problem]:
    """Check the markers of repetition in a file."""
    for node in document.nodes():
        marker = node.repetition
        if marker is None or node.is_refused:
            continue
        if node.kind not in ACTIVITIES:
            yield problem("element_unknown", node, kind=local_name(marker))
        if sum(local_name(child) in _MARKERS for child in node.xml) > 1:
            yield problem("repetition_twice", node)
        if local_name(marker) == "standardLoopCharacteristics":
            yield from _loop(node, marker)
        else:
            yield from _instances(node, marker)


def _loop(node: Node, marker: etree._Element) -> Iterator[Problem]:
    most = marker.get("loopMaximum", "").strip()
    if most and not _is_count(most):
        yield problem("repetition_wrong", node, text=most)
    elif not most and _child(marker, "loopCondition") is None:
        yield problem("repetition_endless", node)


def _instances(node: Node, marker: etree._Element) -> Iterator[Problem]:
    ours = next(marker.iter("{*}loopCharacteristics"), None)
    given = {name: ours.get(name, "").strip() for name in _ATTRIBUTES} if ours is not None else {}
    count = _child(marker, "loopCardinality")
    if not given.get("inputCollection") and count is None:
        yield problem("collection_missing", node)
    if given.get("inputCollection") and count is not None:
        yield problem("repetition_twice", node)
    if count is not None and not text_of(count).startswith("=") and not _is_count(text_of(count)):
        yield problem("repetition_wrong", node, text=text_of(count))
    if bool(given.get("outputCollection")) != bool(given.get("outputElement")):
        yield problem("collection_output_incomplete", node)


_MARKERS = {"standardLoopCharacteristics", "multiInstanceLoopCharacteristics"}
_ATTRIBUTES = ("inputCollection", "outputCollection", "outputElement")


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 4 and int(text) > 0


def _child(marker: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in marker if local_name(child) == name), None)
