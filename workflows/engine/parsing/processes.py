"""Read a process: all its nodes first, then the flows between them.

The library follows the flows recursively, looks at positions on the sheet and gives names of its own that an
element's id can collide with. Here every node is read where it stands, and names of ours are no XML ids.
"""

from typing import Any

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.ProcessParser import ProcessParser as LibraryProcessParser
from SpiffWorkflow.bpmn.specs.bpmn_process_spec import BpmnProcessSpec
from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec

from workflows.engine.parsing.documents import BPMN, NAMESPACES, DefinitionError, Document
from workflows.engine.specs.events import CatchEvent
from workflows.engine.specs.nodes import StartNode

START = "<start>"


class ProcessSpec(BpmnProcessSpec):
    """A process, or an embedded subprocess, whose name is `process/subprocess` then."""

    start: Any

    def __init__(self, name: str, title: str, file: str) -> None:
        # The library's own start and end are left out: a process ends when it has no token left.
        WorkflowSpec.__init__(self, name=name, filename=file)
        self.description = title
        self.process = name.partition("/")[0]
        self.data_objects: dict[str, Any] = {}
        self.bpmn_start_events: list[Any] = []
        self.start = StartNode(self, START)


class ProcessParser(LibraryProcessParser):
    """Reads one process, or one embedded subprocess."""

    def __init__(
        self, parser: "PackParser", node: Any, document: Document, name: str, lane: str = ""
    ) -> None:
        self.document = document
        self.name = name
        self.elements: dict[str, Any] = {}
        parser.document_lanes[id(document.root)] = document.lanes
        super().__init__(parser, node, NAMESPACES, {}, filename=document.file, lane=lane or None)

    def _index_process_nodes(self) -> None:
        """Index what stands directly in this process; its subprocesses are read on their own."""
        for node in self.node.iterchildren(f"{{{BPMN}}}*"):
            node_id = node.get("id")
            if node.tag == f"{{{BPMN}}}sequenceFlow":
                self.outgoing_sequence_flows.setdefault(node.get("sourceRef"), []).append(node)
            elif node_id:
                self.nodes_by_id[node_id] = node

    def _parse(self) -> None:
        try:
            self._read_nodes()
        except Exception:
            # A process that was read in part must not be taken for a whole one the next time.
            self.spec, self.elements = None, {}
            raise

    def _read_nodes(self) -> None:
        self.spec = ProcessSpec(self.name, self.get_name(), self.filename)
        for node_id, node in self.nodes_by_id.items():
            parser_class, spec_class = self.parser._get_parser_class(node.tag)
            if parser_class is not None:
                self.elements[node_id] = parser_class(
                    self, spec_class, node, self.nsmap, lane=self.lane_of(node_id)
                )
            elif node.tag in self.parser.REFUSED:
                raise DefinitionError(
                    self.filename, node_id, f"{etree.QName(node).localname} is not supported"
                )
        for element in self.elements.values():
            element.create()
        for element in self.elements.values():
            element.attach()
        for element in self.elements.values():
            element.connect()
        self.spec.start.outputs = [element.entry for element in self._beginnings()]

    def lane_of(self, node_id: str) -> str | None:
        return self.document.lanes.get(node_id) or self.lane

    def _beginnings(self) -> list[Any]:
        """List the start events a process begins at: those that wait for nothing."""
        starts = [e for e in self.elements.values() if e.node.tag == f"{{{BPMN}}}startEvent"]
        plain = [e for e in starts if isinstance(e.task, CatchEvent) and not e.task.trigger.is_awaited]
        if not plain:
            raise DefinitionError(
                self.filename, self.bpmn_id, "a process needs a start event without a trigger"
            )
        return plain

    def element(self, node_id: str | None, asked_by: str) -> Any:
        try:
            return self.elements[node_id or ""]
        except KeyError:
            raise DefinitionError(
                self.filename, asked_by, f"it leads to “{node_id}”, which is not there"
            ) from None


class PackParser(BpmnParser):
    """Knows the processes of all diagrams of one pack, and reads each when it is asked for."""

    REFUSED = frozenset(
        f"{{{BPMN}}}{name}"
        for name in ("complexGateway", "transaction", "adHocSubProcess", "choreographyTask")
    )

    def add_document(self, document: Document) -> None:
        for node in document.processes():
            self.add_process(ProcessParser(self, node, document, node.get("id", "")))

    def add_process(self, process: ProcessParser) -> None:
        if process.name in self.process_parsers and "/" not in process.name:
            raise DefinitionError(process.filename, process.name, "the pack has this process twice")
        self.process_parsers[process.name] = process
