"""What a pack says to people: the words of its diagrams and settings, in the reader's language.

Texts of a pack are Russian; a catalogue `translations/<language>.po` of the pack says them in another.
"""

import re
from collections.abc import Mapping
from copy import deepcopy
from functools import cache, cached_property
from typing import Any

from lxml import etree

from workflows.engine.catalogues import CatalogueBroken, read_catalogue
from workflows.engine.drawing import Drawing
from workflows.engine.parsing.documents import BPMN

_BPMN = f"{{{BPMN}}}"
_MOST_STEPS = 5
_IN_BRACES = re.compile(r"\{(\w+)\}")


class PackTexts:
    """The words of one pack version; it never changes, so each answer is kept."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self.purpose = cache(self._purpose)
        self.note = cache(self._note)
        self.next_steps = cache(self._next_steps)
        self._catalogue = cache(self._read_catalogue)
        self.diagram = cache(self._diagram)

    def say(self, text: str, language: str) -> str:
        """Say a text of the pack in a language; what is not translated stays as it is."""
        return self._catalogue(language).get(text, text)

    def title(self, title: str, language: str) -> str:
        """Say the title of a case: many begin with a text of the pack, and what it is about follows."""
        kind, colon, about = title.partition(": ")
        return f"{self.say(kind, language)}{colon}{about}" if colon else self.say(title, language)

    def tell(self, text: str, values: Mapping[str, Any], language: str) -> str:
        """Say a text of the pack with values in its braces; a value may be a text of the pack itself."""
        said = {name: self.say("" if one is None else str(one), language) for name, one in values.items()}
        return _IN_BRACES.sub(lambda found: said.get(found[1], found[0]), self.say(text, language))

    def _read_catalogue(self, language: str) -> dict[str, str]:
        try:
            return read_catalogue(self._files.get(f"translations/{language}.po", b""))
        except CatalogueBroken:
            return {}

    @cached_property
    def drawing(self) -> Drawing:
        """The processes of the pack as they are drawn."""
        return Drawing(self._files)

    def name(self, element: str, language: str) -> str:
        """Say what is written at an element of a diagram."""
        return self.say(self.drawing.name(element), language)

    def shown_as(self, process: str, element: str) -> str:
        """Return the element of a process's own diagram inside which a step of a called process stands."""
        return self.drawing.shown_as(process, element)

    def _purpose(self, element: str, language: str) -> str:
        """Say what a step is for, as its author has documented it."""
        node = self.drawing.nodes.get(element)
        text = node.findtext(f"{_BPMN}documentation", "") if node is not None else ""
        return self.say(text.strip(), language)

    def _note(self, element: str, language: str) -> str:
        """Say what its author has written beside a step on the sheet."""
        nodes = self.drawing.nodes
        notes = (
            nodes[one.get("targetRef", "")].findtext(f"{_BPMN}text", "")
            for one in nodes.values()
            if one.tag == f"{_BPMN}association"
            and one.get("sourceRef") == element
            and one.get("targetRef") in nodes
        )
        return " ".join(self.say(" ".join(text.split()), language) for text in notes)

    def _next_steps(self, element: str, language: str) -> tuple[str, ...]:
        """Name what people may do after a step, nearest first."""
        names = (self.name(one, language) for one in self.drawing.work_after(element))
        return tuple(dict.fromkeys(filter(None, names)))[:_MOST_STEPS]

    def _diagram(self, process: str, language: str) -> bytes:
        """Return the file in which a process is drawn, its names in the reader's language."""
        for tree in self.drawing.trees:
            if any(node.get("id") == process for node in tree.iter(f"{_BPMN}process")):
                return self._translated(tree, language)
        return b""

    def _translated(self, tree: etree._Element, language: str) -> bytes:
        if not self._catalogue(language):
            return etree.tostring(tree, xml_declaration=True, encoding="UTF-8")
        copy = deepcopy(tree)
        for node in copy.iter(f"{_BPMN}*"):
            if name := node.get("name"):
                node.set("name", self.say(name, language))
        for note in copy.iter(f"{_BPMN}text"):
            note.text = self.say(" ".join((note.text or "").split()), language)
        return etree.tostring(copy, xml_declaration=True, encoding="UTF-8")
