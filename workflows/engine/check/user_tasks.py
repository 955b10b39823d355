"""What a user task asks of the house: who listens to its answers, and who reads for its form."""

from collections.abc import Iterator

from lxml import etree

from workflows.engine.check.graph import Document, Node
from workflows.engine.check.pack import Pack
from workflows.engine.check.problems import Problem, problem
from workflows.engine.check.reading import local_name
from workflows.engine.parsing.user_tasks import COMPLETING, READS, named_in


def check(pack: Pack, document: Document) -> Iterator[Problem]:
    """Check the listeners and readers that a file names."""
    for node in document.nodes():
        for listener in _within(node, "taskListeners", "taskListener"):
            yield from _listener(pack, node, listener)
        for reads in readings_of(node):
            yield from _readers(pack, node, reads)


def _listener(pack: Pack, node: Node, xml: etree._Element) -> Iterator[Problem]:
    name, event = xml.get("type", "").strip(), xml.get("eventType", "").strip()
    if node.kind != "userTask":
        yield problem("listener_misplaced", node)
    elif event != COMPLETING:
        yield problem("listener_event", node, event=event)
    elif name not in pack.names.listeners:
        yield problem("listener_unknown", node, listener=name)
    else:
        yield from _settings(pack, node, name)


def _settings(pack: Pack, node: Node, listener: str) -> Iterator[Problem]:
    properties = _within(node, "properties", "property")
    given = {one.get("name", ""): one.get("value", "").strip() for one in properties}
    for setting in pack.names.settings.get(listener, ()):
        if setting.is_wrong(given.get(setting.name, "")):
            values = ", ".join(setting.values) or "…"
            yield problem("setting_wrong", node, listener=listener, setting=setting.name, values=values)


def _readers(pack: Pack, node: Node, names: list[str]) -> Iterator[Problem]:
    if node.kind != "userTask":
        yield problem("reader_misplaced", node)
        return
    for name in names or [""]:
        if name not in pack.names.readers:
            yield problem("reader_unknown", node, reader=name)


def readings_of(node: Node) -> Iterator[list[str]]:
    """Give the readers that an element names, by each property that names any."""
    for one in _within(node, "properties", "property"):
        if one.get("name") == READS:
            yield named_in(one.get("value", ""))


def _within(node: Node, holder: str, name: str) -> Iterator[etree._Element]:
    for xml in node.extensions.get(holder, []):
        yield from (child for child in xml if local_name(child) == name)
