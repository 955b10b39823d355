"""Read XML that may be anything at all: broken, hostile, or not XML."""

from collections.abc import Mapping

from lxml import etree

from workflows.engine.check.problems import Problem, Spot, problem


def read_xml(file: str, content: bytes) -> tuple[etree._Element | None, list[Problem]]:
    """Read the root element; there is one exactly if there is no problem."""
    # Entities are how a small file becomes gigabytes, or another file of the machine.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as cause:
        return None, [problem("xml_broken", Spot(file, line=cause.lineno or 0), reason=cause.msg or "")]
    except (etree.LxmlError, ValueError, LookupError) as cause:
        return None, [problem("xml_broken", Spot(file), reason=str(cause))]
    if root.getroottree().docinfo.doctype:
        return None, [problem("xml_doctype", Spot(file, line=1))]
    return root, []


def line_by_id(files: Mapping[str, bytes], file: str, key: str) -> int:
    """Find the line of an element by its id, or 0."""
    root = read_xml(file, files[file])[0] if file in files else None
    found = root.xpath("//*[@id = $key]", key=key) if root is not None else []
    return line_of(found[0]) if found else 0


def local_name(element: etree._Element) -> str:
    """Name an element without its namespace; what is no element has no name."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def namespace(name: str) -> str:
    """Take the namespace out of a full name."""
    return name[1:].partition("}")[0] if name.startswith("{") else ""


def line_of(element: etree._Element) -> int:
    return element.sourceline or 0


def text_of(element: etree._Element | None) -> str:
    """Give the text of an element without the blanks around it."""
    return (element.text or "").strip() if element is not None else ""
