"""The processes of a pack as they are drawn: what follows what, and which sheet opens inside which step."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from lxml import etree

from workflows.engine.parsing.documents import BPMN, extension, read_xml

Node = etree._Element

_BPMN = f"{{{BPMN}}}"
_CALL, _INSIDE, _END = _BPMN + "callActivity", _BPMN + "subProcess", _BPMN + "endEvent"
_WORK = frozenset(_BPMN + kind for kind in ("userTask", "manualTask", "callActivity", "subProcess"))
"""What people do, or what holds it."""
_STOPS = _WORK | {_BPMN + "receiveTask", _BPMN + "intermediateCatchEvent", _END}
"""Where a case may be seen to stand: work, what it waits for, and its ends."""
_BREAKS_OFF = frozenset(_BPMN + kind for kind in ("errorEventDefinition", "terminateEventDefinition"))
_NOT_SHAPES = frozenset(_BPMN + kind for kind in ("sequenceFlow", "process", "association", "textAnnotation"))


class Drawing:
    """The nodes of all sheets of a pack, by their ids; it never changes."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.trees = [read_xml(file, content) for file, content in files.items() if file.endswith(".bpmn")]
        self.nodes: dict[str, Node] = {
            key: node for tree in self.trees for node in tree.iter(f"{_BPMN}*") if (key := node.get("id"))
        }

    def name(self, element: str) -> str:
        """Return what is written at an element."""
        node = self.nodes.get(element)
        return " ".join((node.get("name") or "").split()) if node is not None else ""

    def process_of(self, element: str) -> str:
        """Return the process on whose sheet an element is drawn."""
        node = self.nodes.get(element)
        while node is not None and node.tag != f"{_BPMN}process":
            node = node.getparent()
        return node.get("id", "") if node is not None else ""

    def called_by(self, element: str) -> str:
        """Return the process that opens inside a step, if one does."""
        node = self.nodes.get(element)
        return _called(node) if node is not None and node.tag == _CALL else ""

    @cached_property
    def callers(self) -> dict[str, tuple[str, ...]]:
        """List for each process the steps in which it opens."""
        callers: dict[str, tuple[str, ...]] = {}
        for key, node in self.nodes.items():
            if node.tag == _CALL:
                callers[_called(node)] = (*callers.get(_called(node), ()), key)
        return callers

    def shown_as(self, process: str, element: str) -> str:
        """Return the element of a process's own sheet inside which a step of a called process stands."""
        seen = set[str]()
        while element not in seen:
            seen.add(element)
            owner = self.process_of(element)
            if owner == process or owner not in self.callers:
                break
            element = self.callers[owner][0]
        return element

    def is_event_at_edge(self, element: str) -> bool:
        """Say whether an element is an event at the edge of a step."""
        node = self.nodes.get(element)
        return node is not None and node.tag == f"{_BPMN}boundaryEvent"

    def is_end(self, element: str) -> bool:
        """Say whether a way ends here."""
        node = self.nodes.get(element)
        return node is not None and node.tag == _END

    def shapes_of(self, process: str) -> list[str]:
        """List everything drawn on the sheet of a process."""
        place = self.nodes.get(process)
        nodes = place.iter(f"{_BPMN}*") if place is not None else ()
        return [
            key
            for node in nodes
            if node.tag not in _NOT_SHAPES and (key := node.get("id", "")) in self._on_the_way
        ]

    @cached_property
    def _on_the_way(self) -> set[str]:
        """Tell the nodes that a case may come to from what stands inside and beside them."""
        ends = {node.get(end, "") for node in self._flow_nodes for end in ("sourceRef", "targetRef")}
        return ends | {key for key, node in self.nodes.items() if node.tag in _STOPS}

    def events_at(self, element: str) -> list[str]:
        """List the events at the edge of a step."""
        return self._edges.get(element, [])

    @cached_property
    def _edges(self) -> dict[str, list[str]]:
        edges: dict[str, list[str]] = {}
        for key, node in self.nodes.items():
            if node.tag == f"{_BPMN}boundaryEvent":
                edges.setdefault(node.get("attachedToRef", ""), []).append(key)
        return edges

    def stops_of(self, process: str) -> list[str]:
        """List where a case may be seen to stand on a sheet, in the order in which one comes there."""
        place = self.nodes.get(process)
        if place is None:
            return []
        waiting = [node.get("id", "") for node in place.iterfind(f"{_BPMN}startEvent")]
        found = list[str]()
        while waiting:
            element = waiting.pop(0)
            for source in (element, *self.events_at(element)):
                new = [one for one in self.stops_after(source) if one not in found]
                found += new
                waiting += new
        # The ends are told last, however soon one may come to them.
        return sorted(found, key=self.is_end)

    def stops_after(self, element: str) -> Iterator[str]:
        """Walk on from an element, through what happens by itself, to where the case stands next."""
        return self._walk(element, _STOPS)

    def work_after(self, element: str) -> Iterator[str]:
        """Walk on from an element, past events and out of a finished sheet, to what people do next."""
        return self._walk(element, _WORK)

    def _walk(self, element: str, until: frozenset[str]) -> Iterator[str]:
        waiting, seen = [element], {element}
        while waiting:
            place = waiting.pop(0)
            for key in self._out_of(place, goes_out_of_sheets=until is _WORK):
                node = self.nodes.get(key)
                if node is None or key in seen:
                    continue
                seen.add(key)
                if node.tag in until and not self._leaves_subprocess(node):
                    yield key
                else:
                    waiting.append(key)

    def reach(self, elements: Iterable[str]) -> set[str]:
        """Tell what on the same sheet may still be come to from these elements, they themselves left out."""
        waiting, reached = list(elements), set[str]()
        while waiting:
            place = waiting.pop()
            beside = [*self._out_of(place, goes_out_of_sheets=False), *self.events_at(place)]
            for key in (*beside, *self._starts_inside(place)):
                if key not in reached:
                    reached.add(key)
                    waiting.append(key)
        return reached

    def _starts_inside(self, element: str) -> list[str]:
        node = self.nodes.get(element)
        if node is None or node.tag != _INSIDE:
            return []
        return [one.get("id", "") for one in node.iterfind(f"{_BPMN}startEvent")]

    def _out_of(self, element: str, *, goes_out_of_sheets: bool) -> list[str]:
        """List where the flows lead, and behind an end where the step goes on that it is inside of."""
        if element in self._flows:
            return self._flows[element]
        node = self.nodes.get(element)
        parent = node.getparent() if node is not None else None
        if node is None or parent is None:
            return []
        if parent.tag == _INSIDE:
            return self._flows.get(parent.get("id", ""), [])
        is_plain_end = node.tag == _END and not any(part.tag in _BREAKS_OFF for part in node)
        callers = self.callers.get(parent.get("id", ""), ())
        # A sheet that opens in several steps does not know into which of them it returns.
        if goes_out_of_sheets and is_plain_end and len(callers) == 1:
            return self._out_of(callers[0], goes_out_of_sheets=True)
        return []

    def _leaves_subprocess(self, node: Node) -> bool:
        parent = node.getparent()
        return node.tag == _END and parent is not None and parent.tag == _INSIDE

    @cached_property
    def _flow_nodes(self) -> list[Node]:
        return [node for node in self.nodes.values() if node.tag == f"{_BPMN}sequenceFlow"]

    @cached_property
    def _flows(self) -> dict[str, list[str]]:
        flows: dict[str, list[str]] = {}
        for node in self._flow_nodes:
            flows.setdefault(node.get("sourceRef", ""), []).append(node.get("targetRef", ""))
        return flows


def _called(node: Node) -> str:
    called = extension(node, "calledElement")
    return (called.get("processId") if called is not None else node.get("calledElement")) or ""
