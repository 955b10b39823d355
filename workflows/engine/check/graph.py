"""A diagram as a light graph: what the checks look at, with the line of everything."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from workflows.engine.parsing.documents import flag

TASKS = {
    "userTask",
    "manualTask",
    "serviceTask",
    "scriptTask",
    "businessRuleTask",
    "sendTask",
    "receiveTask",
    "task",
}
SUBPROCESSES = {"subProcess", "transaction", "adHocSubProcess"}
ACTIVITIES = TASKS | SUBPROCESSES | {"callActivity"}
EVENTS = {"startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"}
DECIDING = {"exclusiveGateway", "inclusiveGateway"}
GATEWAYS = DECIDING | {"parallelGateway", "eventBasedGateway", "complexGateway"}
NODES = ACTIVITIES | EVENTS | GATEWAYS
REFUSED_EVENTS = {"signal", "link", "compensate", "cancel"}


@dataclass(eq=False, slots=True)
class Flow:
    """An arrow between two nodes of one sheet."""

    file: str
    id: str
    name: str
    line: int
    source_id: str
    target_id: str
    condition: etree._Element | None
    source: "Node | None" = None
    target: "Node | None" = None


@dataclass(eq=False, slots=True)
class Node:
    """A task, an event, a gateway or a subprocess."""

    file: str
    id: str
    name: str
    line: int
    kind: str
    xml: etree._Element
    scope: "Scope"
    extensions: dict[str, list[etree._Element]]
    events: list[tuple[str, etree._Element]]
    incoming: list[Flow] = field(default_factory=list)
    outgoing: list[Flow] = field(default_factory=list)
    boundaries: list["Node"] = field(default_factory=list)
    host: "Node | None" = None
    inner: "Scope | None" = None

    def extension(self, name: str) -> etree._Element | None:
        """Give our extension of this name if the node has it."""
        found = self.extensions.get(name)
        return found[0] if found else None

    def extension_value(self, name: str, attribute: str) -> str:
        """Give an attribute of our extension of this name, or nothing."""
        found = self.extension(name)
        return found.get(attribute, "").strip() if found is not None else ""

    @property
    def event(self) -> str:
        """Name the kind of the event: timer, message …; empty for a plain one."""
        return self.events[0][0] if self.events else ""

    @property
    def is_interrupting(self) -> bool:
        return flag(self.xml, "cancelActivity", default=True)

    @property
    def is_refused(self) -> bool:
        """Say whether the engine does not run such a thing, so that nothing else about it matters."""
        return (
            self.kind in {"complexGateway", "transaction", "adHocSubProcess"}
            or flag(self.xml, "triggeredByEvent")
            or flag(self.xml, "isForCompensation")
            or any(event in REFUSED_EVENTS for event, _xml in self.events)
        )

    @property
    def repetition(self) -> etree._Element | None:
        """Give the multi-instance or loop marker."""
        return next((child for child in self.xml if _ends_with(child, "LoopCharacteristics")), None)


@dataclass(eq=False, slots=True)
class Scope:
    """A sheet: a process, or the inside of an embedded subprocess."""

    file: str
    id: str
    name: str
    line: int
    xml: etree._Element
    parent: Node | None
    nodes: list[Node] = field(default_factory=list)
    flows: list[Flow] = field(default_factory=list)
    others: list[etree._Element] = field(default_factory=list)
    without_id: list[Node] = field(default_factory=list)

    def within(self) -> Iterator["Scope"]:
        """Give this sheet and all sheets inside it."""
        waiting = [self]
        while waiting:
            scope = waiting.pop()
            yield scope
            waiting += [node.inner for node in reversed(scope.nodes) if node.inner is not None]

    def all_nodes(self) -> Iterator[Node]:
        """Give the nodes of this sheet and of all sheets inside it."""
        for scope in self.within():
            yield from scope.nodes


@dataclass(eq=False, slots=True)
class Lane:
    """A lane: its id is the code of a role, its name the readable title."""

    file: str
    id: str
    name: str
    line: int
    node_ids: list[str]
    parent: "Lane | None" = None


@dataclass(eq=False, slots=True)
class Definition:
    """A message, an error or an escalation that events refer to."""

    file: str
    id: str
    name: str
    line: int
    xml: etree._Element


@dataclass(eq=False, slots=True)
class Process:
    """A process with its lanes."""

    sheet: Scope
    is_executable: bool
    lanes: list[Lane]
    lanes_by_node: dict[str, list[Lane]]

    @property
    def id(self) -> str:
        return self.sheet.id


@dataclass(eq=False, slots=True)
class Document:
    """One file with diagrams."""

    file: str
    root: etree._Element
    processes: list[Process]
    messages: dict[str, Definition]
    errors: dict[str, Definition]
    escalations: dict[str, Definition]
    drawn: set[str]

    def nodes(self) -> Iterator[Node]:
        """Give every node of every process."""
        for process in self.processes:
            yield from process.sheet.all_nodes()

    def scopes(self) -> Iterator[Scope]:
        """Give every sheet of every process."""
        for process in self.processes:
            yield from process.sheet.within()


def _ends_with(element: etree._Element, ending: str) -> bool:
    return isinstance(element.tag, str) and element.tag.endswith(ending)
