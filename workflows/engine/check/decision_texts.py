"""What people read of decision tables: names, heads of columns, and the words that they answer with."""

import re
from collections.abc import Iterator

from lxml import etree

from workflows.engine.check.problems import Place, Spot

_HEADS = {"decision": "name", "input": "label", "output": "label"}
RUSSIAN = re.compile("[А-Яа-яЁё]")
"""What tells a text for people from a code for programs."""
# An answer that is written for people: one literal with Russian letters.
_WORDS = re.compile(rf'"([^"\\]*{RUSSIAN.pattern}[^"\\]*)"')


def texts_of_decisions(file: str, content: bytes) -> Iterator[tuple[str, Place]]:
    """Give the texts of a file of decisions, each with its place; one that cannot be read has none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return
    for node in root.iter("{*}decision", "{*}input", "{*}output", "{*}outputEntry"):
        kind, spot = etree.QName(node).localname, Spot(file, node.get("id", ""), "", node.sourceline or 0)
        text = node.get(_HEADS[kind], "") if kind in _HEADS else _answer(node)
        if text.strip():
            yield text.strip(), spot


def _answer(node: etree._Element) -> str:
    found = _WORDS.fullmatch((node.findtext("{*}text") or "").strip())
    return found[1] if found else ""
