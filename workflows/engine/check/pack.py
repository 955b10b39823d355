"""A pack as the checks see it: its diagrams read once, and what can be named in it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from workflows.engine.check.graph import Document, Node, Process
from workflows.engine.check.settings import PackSettings


@dataclass(frozen=True)
class Setting:
    """A property by which a diagram tells a listener what is meant by a task."""

    name: str
    values: Collection[str] = ()
    """What it may say; nothing named means: anything."""
    is_needed: bool = True

    def is_wrong(self, value: str) -> bool:
        """Say whether a diagram may not say this."""
        return self.is_needed if not value else bool(self.values) and value not in self.values


@dataclass(frozen=True)
class Names:
    """What the house has for diagrams to name."""

    operators: Collection[str] = ()
    listeners: Collection[str] = ()
    readers: Mapping[str, Collection[str]] = field(default_factory=dict)
    """Every reader with the names of the variables that it may give."""
    settings: Mapping[str, Collection[Setting]] = field(default_factory=dict)
    """The properties that listeners ask for."""


@dataclass
class Pack:
    """What the checks of one file may ask about all the others."""

    files: Mapping[str, bytes]
    names: Names
    settings: PackSettings | None
    documents: list[Document] = field(default_factory=list)
    decisions: dict[str, str] = field(default_factory=dict)
    """The id of every decision and the file it stands in."""

    @cached_property
    def processes(self) -> dict[str, Process]:
        """Give every process by its id; the first one where two share it."""
        found: dict[str, Process] = {}
        for document in self.documents:
            for process in document.processes:
                found.setdefault(process.id, process)
        return found

    @cached_property
    def forms(self) -> set[str]:
        """Name the forms of the pack as the tasks name them."""
        return {PurePosixPath(path).stem for path in self.files if path.endswith(".form")}

    @cached_property
    def awaited_messages(self) -> set[str]:
        """Name the messages that some process of the pack waits for."""
        return {
            name
            for document in self.documents
            for node in document.nodes()
            if node.kind in {"receiveTask", "intermediateCatchEvent", "boundaryEvent"}
            if (name := message_name(document, node))
        }

    @cached_property
    def calls(self) -> dict[str, list[Node]]:
        """Give where each process is called."""
        found: dict[str, list[Node]] = {}
        for document in self.documents:
            for node in document.nodes():
                if node.kind == "callActivity":
                    found.setdefault(called_process(node).strip(), []).append(node)
        return found

    @cached_property
    def codes(self) -> dict[tuple[str, str, str], str | None]:
        """Give the code of each error and escalation, by its file, its kind and its id."""
        return {
            (document.file, kind, key): definition.xml.get(f"{kind}Code")
            for document in self.documents
            for kind, known in (("error", document.errors), ("escalation", document.escalations))
            for key, definition in known.items()
        }


def message_reference(node: Node) -> str:
    """Give the id of the message that this node sends or awaits, or nothing."""
    if node.kind in {"sendTask", "receiveTask"}:
        return str(node.xml.get("messageRef", ""))
    return next((str(xml.get("messageRef", "")) for event, xml in node.events if event == "message"), "")


def message_name(document: Document, node: Node) -> str:
    """Give the name of the message that this node sends or awaits, or nothing."""
    message = document.messages.get(message_reference(node))
    return message.name if message is not None else ""


def called_process(node: Node) -> str:
    """Give the id of the process that a call activity calls, or nothing."""
    return node.extension_value("calledElement", "processId") or node.xml.get("calledElement", "")
