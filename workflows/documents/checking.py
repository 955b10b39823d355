"""Check the expressions of a template: only names that its kind knows; only to show, choose and repeat."""

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn
from docxtpl import DocxTemplate
from jinja2 import TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from workflows.documents import packages
from workflows.documents.packages import Fault

MOST_EXPRESSIONS = 500
MOST_REPEATED = 60
LONGEST_CONSTANT = 500
FILTERS = frozenset({"upper", "lower", "capitalize", "title", "trim", "join", "length", "first", "last"})
OF_LOOP = frozenset({"index", "index0", "first", "last", "length"})
_MARK = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_TEXT = qn("w:t")
_ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.For,
    nodes.If,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Compare,
    nodes.Operand,
    nodes.Const,
    nodes.CondExpr,
    nodes.Filter,
)

Shape = Any
"""What can be named: a mapping of names, a list with the shape of one of its members, or a plain value."""


def make_environment() -> SandboxedEnvironment:
    """Return where templates are filled: no functions, a few filters, every value escaped."""
    environment = SandboxedEnvironment(autoescape=True)
    environment.globals.clear()
    environment.filters = {
        name: rule for name, rule in environment.filters.items() if name in {*FILTERS, "escape", "e"}
    }
    return environment


def check_template(content: bytes, shape: Shape) -> list[Fault]:
    """List why a template cannot be taken for documents with these names; an empty list if it can."""
    faults = packages.list_faults(content)
    if faults:
        return faults
    try:
        template = DocxTemplate(io.BytesIO(content))
        template.render_init()
        parts = list(_parts(template))
    except Exception:  # The library stumbles over broken files in ways of its own.
        return [Fault("template_is_no_docx")]
    texts = list(_paragraphs(parts))
    faults = [*_outside_text(parts), *_unbalanced(texts)]
    if faults:
        return faults[:MOST_EXPRESSIONS]
    found = [fault for source in _sources(template, parts) for fault in _faults_of(source, shape)]
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


def _faults_of(source: str, shape: Shape) -> Iterator[Fault]:
    try:
        tree = make_environment().parse(source)
    except TemplateError as problem:
        yield Fault("template_expression_unreadable", (problem.message or "")[:100])
        return
    yield from _Reader(shape).read(tree, {}, 0)


class _Reader:
    """Goes through the tree of expressions with what is known where each stands."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.repeated = 0

    def read(self, node: nodes.Node, known: Mapping[str, Shape], depth: int) -> Iterator[Fault]:
        """List what is wrong with a node and those inside it."""
        if not isinstance(node, _ALLOWED):
            yield Fault("template_expression_not_allowed", type(node).__name__)
        elif isinstance(node, nodes.For):
            yield from self._loop(node, known, depth)
        elif isinstance(node, nodes.Output):
            yield from self._shown(node, known, depth)
        elif isinstance(node, nodes.Name | nodes.Getattr):
            if self._shape_of(node, known) is None:
                yield Fault("template_name_unknown", _written(node))
        elif isinstance(node, nodes.Filter) and (node.name not in FILTERS or node.kwargs or node.dyn_args):
            yield Fault("template_expression_not_allowed", node.name)
        elif isinstance(node, nodes.Const) and len(str(node.value)) > LONGEST_CONSTANT:
            yield Fault("template_expression_not_allowed", str(node.value)[:40])
        else:
            for inner in node.iter_child_nodes():
                yield from self.read(inner, known, depth)

    def _shown(self, node: nodes.Output, known: Mapping[str, Shape], depth: int) -> Iterator[Fault]:
        for inner in node.nodes:
            is_name = isinstance(inner, nodes.Name | nodes.Getattr)
            if is_name and isinstance(self._shape_of(inner, known), Mapping | list):
                # Nobody wants to read how a computer writes a list.
                yield Fault("template_shows_a_group", _written(inner))
            else:
                yield from self.read(inner, known, depth)

    def _loop(self, node: nodes.For, known: Mapping[str, Shape], depth: int) -> Iterator[Fault]:
        self.repeated += 1
        shape = self._shape_of(node.iter, known)
        is_own = isinstance(node.iter, nodes.Getattr) and _root(node.iter) in known
        if not isinstance(node.target, nodes.Name) or node.recursive or node.test:
            yield Fault("template_expression_not_allowed", "for")
        elif not isinstance(shape, list):
            yield Fault("template_list_unknown", _written(node.iter))
        elif (depth and not is_own) or self.repeated > MOST_REPEATED:
            # A list within another list only if it is that one's own: the others would multiply.
            yield Fault("template_repeats_too_much", _written(node.iter))
        else:
            inner = {**known, node.target.name: shape[0], "loop": dict.fromkeys(OF_LOOP, "")}
            for one in (*node.body, *node.else_):
                yield from self.read(one, inner, depth + 1)

    def _shape_of(self, node: nodes.Node, known: Mapping[str, Shape]) -> Shape:
        if isinstance(node, nodes.Name):
            return known[node.name] if node.name in known else self.shape.get(node.name)
        if isinstance(node, nodes.Getattr):
            above = self._shape_of(node.node, known)
            return above.get(node.attr) if isinstance(above, Mapping) else None
        return None


def _written(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return f"{_written(node.node)}.{node.attr}"
    return type(node).__name__


def _root(node: nodes.Node) -> str:
    return _root(node.node) if isinstance(node, nodes.Getattr) else _written(node)


def _place(name: str, texts: list[tuple[str, int, str]]) -> str:
    """Say where an expression stands, as a code and the number of the paragraph."""
    wanted = re.compile(rf"\{{[{{%][^{{}}]*?{re.escape(name)}") if name else None
    for part, number, text in texts:
        if wanted and wanted.search(text):
            return _where(part, number)
    return ""


def _where(part: str, number: int) -> str:
    return f"{part}:{number}"
