"""How the styles of a document look, each with those on which it is based, looked up once."""

from collections.abc import Mapping
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.text.paragraph import Paragraph

_STANDS = (
    "alignment",
    "first_line_indent",
    "left_indent",
    "space_before",
    "space_after",
    "page_break_before",
)
_LOOKS = ("bold", "italic", "underline", "all_caps")


class Styles:
    """The styles of paragraphs of one document, by their ids."""

    def __init__(self, document: Document) -> None:
        self.styles = {
            style.style_id: style for style in document.styles if style.type == WD_STYLE_TYPE.PARAGRAPH
        }
        usual = document.styles.default(WD_STYLE_TYPE.PARAGRAPH)
        self.usual = usual.style_id if usual is not None else ""
        self.known: dict[str, Mapping[str, Any]] = {}

    def of(self, paragraph: Paragraph) -> Mapping[str, Any]:
        """Return how a paragraph looks by its style."""
        style_id = paragraph._p.style or self.usual
        if style_id not in self.known:
            self.known[style_id] = self._read(style_id)
        return self.known[style_id]

    def _read(self, style_id: str) -> Mapping[str, Any]:
        found: dict[str, Any] = {}
        seen: set[str] = set()
        style: Any = self.styles.get(style_id) or self.styles.get(self.usual)
        # Styles can be based on one another in a circle, if somebody wants them to be.
        while style is not None and style.style_id not in seen:
            seen.add(style.style_id)
            _take(found, {name: getattr(style.paragraph_format, name) for name in _STANDS})
            _take(found, {name: getattr(style.font, name) for name in _LOOKS})
            settings = style.element.pPr
            number = settings.numPr if settings is not None else None
            size = style.font.size.pt if style.font.size is not None else None
            _take(found, {"size": size, "number": number})
            style = style.base_style
        return found


def _take(found: dict[str, Any], given: Mapping[str, Any]) -> None:
    for name, value in given.items():
        if value is not None:
            found.setdefault(name, value)
