"""Read XML that comes from outside: no entities, no network, no document types."""

from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from workflows.engine.step import EngineError

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"
NAMESPACES = {"bpmn": BPMN, "zeebe": ZEEBE}


class DefinitionError(EngineError):
    """A file of the pack cannot be read as what it should be."""

    def __init__(self, file: str, element: str, reason: str) -> None:
        super().__init__(f"{file}, {element}: {reason}" if element else f"{file}: {reason}")
        self.file = file
        self.element = element
        self.reason = reason


def read_xml(file: str, content: bytes) -> etree._Element:
    """Parse bytes as XML; entities stay unresolved and a document type is refused."""
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise DefinitionError(file, "", f"this is no XML: {problem}") from problem
    if root.getroottree().docinfo.doctype:
        raise DefinitionError(file, "", "a document type (DOCTYPE) is not allowed")
    return root


@dataclass(frozen=True)
class Message:
    name: str
    key: str


@dataclass
class Document:
    """One diagram file and what its elements refer to by id."""

    file: str
    root: etree._Element
    messages: dict[str, Message] = field(default_factory=dict)
    errors: dict[str, str | None] = field(default_factory=dict)
    escalations: dict[str, str | None] = field(default_factory=dict)
    lanes: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, file: str, content: bytes) -> "Document":
        document = cls(file, read_xml(file, content))
        for node in document.root.iterfind(f"{{{BPMN}}}message"):
            document.messages[node.get("id", "")] = Message(node.get("name", ""), _correlation_key(node))
        for node in document.root.iterfind(f"{{{BPMN}}}error"):
            document.errors[node.get("id", "")] = node.get("errorCode")
        for node in document.root.iterfind(f"{{{BPMN}}}escalation"):
            document.escalations[node.get("id", "")] = node.get("escalationCode")
        # An inner lane stands after the outer one, and so it is the one that counts.
        for node in document.root.iter(f"{{{BPMN}}}flowNodeRef"):
            lane = node.getparent()
            if node.text and lane is not None:
                document.lanes[node.text.strip()] = lane.get("id", "")
        return document

    def processes(self) -> list[etree._Element]:
        return list(self.root.iterfind(f"{{{BPMN}}}process"))


def _correlation_key(message: etree._Element) -> str:
    subscription = extension(message, "subscription")
    return subscription.get("correlationKey", "") if subscription is not None else ""


def extension(node: Any, name: str) -> etree._Element | None:
    """Find an extension element of this node by its name."""
    found: etree._Element | None = node.find(f"{{{BPMN}}}extensionElements/{{{ZEEBE}}}{name}")
    return found


def extension_value(node: Any, name: str, attribute: str) -> str:
    found = extension(node, name)
    return found.get(attribute, "").strip() if found is not None else ""


def flag(node: Any, name: str, *, default: bool = False) -> bool:
    """Read an attribute that is true or false, in either way in which XML writes it."""
    return node.get(name, str(default)).strip().lower() in ("true", "1")
