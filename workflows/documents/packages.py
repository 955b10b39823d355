"""Open a .docx that somebody sent: nothing too large, nothing that runs, nothing loaded from elsewhere."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from workflows.documents import fields

LARGEST = 2 * 1024 * 1024
LARGEST_UNPACKED = 20 * 1024 * 1024
LARGEST_XML = 3 * 1024 * 1024
MOST_PARTS = 300
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_HYPERLINK = "/relationships/hyperlink"
_BRINGS_IN = ("/aFChunk", "/subDocument", "/frame", "/attachedTemplate", "/oleObject", "/package", "/control")
"""Relations to what another program would be asked to open together with the document."""
_LINKED = ("http://", "https://", "mailto:")
_RUNS = re.compile(r"vbaproject|activex|oleobject|/embeddings/|\.bin$|\.exe$|macro", re.IGNORECASE)
_OTHER_ENCODING = re.compile(rb"""^[^>]*encoding\s*=\s*["'](?!utf-8["'])""", re.IGNORECASE)


@dataclass(frozen=True)
class Fault:
    """One thing for which a template cannot be taken: a key for words, the name it is about, and where."""

    key: str
    name: str = ""
    place: str = ""
    values: dict[str, Any] = field(default_factory=dict)


def list_faults(content: bytes) -> list[Fault]:
    """Say why an archive is no template; nothing of it is unpacked further than it may be large."""
    if not content:
        return [Fault("file_not_chosen")]
    if len(content) > LARGEST:
        return [Fault("template_too_large", values={"limit": LARGEST // 1024 // 1024})]
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return list(_faults(archive))
    except (zipfile.BadZipFile, OSError, RuntimeError, ValueError, NotImplementedError, EOFError):
        return [Fault("template_is_no_docx")]


def _faults(archive: zipfile.ZipFile) -> Iterator[Fault]:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS or len(set(names)) < len(names):
        yield Fault("template_is_no_docx")
        return
    if strange := next(filter(_is_strange, names), None):
        yield Fault("template_runs_something", name=strange)
        return
    room = LARGEST_UNPACKED
    for part in parts:
        most = min(room, LARGEST_XML) if _is_xml(part.filename) else room
        with archive.open(part) as opened:
            unpacked = opened.read(most + 1)
        room -= len(unpacked)
        if len(unpacked) > most:
            yield Fault("template_unpacks_too_large", name=part.filename)
            return
        if _is_xml(part.filename):
            yield from _faults_of_xml(part.filename, unpacked)
    if "word/document.xml" not in names or "[Content_Types].xml" not in names:
        yield Fault("template_is_no_docx")


def _is_strange(name: str) -> bool:
    leaves = name.startswith(("/", "\\")) or ".." in name.split("/") or "\\" in name
    return leaves or bool(_RUNS.search(name))


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def _faults_of_xml(name: str, content: bytes) -> Iterator[Fault]:
    if not _is_plain(content):
        yield Fault("template_is_no_docx")
        return
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        yield Fault("template_is_no_docx")
        return
    if name == "[Content_Types].xml" and not _are_usual(root, content):
        yield Fault("template_is_no_docx")
    for relation in root.iter(_RELATION):
        target = relation.get("Target", "")
        if relation.get("Type", "").endswith(_BRINGS_IN):
            yield Fault("template_loads_from_elsewhere", name=target[:100])
            continue
        is_link = relation.get("Type", "").endswith(_HYPERLINK) and target.startswith(_LINKED)
        if relation.get("TargetMode") == "External" and not is_link:
            yield Fault("template_loads_from_elsewhere", name=target[:100])
    for instruction in fields.list_strange(root):
        yield Fault("template_loads_from_elsewhere", name=instruction[:100])


def _are_usual(types: Any, content: bytes) -> bool:
    """Say whether it is a document without macros, whose parts are what their endings say."""
    for one in types:
        name = one.get("PartName") or f".{one.get('Extension')}"
        if "wordprocessingml" in one.get("ContentType", "") and not _is_xml(name):
            return False
    return MAIN.encode() in content and b"macroEnabled" not in content


def _is_plain(content: bytes) -> bool:
    """Say whether it is UTF-8 without a document type, in which entities could be declared."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"<!DOCTYPE" not in content and b"<!ENTITY" not in content and not _OTHER_ENCODING.match(content)
