"""Read what a filled document holds, as plain data: what one edits is what the printer lays out."""

import io
from collections.abc import Iterator, Mapping
from typing import Any

from docx import Document
from docx.document import Document as Opened
from docx.oxml.ns import qn
from docx.shared import Length
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from workflows.documents.numbering import Numbering
from workflows.documents.styles import Styles

LARGEST_PICTURE = 500_000
PICTURES = {"image/png": "png", "image/jpeg": "jpg"}
_ALIGNMENTS = {0: "left", 1: "center", 2: "right", 3: "justify"}
_USUAL_SIZE = 12.0
_TO_POINTS = 12700


def read_content(filled: bytes) -> dict[str, Any]:
    """Return the pages of a document: their measures, their head and foot, their paragraphs and tables."""
    document = Document(io.BytesIO(filled))
    reader = _Reader(document)
    section = document.sections[0]
    return {
        "page": _page(section),
        "header": list(reader.blocks(section.header)),
        "footer": list(reader.blocks(section.footer)),
        "blocks": list(reader.blocks(document)),
        "pictures": reader.pictures,
    }


def _page(section: Any) -> dict[str, Any]:
    borders = section._sectPr.find(qn("w:pgBorders"))
    return {
        "width": points(section.page_width, 595),
        "height": points(section.page_height, 842),
        "left": points(section.left_margin, 85),
        "right": points(section.right_margin, 42),
        "top": points(section.top_margin, 57),
        "bottom": points(section.bottom_margin, 57),
        "framed": borders is not None and len(borders) > 0,
    }


def points(length: Length | None, otherwise: float = 0.0) -> float:
    """Return a length in points."""
    return otherwise if length is None else round(length.pt, 2)


class _Reader:
    """Reads the parts of one document."""

    def __init__(self, document: Opened) -> None:
        self.numbering = Numbering(document)
        self.styles = Styles(document)
        self.pictures: dict[str, Any] = {}

    def blocks(self, place: Any) -> Iterator[dict[str, Any]]:
        """Go through the paragraphs and tables of the text, of a cell, of the head or foot of a page."""
        for one in place.iter_inner_content():
            if isinstance(one, Table):
                yield self._table(one)
            else:
                yield self._paragraph(one)

    def _paragraph(self, paragraph: Paragraph) -> dict[str, Any]:
        style = self.styles.of(paragraph)
        own = paragraph.paragraph_format

        def found(name: str) -> Any:
            value = getattr(own, name)
            return style.get(name) if value is None else value

        mark = self.numbering.mark(paragraph, style.get("number"))
        runs = [run for one in paragraph.iter_inner_content() for run in self._runs(one, style)]
        if mark:
            runs.insert(0, {"text": f"{mark} ", **_look(style, None)})
        return {
            "is": "paragraph",
            "align": _ALIGNMENTS.get(int(found("alignment") or 0), "left"),
            "first": points(found("first_line_indent")),
            "left": points(found("left_indent")),
            "before": points(found("space_before")),
            "after": points(found("space_after")),
            "new_page": bool(found("page_break_before")),
            "size": style.get("size") or _USUAL_SIZE,
            "runs": runs,
        }

    def _runs(self, one: Any, style: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        for run in [one] if isinstance(one, Run) else one.runs:
            yield from self._picture(run)
            look = _look(style, run)
            for number, line in enumerate(run.text.split("\n")):
                if number:
                    yield {"new_line": True}
                if line:
                    yield {"text": line, **look}

    def _picture(self, run: Run) -> Iterator[dict[str, Any]]:
        for drawing in run._r.iter(qn("a:blip")):
            part = run.part.related_parts.get(drawing.get(qn("r:embed")))
            kind = PICTURES.get(getattr(part, "content_type", ""))
            if part is None or kind is None or len(part.blob) > LARGEST_PICTURE:
                continue
            extent = next(run._r.iter(qn("wp:extent")))
            self.pictures[str(part.partname)] = {"format": kind, "bytes": list(part.blob)}
            width = round(int(extent.get("cx", "0")) / _TO_POINTS, 2)
            yield {"picture": str(part.partname), "width": width}

    def _table(self, table: Table) -> dict[str, Any]:
        settings = table._tbl.tblPr
        style = settings.find(qn("w:tblStyle"))
        is_grid = style is not None and "Grid" in str(style.get(qn("w:val")))
        rows = table._tbl.tr_lst
        grid = [column.w for column in table._tbl.tblGrid.gridCol_lst]
        return {
            "is": "table",
            "widths": [points(width) for width in grid],
            "lined": is_grid or settings.find(qn("w:tblBorders")) is not None,
            "head": bool(rows) and rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None,
            "rows": [list(self._cells(row, table)) for row in rows],
        }

    def _cells(self, row: Any, table: Table) -> Iterator[dict[str, Any]]:
        for cell in row.tc_lst:
            yield {"span": cell.grid_span, "blocks": list(self.blocks(_Cell(cell, table)))}


def _look(style: Mapping[str, Any], run: Run | None) -> Mapping[str, Any]:
    font = run.font if run is not None else None
    size = font.size.pt if font is not None and font.size is not None else None
    look: dict[str, Any] = {"size": size or style.get("size") or _USUAL_SIZE}
    for name in ("bold", "italic", "underline", "all_caps"):
        own = getattr(font, name) if font is not None else None
        if style.get(name) if own is None else own:
            look[name] = True
    colour = font.color.rgb if font is not None and font.color is not None else None
    return look | ({"colour": f"#{colour}"} if colour is not None else {})
