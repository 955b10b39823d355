"""Reading the boxes of DMN: every kind of expression a decision may be written in, as plain data."""

from collections.abc import Callable, Mapping
from typing import Any

from lxml import etree

Element = etree._Element
Box = dict[str, Any]

HIT_POLICIES = {"U": "UNIQUE", "A": "ANY", "P": "PRIORITY", "F": "FIRST", "C": "COLLECT"} | {
    "R": "RULE ORDER",
    "O": "OUTPUT ORDER",
}
_BESIDE = frozenset({"description", "extensionElements", "typeRef"})


def local(xml: Element) -> str:
    """Give an element's name without its namespace, which differs between the versions of DMN."""
    return etree.QName(xml).localname if isinstance(xml.tag, str) else ""


def children(xml: Element | None, *names: str) -> list[Element]:
    """Give the children with one of these names; without names, all that are not beside the matter."""
    if xml is None:
        return []
    found = [child for child in xml if local(child)]
    return [child for child in found if (local(child) in names if names else local(child) not in _BESIDE)]


def child(xml: Element | None, *names: str) -> Element | None:
    """Give the first child with one of these names."""
    return next(iter(children(xml, *names)), None)


def text_of(xml: Element | None) -> str:
    """Give the text inside a cell or an expression."""
    inner = child(xml, "text")
    return ("".join(map(str, inner.itertext())) if inner is not None else "").strip()


def type_of(xml: Element | None) -> str:
    """Give a typeRef without its prefix: an attribute since DMN 1.2, an element before."""
    if xml is None:
        return ""
    nested = child(xml, "typeRef")
    name = xml.get("typeRef") or (nested.text if nested is not None else "") or ""
    return name.rpartition(":")[2].strip()


def name_of(xml: Element) -> str:
    """Give a name as people read it, with single blanks."""
    return " ".join(xml.get("name", "").split())


def read_box(xml: Element | None) -> Box | None:
    """Read an expression, whichever box it is written in."""
    if xml is None:
        return None
    kind = local(xml)
    reader = _READERS.get(kind)
    box = reader(xml) if reader is not None else {"kind": "unknown", "name": kind}
    return {"type": "" if kind == "decisionTable" else type_of(xml), "id": xml.get("id", ""), **box}


def expression_in(xml: Element | None, *beside: str) -> Element | None:
    """Give the expression inside an element, whatever else stands in it."""
    skipped = {"variable", "parameter", "formalParameter", *beside}
    return next(
        (inner for inner in children(xml) if local(inner) in _READERS and local(inner) not in skipped), None
    )


def _literal(xml: Element) -> Box:
    return {"kind": "literal", "text": text_of(xml), "language": xml.get("expressionLanguage", "")}


def _table(xml: Element) -> Box:
    outputs = [_output(each, xml) for each in children(xml, "output")]
    inputs = [_input(each) for each in children(xml, "input")]
    return {
        "kind": "table",
        "policy": HIT_POLICIES.get(policy := " ".join(xml.get("hitPolicy", "UNIQUE").split()), policy),
        "aggregation": xml.get("aggregation", ""),
        "inputs": inputs,
        "outputs": outputs,
        "rules": [_rule(each, number) for number, each in enumerate(children(xml, "rule"), start=1)],
    }


def _input(xml: Element) -> Box:
    expression = child(xml, "inputExpression")
    text = text_of(expression)
    return {
        "id": xml.get("id", ""),
        "label": xml.get("label") or text,
        "text": text,
        "type": type_of(expression),
        "allowed": text_of(child(xml, "inputValues")),
        "language": expression.get("expressionLanguage", "") if expression is not None else "",
    }


def _output(xml: Element, table: Element) -> Box:
    standing = child(xml, "defaultOutputEntry")
    return {
        "id": xml.get("id", ""),
        "name": name_of(xml),
        "label": xml.get("label") or name_of(xml) or table.get("outputLabel", ""),
        "type": type_of(xml),
        "allowed": text_of(child(xml, "outputValues")),
        "standing": text_of(standing),
    }


def _rule(xml: Element, number: int) -> Box:
    return {
        "id": xml.get("id", ""),
        "number": number,
        "tests": [text_of(cell) for cell in children(xml, "inputEntry")],
        "results": [text_of(cell) for cell in children(xml, "outputEntry")],
        "cells": [cell.get("id", "") for cell in children(xml, "inputEntry", "outputEntry")],
        "languages": [
            cell.get("expressionLanguage", "") for cell in children(xml, "inputEntry", "outputEntry")
        ],
    }


def _context(xml: Element) -> Box:
    entries, result = [], None
    for entry in children(xml, "contextEntry"):
        variable = child(entry, "variable")
        value = read_box(expression_in(entry))
        if variable is None:
            result = value
        else:
            entries.append({"name": name_of(variable), "type": type_of(variable), "value": value})
    return {"kind": "context", "entries": entries, "result": result}


def _list(xml: Element) -> Box:
    return {"kind": "list", "items": [read_box(item) for item in children(xml) if local(item) in _READERS]}


def _relation(xml: Element) -> Box:
    rows = [[read_box(cell) for cell in children(row)] for row in children(xml, "row")]
    columns = [{"name": name_of(column)} for column in children(xml, "column")]
    return {"kind": "relation", "columns": columns, "rows": rows}


def _invocation(xml: Element) -> Box:
    bindings = [
        {"name": name_of(parameter), "value": read_box(expression_in(binding))}
        for binding in children(xml, "binding")
        if (parameter := child(binding, "parameter")) is not None
    ]
    return {"kind": "invocation", "called": read_box(expression_in(xml, "binding")), "bindings": bindings}


def read_function(xml: Element) -> Box:
    """Read a function with its parameters; one in another language than FEEL cannot be run."""
    parameters = [
        {"name": name_of(parameter), "type": type_of(parameter)}
        for parameter in children(xml, "formalParameter")
    ]
    is_feel = xml.get("kind", "FEEL").upper() in ("FEEL", "F")
    body = read_box(expression_in(xml))
    return {"kind": "function" if is_feel else "external", "parameters": parameters, "body": body}


def _conditional(xml: Element) -> Box:
    parts = {"test": "if", "then": "then", "otherwise": "else"}
    return {"kind": "conditional"} | {key: _inside(xml, name) for key, name in parts.items()}


def _filter(xml: Element) -> Box:
    return {"kind": "filter", "over": _inside(xml, "in"), "match": _inside(xml, "match")}


def _loop(kind: str, body: str) -> Callable[[Element], Box]:
    def read(xml: Element) -> Box:
        variable = xml.get("iteratorVariable", "")
        return {"kind": kind, "variable": variable, "over": _inside(xml, "in"), "body": _inside(xml, body)}

    return read


def _inside(xml: Element, name: str) -> Box | None:
    return read_box(expression_in(child(xml, name)))


_READERS: Mapping[str, Callable[[Element], Box]] = {
    "literalExpression": _literal,
    "decisionTable": _table,
    "context": _context,
    "list": _list,
    "relation": _relation,
    "invocation": _invocation,
    "functionDefinition": read_function,
    "conditional": _conditional,
    "filter": _filter,
    "for": _loop("for", "return"),
    "every": _loop("every", "satisfies"),
    "some": _loop("some", "satisfies"),
}
