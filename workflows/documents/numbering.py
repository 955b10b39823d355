"""The numbers and signs before the points of lists, which a document keeps apart from its text."""

import re
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

_BULLET = "–"
_LETTERS = "абвгдежзиклмнопрстуфхцшщэюя"


class Numbering:
    """Counts the points of the lists of one document, in the order in which they are read."""

    def __init__(self, document: Document) -> None:
        self.counted: dict[tuple[str, int], int] = {}
        self.levels: dict[tuple[str, int], tuple[str, str]] = {}
        try:
            root = document.part.numbering_part.element
        except (KeyError, NotImplementedError):
            return
        abstract = {one.get(qn("w:abstractNumId")): one for one in root.findall(qn("w:abstractNum"))}
        for one in root.findall(qn("w:num")):
            link = one.find(qn("w:abstractNumId"))
            self._read(str(one.get(qn("w:numId"))), abstract.get(link.get(qn("w:val"))))

    def _read(self, number_id: str, abstract: Any) -> None:
        for level in abstract.findall(qn("w:lvl")) if abstract is not None else ():
            form, text = level.find(qn("w:numFmt")), level.find(qn("w:lvlText"))
            values = [one.get(qn("w:val"), "") if one is not None else "" for one in (form, text)]
            self.levels[number_id, int(level.get(qn("w:ilvl"), 0))] = values[0], values[1]

    def mark(self, paragraph: Paragraph, by_style: Any = None) -> str:
        """Return what stands before a paragraph; nothing if it is no point of a list."""
        place = _place_of(paragraph, by_style)
        if place is None or place not in self.levels:
            return ""
        number_id, level = place
        self.counted[place] = self.counted.get(place, 0) + 1
        for deeper in [one for one in self.counted if one[0] == number_id and one[1] > level]:
            del self.counted[deeper]
        form, text = self.levels[place]
        if form == "bullet":
            return _BULLET
        return re.sub(r"%(\d)", lambda found: self._said(number_id, int(found[1]) - 1), text)

    def _said(self, number_id: str, level: int) -> str:
        number = self.counted.get((number_id, level), 1)
        form, _text = self.levels.get((number_id, level), ("decimal", ""))
        return _LETTERS[(number - 1) % len(_LETTERS)] if "etter" in form else str(number)


def _place_of(paragraph: Paragraph, by_style: Any) -> tuple[str, int] | None:
    """Find to which list, and to which level of it, a paragraph belongs, by itself or by its style."""
    settings = paragraph._p.pPr
    own: Any = settings.numPr if settings is not None else None
    number = by_style if own is None else own
    if number is None or number.numId is None:
        return None
    return str(number.numId.val), int(number.ilvl.val) if number.ilvl is not None else 0
