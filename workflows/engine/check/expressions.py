"""Expressions: each is there where one is needed, is marked as one, and can be read."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from workflows.engine import expressions as feel
from workflows.engine.check.building import BPMN
from workflows.engine.check.graph import DECIDING, Document, Node
from workflows.engine.check.pack import Pack
from workflows.engine.check.problems import Cause, Place, Problem, problem
from workflows.engine.check.reading import local_name, text_of


@dataclass(frozen=True)
class Expression:
    """One text of a diagram that is an expression, or may be one if it begins with `=`."""

    place: Place
    kind: str
    text: str
    is_required: bool
    language: str = ""


def check(_pack: Pack, document: Document) -> Iterator[Problem]:
    """Check the expressions of a file."""
    for expression in expressions_of(document):
        yield from _problems(expression)
    for node in document.nodes():
        for mapping in node.extensions.get("ioMapping", []):
            for child in mapping:
                if local_name(child) in {"input", "output"} and not _is_read(node, local_name(child)):
                    yield problem("mapping_ignored", node, extension=f"zeebe:{local_name(child)}")
            sides = (child.get(side, "").strip() for child in mapping for side in ("source", "target"))
            if not all(sides):
                yield problem("mapping_incomplete", node)


def _is_read(node: Node, side: str) -> bool:
    """Say whether the engine asks for the inputs, or the outputs, of such an element."""
    if side == "input":
        is_sending = node.event == "message" and node.kind in {"intermediateThrowEvent", "endEvent"}
        return is_sending or node.kind in {"serviceTask", "callActivity", "sendTask"}
    if node.kind in {"intermediateCatchEvent", "boundaryEvent"}:
        return node.event == "message"
    if node.kind == "scriptTask":
        return bool(node.extension_value("script", "resultVariable"))
    return node.kind in _WITH_RESULT


_WITH_RESULT = {"userTask", "serviceTask", "businessRuleTask", "receiveTask", "callActivity"}


def _problems(expression: Expression) -> Iterator[Problem]:
    place, text = expression.place, expression.text
    if expression.language and "feel" not in expression.language.lower():
        yield problem("expression_language", place, language=expression.language)
    elif text.startswith("="):
        yield from unreadable(place, text)
    elif expression.is_required and not text:
        yield problem("expression_missing", place, kind=expression.kind)
    elif expression.is_required:
        yield problem("expression_without_equals", place, expression=text)


def unreadable(place: Place, text: str) -> Iterator[Problem]:
    """Say why an expression cannot be read, if it cannot."""
    found = feel.problem(text.removeprefix("=").strip())
    if found is not None:
        cause = Cause(found.code, found.values)
        yield problem("expression_wrong", place, cause, expression=text, reason=found.reason)


def expressions_of(document: Document) -> Iterator[Expression]:
    """Give every expression of a file."""
    for scope in document.scopes():
        for flow in scope.flows:
            if flow.condition is not None and flow.source is not None and flow.source.kind in DECIDING:
                yield _body(flow, "condition", flow.condition)
        for node in scope.nodes:
            if not node.is_refused:
                yield from _of_node(node)
    for message in document.messages.values():
        for xml in message.xml.iter("{*}subscription"):
            yield Expression(message, "key", xml.get("correlationKey", "").strip(), is_required=False)


def _body(place: Place, kind: str, xml: etree._Element) -> Expression:
    return Expression(place, kind, text_of(xml), is_required=True, language=xml.get("language", ""))


def _of_node(node: Node) -> Iterator[Expression]:
    for event, xml in node.events:
        if event == "timer":
            yield from (Expression(node, "time", text_of(child), is_required=False) for child in xml)
        elif event == "conditional":
            condition = xml.find(f"{BPMN}condition")
            yield Expression(node, "condition", text_of(condition), is_required=True)
    yield from _of_extensions(node)
    if node.repetition is not None:
        yield from _of_repetition(node, node.repetition)


def _of_extensions(node: Node) -> Iterator[Expression]:
    if node.kind == "scriptTask":
        yield Expression(node, "script", node.extension_value("script", "expression"), is_required=True)
    for schedule in node.extensions.get("taskSchedule", []):
        yield Expression(node, "time", schedule.get("dueDate", "").strip(), is_required=False)
    for assignment in node.extensions.get("assignmentDefinition", []):
        yield Expression(node, "role", assignment.get("candidateGroups", "").strip(), is_required=False)
        person = assignment.get("assignee", "").strip()
        # No diagram can know the id of a person.
        yield Expression(node, "person", person, is_required=bool(person))
    for mapping in node.extensions.get("ioMapping", []):
        for child in mapping:
            yield Expression(node, "mapping", child.get("source", "").strip(), is_required=False)


def _of_repetition(node: Node, xml: etree._Element) -> Iterator[Expression]:
    for child in xml:
        if local_name(child) in {"completionCondition", "loopCondition"}:
            yield _body(node, "condition", child)
        elif local_name(child) == "loopCardinality":
            yield Expression(node, "count", text_of(child), is_required=False)
    for marker in xml.iter("{*}loopCharacteristics"):
        for attribute in ("inputCollection", "outputElement"):
            if marker.get(attribute, "").strip():
                yield Expression(node, "list", marker.get(attribute, "").strip(), is_required=True)
