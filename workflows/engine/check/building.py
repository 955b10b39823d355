"""Build the graph of a file from its XML."""

from collections import defaultdict

from lxml import etree

from workflows.engine.check.graph import (
    NODES,
    SUBPROCESSES,
    Definition,
    Document,
    Flow,
    Lane,
    Node,
    Process,
    Scope,
)
from workflows.engine.check.problems import Problem, Spot, problem
from workflows.engine.check.reading import line_of, local_name, read_xml, text_of

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
_DRAWING = "{http://www.omg.org/spec/BPMN/20100524/DI}"


def read_document(file: str, content: bytes) -> tuple[Document | None, list[Problem]]:
    """Read a file with diagrams; there is a graph exactly if there is no problem."""
    root, problems = read_xml(file, content)
    if root is None:
        return None, problems
    if root.tag != f"{BPMN}definitions":
        return None, [problem("not_bpmn", Spot(file, line=line_of(root)))]
    document = Document(
        file,
        root,
        [_process(file, xml) for xml in root.iterchildren(f"{BPMN}process")],
        messages=_definitions(file, root, "message"),
        errors=_definitions(file, root, "error"),
        escalations=_definitions(file, root, "escalation"),
        drawn=_drawn(root),
    )
    if not document.processes:
        return None, [problem("process_not_found", Spot(file, line=line_of(root)))]
    return document, []


def _definitions(file: str, root: etree._Element, kind: str) -> dict[str, Definition]:
    found = (
        Definition(file, xml.get("id", ""), xml.get("name", "").strip(), line_of(xml), xml)
        for xml in root.iterchildren(f"{BPMN}{kind}")
    )
    return {definition.id: definition for definition in found}


def _drawn(root: etree._Element) -> set[str]:
    shapes = root.iter(f"{_DRAWING}BPMNShape", f"{_DRAWING}BPMNEdge")
    return {shape.get("bpmnElement", "") for shape in shapes}


def _process(file: str, xml: etree._Element) -> Process:
    sheet = _scope(file, xml, None)
    waiting = [sheet]
    while waiting:
        scope = waiting.pop()
        for node in scope.nodes:
            if node.kind in SUBPROCESSES and not node.is_refused:
                node.inner = _scope(file, node.xml, node)
                waiting.append(node.inner)
    lanes = [lane for lane_set in xml.iterchildren(f"{BPMN}laneSet") for lane in _lanes(file, lane_set)]
    by_node = defaultdict(list)
    for lane in lanes:
        for node_id in lane.node_ids:
            by_node[node_id].append(lane)
    return Process(sheet, xml.get("isExecutable", "true") == "true", lanes, dict(by_node))


def _lanes(file: str, lane_set: etree._Element) -> list[Lane]:
    found = []
    waiting: list[tuple[etree._Element, Lane | None]] = [(lane_set, None)]
    while waiting:
        holder, parent = waiting.pop()
        for xml in holder.iterchildren(f"{BPMN}lane"):
            node_ids = [text_of(ref) for ref in xml.iterchildren(f"{BPMN}flowNodeRef")]
            lane = Lane(file, xml.get("id", ""), xml.get("name", "").strip(), line_of(xml), node_ids, parent)
            found.append(lane)
            waiting += [(child, lane) for child in xml.iterchildren(f"{BPMN}childLaneSet")]
    return found


def _scope(file: str, xml: etree._Element, parent: Node | None) -> Scope:
    scope = Scope(file, xml.get("id", ""), xml.get("name", "").strip(), line_of(xml), xml, parent)
    for child in xml:
        kind = local_name(child)
        if kind in NODES:
            node = _node(scope, child, kind)
            (scope.nodes if node.id else scope.without_id).append(node)
        elif kind == "sequenceFlow":
            scope.flows.append(_flow(file, child))
        else:
            scope.others.append(child)
    _connect(scope)
    return scope


def _node(scope: Scope, xml: etree._Element, kind: str) -> Node:
    extensions = defaultdict(list)
    events = []
    for child in xml:
        name = local_name(child)
        if name == "extensionElements":
            for extension in child:
                if str(extension.tag).startswith(ZEEBE):
                    extensions[local_name(extension)].append(extension)
        elif name.endswith("EventDefinition"):
            events.append((name.removesuffix("EventDefinition"), child))
    name = " ".join(xml.get("name", "").split())
    return Node(scope.file, xml.get("id", ""), name, line_of(xml), kind, xml, scope, dict(extensions), events)


def _flow(file: str, xml: etree._Element) -> Flow:
    return Flow(
        file,
        xml.get("id", ""),
        xml.get("name", "").strip(),
        line_of(xml),
        xml.get("sourceRef", ""),
        xml.get("targetRef", ""),
        xml.find(f"{BPMN}conditionExpression"),
    )


def _connect(scope: Scope) -> None:
    """Join flows and boundary events to the nodes that they name, where those exist."""
    by_id = {node.id: node for node in scope.nodes}
    for flow in scope.flows:
        flow.source, flow.target = by_id.get(flow.source_id), by_id.get(flow.target_id)
        if flow.source is not None and flow.target is not None:
            flow.source.outgoing.append(flow)
            flow.target.incoming.append(flow)
    for node in scope.nodes:
        if node.kind == "boundaryEvent":
            node.host = by_id.get(node.xml.get("attachedToRef", ""))
            if node.host is not None:
                node.host.boundaries.append(node)
