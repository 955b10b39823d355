"""Reading a DMN file, as dmn-js saves it (1.3) or another tool (1.1 to 1.5), into plain data.

What is read is what the sandbox evaluates and what the check looks at; nothing is judged here.
"""

from typing import Any

from lxml import etree

from workflows.engine.dmn_boxes import (
    Element,
    child,
    children,
    expression_in,
    local,
    name_of,
    read_box,
    read_function,
    text_of,
    type_of,
)
from workflows.engine.feel_reasons import FeelFailed

Model = dict[str, Any]
LARGEST_FILE = 4 * 1024 * 1024


def read_model(content: bytes) -> Model:
    """Read a DMN file; raise FeelFailed when it is none."""
    root = _root(content)
    items = [_item(xml) for xml in children(root, "itemDefinition")]
    return {
        "decisions": _by_id(root, "decision", _decision),
        "inputs": _by_id(root, "inputData", _input_data),
        "knowledge": _by_id(root, "businessKnowledgeModel", _knowledge),
        "services": _by_id(root, "decisionService", _service),
        "types": {item["name"]: item for item in items},
        "imports": [name_of(xml) or xml.get("namespace", "") for xml in children(root, "import")],
        "ids": [xml.get("id", "") for xml in children(root) if xml.get("id")],
        "lines": {xml.get("id"): xml.sourceline for xml in root.iter("*") if xml.get("id")},
    }


def _root(content: bytes) -> Element:
    if len(content) > LARGEST_FILE:
        raise FeelFailed("too_large")
    # No entities, no network, no huge trees: a file is somebody's upload.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise FeelFailed("not_dmn", detail=str(error)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise FeelFailed("not_dmn", detail="it declares a document type")
    if local(root) != "definitions" or "/DMN/" not in (etree.QName(root).namespace or ""):
        raise FeelFailed("not_dmn", detail=f"it begins with <{local(root)}>")
    return root


def _by_id(root: Element, name: str, read: Any) -> dict[str, Model]:
    return {xml.get("id", name_of(xml)): read(xml) for xml in children(root, name)}


def _decision(xml: Element) -> Model:
    variable = child(xml, "variable")
    return {
        "id": xml.get("id", ""),
        "title": name_of(xml),
        "name": (name_of(variable) if variable is not None else "") or name_of(xml),
        "type": type_of(variable),
        "requires": _requirements(xml),
        "logic": read_box(expression_in(xml)),
    }


def _requirements(xml: Element) -> Model:
    needed = children(xml, "informationRequirement")
    return {
        "decisions": [
            _href(found) for each in needed if (found := child(each, "requiredDecision")) is not None
        ],
        "inputs": [_href(found) for each in needed if (found := child(each, "requiredInput")) is not None],
        "knowledge": [
            _href(found)
            for each in children(xml, "knowledgeRequirement")
            if (found := child(each, "requiredKnowledge")) is not None
        ],
    }


def _href(xml: Element) -> str:
    return xml.get("href", "").rpartition("#")[2]


def _input_data(xml: Element) -> Model:
    variable = child(xml, "variable")
    name = (name_of(variable) if variable is not None else "") or name_of(xml)
    return {"id": xml.get("id", ""), "name": name, "type": type_of(variable)}


def _knowledge(xml: Element) -> Model:
    variable = child(xml, "variable")
    logic = child(xml, "encapsulatedLogic")
    function = (
        read_function(logic) if logic is not None else {"kind": "function", "parameters": [], "body": None}
    )
    return {
        "id": xml.get("id", ""),
        "title": name_of(xml),
        "name": (name_of(variable) if variable is not None else "") or name_of(xml),
        "type": type_of(logic),
        "requires": _requirements(xml),
        **function,
    }


def _service(xml: Element) -> Model:
    variable = child(xml, "variable")
    return {
        "id": xml.get("id", ""),
        "name": (name_of(variable) if variable is not None else "") or name_of(xml),
        "type": type_of(variable),
        "outputs": [_href(each) for each in children(xml, "outputDecision")],
        "inputDecisions": [_href(each) for each in children(xml, "inputDecision")],
        "inputData": [_href(each) for each in children(xml, "inputData")],
    }


def _item(xml: Element) -> Model:
    components = [_item(each) for each in children(xml, "itemComponent")]
    function = child(xml, "functionItem")
    return {
        "name": name_of(xml),
        "type": type_of(xml),
        "collection": xml.get("isCollection") == "true",
        "components": components or None,
        "returns": function.get("outputTypeRef", "").rpartition(":")[2] if function is not None else None,
        "allowed": text_of(child(xml, "allowedValues")),
    }
