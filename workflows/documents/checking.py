"""Look a template through: its archive, where its expressions stand, and what each of them does."""

import io
import re
from collections.abc import Iterator
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from lxml import etree

from workflows.documents import expressions, packages, pictures
from workflows.documents.content import PICTURES
from workflows.documents.expressions import Shape
from workflows.documents.packages import Fault

MOST_EXPRESSIONS = 500
_MARK = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_TEXT = qn("w:t")


def check_template(content: bytes, shape: Shape) -> list[Fault]:
    """List why a template cannot be taken for documents with these names; an empty list if it can."""
    faults = packages.list_faults(content)
    if faults:
        return faults
    try:
        template = DocxTemplate(io.BytesIO(content))
        template.render_init()
        parts = list(_parts(template))
        drawn = [one.blob for one in template.docx.part.package.iter_parts() if one.content_type in PICTURES]
    except Exception:  # The library stumbles over broken files in ways of its own.
        return [Fault("template_is_no_docx")]
    if pictures.are_too_large(drawn):
        return [Fault("template_pictures_too_large", values={"limit": pictures.MOST_PIXELS // 1_000_000})]
    texts = list(_paragraphs(parts))
    faults = [*_outside_text(parts), *_unbalanced(texts)]
    if faults:
        return faults[:MOST_EXPRESSIONS]
    found = [
        fault for source in _sources(template, parts) for fault in expressions.list_faults(source, shape)
    ]
    placed = {(one.key, one.name): Fault(one.key, one.name, _place(one.name, texts)) for one in found}
    return list(placed.values())


def _parts(template: Any) -> Iterator[tuple[str, Any]]:
    """List what can hold expressions: the text, its headers and footers, its footnotes."""
    document: Document = template.docx
    yield "text", _parsed(etree.tostring(document.element.body))
    for uri, name in ((template.HEADER_URI, "header"), (template.FOOTER_URI, "footer")):
        for _key, part in template.get_headers_footers(uri):
            yield name, _parsed(part.blob)
    for part in document.part.package.iter_parts():
        if str(part.content_type).endswith("footnotes+xml"):
            yield "footnote", _parsed(part.blob)


def _parsed(blob: bytes) -> Any:
    # Not by the library, whose elements call something else their text.
    return etree.fromstring(blob, etree.XMLParser(resolve_entities=False, no_network=True))


def _sources(template: Any, parts: list[tuple[str, Any]]) -> Iterator[str]:
    for _name, element in parts:
        yield template.patch_xml(template.xml_to_string(element))
    properties = template.docx.core_properties
    for name in ("author", "comments", "identifier", "language", "subject", "title"):
        yield str(getattr(properties, name) or "")


def _paragraphs(parts: list[tuple[str, Any]]) -> Iterator[tuple[str, int, str]]:
    """Go through the paragraphs: in which part, which of it, its text."""
    for name, element in parts:
        for number, paragraph in enumerate(element.iter(qn("w:p")), start=1):
            yield name, number, "".join(one.text or "" for one in paragraph.iter(_TEXT))


def _outside_text(parts: list[tuple[str, Any]]) -> Iterator[Fault]:
    """Find expressions where nobody reads them: in attributes, in the codes of fields."""
    for _name, element in parts:
        for one in element.iter():
            hidden = [*one.attrib.values(), *([one.text] if one.tag != _TEXT else ())]
            if any(text and _MARK.search(text) for text in hidden):
                yield Fault("template_hides_something")
                return


def _unbalanced(texts: list[tuple[str, int, str]]) -> Iterator[Fault]:
    """Find expressions that do not end in the paragraph in which they begin."""
    marks = 0
    for part, number, text in texts:
        open_mark = ""
        for mark in _MARK.findall(text):
            marks += 1
            fits = mark == _CLOSING[open_mark] if open_mark else mark in _CLOSING
            if not fits:
                yield Fault("template_expression_unfinished", text[:60], _where(part, number))
                break
            open_mark = "" if open_mark else mark
        else:
            if open_mark:
                yield Fault("template_expression_unfinished", text[:60], _where(part, number))
    if marks > 2 * MOST_EXPRESSIONS:
        yield Fault("template_too_many_expressions", values={"limit": MOST_EXPRESSIONS})


def _place(name: str, texts: list[tuple[str, int, str]]) -> str:
    """Say where an expression stands, as a code and the number of the paragraph."""
    wanted = re.compile(rf"\{{[{{%][^{{}}]*?{re.escape(name)}") if name else None
    for part, number, text in texts:
        if wanted and wanted.search(text):
            return _where(part, number)
    return ""


def _where(part: str, number: int) -> str:
    return f"{part}:{number}"
