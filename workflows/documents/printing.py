"""Print documents: pages as PDF, made by a renderer that comes with its fonts and is given data only."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import typst

_LAYOUT = Path(__file__).with_name("layout.typ")


@cache
def _fonts() -> typst.Fonts:
    """Return the fonts that come with the renderer: what is printed looks alike on every machine."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def print_documents(
    contents: Sequence[Mapping[str, Any]], *, title: str, language: str = "ru", mark: str = ""
) -> bytes:
    """Return one PDF of all these documents, each on pages of its own; a mark lies across each page."""
    given = {"documents": contents, "title": title, "language": language, "mark": mark}
    compiler = typst.Compiler(_LAYOUT, root=_LAYOUT.parent, font_paths=_fonts())
    # The pages are the same for the same values: the day on which they were made is no part of them.
    printed = compiler.compile(format="pdf", sys_inputs={"given": orjson.dumps(given).decode()}, timestamp=0)
    if not isinstance(printed, bytes):
        raise TypeError("The renderer gave no single file.")
    return printed


def print_document(content: Mapping[str, Any], *, title: str, language: str = "ru", mark: str = "") -> bytes:
    """Return the PDF of one document."""
    return print_documents([content], title=title, language=language, mark=mark)
