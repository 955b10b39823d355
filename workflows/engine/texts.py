"""What a pack says to people: the words of its diagrams and settings, in the reader's language.

Texts of a pack are Russian; a catalogue `translations/<language>.po` of the pack says them in another.
"""

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from lxml import etree

from workflows.engine.catalogues import CatalogueBroken, read_catalogue
from workflows.engine.parsing.documents import BPMN, extension, read_xml

_BPMN = f"{{{BPMN}}}"
_SHOWN_AS_STEP = frozenset(
    _BPMN + kind
    for kind in (
        "userTask",
        "manualTask",
        "callActivity",
        "subProcess",
        "receiveTask",
        "intermediateCatchEvent",
        "endEvent",
    )
)
_MOST_STEPS = 5
_IN_BRACES = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Stage:
    """A step of a process in words: what comes after it, and what comes instead if something happens."""

    element: str
    name: str
    following: tuple[str, ...]
    instead: tuple[tuple[str, tuple[str, ...]], ...]


class PackTexts:
    """The words of one pack version; it never changes, so each answer is kept."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self.purpose = cache(self._purpose)
        self.note = cache(self._note)
        self.next_steps = cache(self._next_steps)
        self._catalogue = cache(self._read_catalogue)
        self.diagram = cache(self._diagram)
        self.outline = cache(self._outline)

    def say(self, text: str, language: str) -> str:
        """Say a text of the pack in a language; what is not translated stays as it is."""
        return self._catalogue(language).get(text, text)

    def tell(self, text: str, values: Mapping[str, Any], language: str) -> str:
        """Say a text of the pack with values in its braces; a value may be a text of the pack itself."""
        said = {name: self.say("" if one is None else str(one), language) for name, one in values.items()}
        return _IN_BRACES.sub(lambda found: said.get(found[1], found[0]), self.say(text, language))

    def _read_catalogue(self, language: str) -> dict[str, str]:
        try:
            return read_catalogue(self._files.get(f"translations/{language}.po", b""))
        except CatalogueBroken:
            return {}

    def _purpose(self, element: str, language: str) -> str:
        """Say what a step is for, as its author has documented it."""
        node = self._nodes.get(element)
        text = node.findtext(f"{_BPMN}documentation", "") if node is not None else ""
        return self.say(text.strip(), language)

    def _note(self, element: str, language: str) -> str:
        """Say what its author has written beside a step on the sheet."""
        notes = (
            self._nodes[one.get("targetRef", "")].findtext(f"{_BPMN}text", "")
            for one in self._nodes.values()
            if one.tag == f"{_BPMN}association"
            and one.get("sourceRef") == element
            and one.get("targetRef") in self._nodes
        )
        return " ".join(self.say(" ".join(text.split()), language) for text in notes)

    def _next_steps(self, element: str, language: str) -> tuple[str, ...]:
        """Name the steps that may come after one, nearest first."""
        names = (self._name(node, language) for node in self._following(element))
        return tuple(dict.fromkeys(filter(None, names)))[:_MOST_STEPS]

    def _diagram(self, process: str, language: str) -> bytes:
        """Return the file in which a process is drawn, its names in the reader's language."""
        for tree in self._trees:
            if any(node.get("id") == process for node in tree.iter(f"{_BPMN}process")):
                return self._translated(tree, language)
        return b""

    def _outline(self, process: str, language: str) -> tuple[Stage, ...]:
        """Tell the diagram of a process step by step, in the order in which one comes to them."""
        place = self._nodes.get(process)
        if place is None:
            return ()
        starts = [node for node in place.iterfind(f"{_BPMN}startEvent") if node.get("id")]
        found, waiting = list[etree._Element](), list(starts)
        while waiting:
            node = waiting.pop(0)
            for one in self._all_following(node):
                if one not in found:
                    found.append(one)
                    waiting.append(one)
        # The ends are told last, however soon one may come to them.
        found.sort(key=lambda node: node.tag == f"{_BPMN}endEvent")
        return tuple(self._stage(node, language) for node in found if node.get("name"))

    def _all_following(self, node: etree._Element) -> Iterator[etree._Element]:
        yield from self._following(node.get("id", ""))
        for event in self._boundary(node):
            yield from self._following(event.get("id", ""))

    def _boundary(self, node: etree._Element) -> list[etree._Element]:
        parent = node.getparent()
        events = parent.iterfind(f"{_BPMN}boundaryEvent") if parent is not None else ()
        return [event for event in events if event.get("attachedToRef") == node.get("id")]

    def _stage(self, node: etree._Element, language: str) -> Stage:
        key = node.get("id", "")
        instead = (
            (self._name(event, language), self.next_steps(event.get("id", ""), language))
            for event in self._boundary(node)
        )
        return Stage(key, self._name(node, language), self.next_steps(key, language), tuple(instead))

    def shown_as(self, process: str, element: str) -> str:
        """Return the element of a process's own diagram inside which a step of a called process stands."""
        seen = set[str]()
        while element not in seen:
            seen.add(element)
            owner = self._process_of(element)
            if owner == process or owner not in self._callers:
                break
            element = self._callers[owner]
        return element

    def _process_of(self, element: str) -> str:
        node = self._nodes.get(element)
        while node is not None and node.tag != f"{_BPMN}process":
            node = node.getparent()
        return node.get("id", "") if node is not None else ""

    @cached_property
    def _callers(self) -> dict[str, str]:
        callers: dict[str, str] = {}
        for key, node in self._nodes.items():
            if node.tag == f"{_BPMN}callActivity":
                called = extension(node, "calledElement")
                name = called.get("processId") if called is not None else node.get("calledElement")
                callers.setdefault(name or "", key)
        return callers

    def _name(self, node: etree._Element, language: str) -> str:
        return self.say(" ".join((node.get("name") or "").split()), language)

    def _translated(self, tree: etree._Element, language: str) -> bytes:
        if not self._catalogue(language):
            return etree.tostring(tree, xml_declaration=True, encoding="UTF-8")
        copy = deepcopy(tree)
        for node in copy.iter(f"{_BPMN}*"):
            if name := node.get("name"):
                node.set("name", self.say(name, language))
        return etree.tostring(copy, xml_declaration=True, encoding="UTF-8")

    @cached_property
    def _trees(self) -> list[etree._Element]:
        return [read_xml(file, content) for file, content in self._files.items() if file.endswith(".bpmn")]

    @cached_property
    def _nodes(self) -> dict[str, etree._Element]:
        return {
            key: node for tree in self._trees for node in tree.iter(f"{_BPMN}*") if (key := node.get("id"))
        }

    @cached_property
    def _flows(self) -> dict[str, list[str]]:
        flows: dict[str, list[str]] = {}
        for node in self._nodes.values():
            if node.tag == f"{_BPMN}sequenceFlow":
                flows.setdefault(node.get("sourceRef", ""), []).append(node.get("targetRef", ""))
        return flows

    def _following(self, element: str) -> Iterator[etree._Element]:
        """Walk on from a step, through what happens by itself, to what people will see next."""
        waiting, seen = [element], {element}
        while waiting:
            place = waiting.pop(0)
            for key in self._flows.get(place, self._out_of(place)):
                node = self._nodes.get(key)
                if node is None or key in seen:
                    continue
                seen.add(key)
                if node.tag in _SHOWN_AS_STEP and not self._leaves_subprocess(node):
                    yield node
                else:
                    waiting.append(key)

    def _leaves_subprocess(self, node: etree._Element) -> bool:
        parent = node.getparent()
        return node.tag == f"{_BPMN}endEvent" and parent is not None and parent.tag == f"{_BPMN}subProcess"

    def _out_of(self, element: str) -> list[str]:
        """Go on behind a subprocess whose end has been reached."""
        node = self._nodes.get(element)
        parent = node.getparent() if node is not None else None
        if parent is None or parent.tag != f"{_BPMN}subProcess":
            return []
        return self._flows.get(parent.get("id", ""), [])
