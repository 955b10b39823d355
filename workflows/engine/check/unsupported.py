"""What the library breaks, ignores or does not know: refused before it can do harm."""

from collections.abc import Iterator

from lxml import etree

from workflows.engine.check.building import BPMN, ZEEBE
from workflows.engine.check.graph import Document, Node, Scope
from workflows.engine.check.pack import Pack
from workflows.engine.check.problems import Problem, Spot, problem
from workflows.engine.check.reading import line_of, local_name, namespace
from workflows.engine.parsing.documents import flag

_DATA = {
    "dataObject",
    "dataObjectReference",
    "dataStoreReference",
    "dataInputAssociation",
    "dataOutputAssociation",
    "ioSpecification",
    "property",
    "inputSet",
    "outputSet",
    "dataStore",
}
_HARMLESS = {
    "documentation",
    "extensionElements",
    "laneSet",
    "textAnnotation",
    "association",
    "group",
    "incoming",
    "outgoing",
    "multiInstanceLoopCharacteristics",
    "standardLoopCharacteristics",
    "conditionExpression",
    "script",
}
_AT_THE_TOP = {
    "process",
    "collaboration",
    "message",
    "error",
    "escalation",
    "signal",
    "category",
    "extensionElements",
    "documentation",
    "BPMNDiagram",
}
_FOREIGN = {
    "http://camunda.org/schema/1.0/bpmn": "camunda",
    "http://spiffworkflow.org/bpmn/schema/1.0/core": "spiffworkflow",
    "http://activiti.org/bpmn": "activiti",
    "http://flowable.org/bpmn": "flowable",
    "http://www.omg.org/spec/BPMN/extensions/python": "python",
}
_REFUSED_EVENTS = {
    "signal": "signal_event",
    "link": "link_event",
    "compensate": "compensation",
    "cancel": "cancel_event",
}
_OURS = {
    "formDefinition",
    "assignmentDefinition",
    "taskSchedule",
    "taskDefinition",
    "ioMapping",
    "input",
    "output",
    "taskHeaders",
    "header",
    "script",
    "calledDecision",
    "calledElement",
    "subscription",
    "loopCharacteristics",
    "userTask",
    "properties",
    "property",
    "taskListeners",
    "taskListener",
}
_READ_ATTRIBUTES = {
    "assignmentDefinition": {"assignee", "candidateGroups"},
    "formDefinition": {"formId", "bindingType"},
    "taskSchedule": {"dueDate"},
    "taskDefinition": {"type", "retries"},
    "taskListener": {"eventType", "type"},
    "calledElement": {
        "processId",
        "bindingType",
        "propagateAllChildVariables",
        "propagateAllParentVariables",
    },
    "calledDecision": {"decisionId", "resultVariable", "bindingType"},
}


def check(_pack: Pack, document: Document) -> Iterator[Problem]:
    """Check a file for everything that would not run as it is drawn."""
    for node in document.nodes():
        yield from _node(node)
    for scope in document.scopes():
        yield from _strangers(scope)
    for child in document.root:
        yield from _stranger(document.file, child, _AT_THE_TOP)
    for process in document.processes:
        yield from _other_languages(document.file, process.sheet.xml)
    yield from _extensions(document)


def _node(node: Node) -> Iterator[Problem]:
    if flag(node.xml, "triggeredByEvent"):
        yield problem("event_subprocess", node)
    elif node.kind == "adHocSubProcess":
        yield problem("ad_hoc_subprocess", node)
    elif node.kind == "transaction":
        yield problem("transaction", node)
    elif node.kind == "complexGateway":
        yield problem("complex_gateway", node)
    elif flag(node.xml, "isForCompensation"):
        yield problem("compensation", node)
    elif node.kind == "task":
        yield problem("plain_task", node)
    for event, _xml in node.events:
        if event in _REFUSED_EVENTS:
            yield problem(_REFUSED_EVENTS[event], node)
    if node.xml.find(f"{BPMN}script") is not None:
        yield problem("script_foreign", node)


def _other_languages(file: str, process: etree._Element) -> Iterator[Problem]:
    """Find what looks like BPMN and is not, because it belongs to another namespace."""
    waiting = list(process)
    while waiting:
        xml = waiting.pop()
        space, name = namespace(str(xml.tag)), local_name(xml)
        if space != BPMN[1:-1] and space not in _FOREIGN:
            yield problem("element_unknown", _owner(file, xml), kind=name)
        elif name != "extensionElements":
            waiting += list(xml)


def _strangers(scope: Scope) -> Iterator[Problem]:
    for child in scope.others:
        yield from _stranger(scope.file, child, _HARMLESS)
    for node in scope.nodes:
        for child in node.xml:
            if local_name(child) in _DATA and not node.is_refused:
                yield from _stranger(scope.file, child, set(), place_id=node.id, name=node.name)


def _stranger(
    file: str, xml: etree._Element, known: set[str], *, place_id: str = "", name: str = ""
) -> Iterator[Problem]:
    kind = local_name(xml)
    place = Spot(file, place_id or xml.get("id", ""), name or xml.get("name", ""), line_of(xml))
    if namespace(str(xml.tag)) in _FOREIGN:
        return
    if kind in _DATA:
        yield problem("data_object", place, kind=kind)
    elif kind not in known:
        yield problem("element_unknown", place, kind=kind)


def _extensions(document: Document) -> Iterator[Problem]:
    """Name what other engines would understand in this file and ours does not."""
    for xml in document.root.iter(etree.Element):
        space = namespace(str(xml.tag))
        owner = _owner(document.file, xml)
        if space in _FOREIGN:
            yield problem("foreign_extension", owner, extension=f"{_FOREIGN[space]}:{local_name(xml)}")
        elif space == ZEEBE[1:-1]:
            yield from _ignored(owner, xml)
        for attribute in xml.attrib:
            prefix = _FOREIGN.get(namespace(str(attribute)))
            if prefix is not None:
                name = str(attribute).rpartition("}")[2]
                yield problem("foreign_extension", owner, extension=f"{prefix}:{name}")


def _ignored(owner: Spot, xml: etree._Element) -> Iterator[Problem]:
    name = local_name(xml)
    if name not in _OURS:
        yield problem("extension_ignored", owner, extension=name)
    for attribute in xml.attrib:
        if name in _READ_ATTRIBUTES and attribute not in _READ_ATTRIBUTES[name]:
            yield problem("extension_ignored", owner, extension=f"{name}.{attribute}")


def _owner(file: str, xml: etree._Element) -> Spot:
    """Point at the nearest element that a person can see."""
    owner: etree._Element | None = xml
    while owner is not None and (owner.get("id") is None or namespace(str(owner.tag)) != BPMN[1:-1]):
        owner = owner.getparent()
    if owner is None:
        return Spot(file, line=line_of(xml))
    return Spot(file, owner.get("id", ""), owner.get("name", ""), line_of(xml))
