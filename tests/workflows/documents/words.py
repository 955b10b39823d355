"""Make small Word documents for tests, and read what stands in one."""

import io
import zipfile

from docx import Document


def written(*paragraphs: str, header: str = "") -> bytes:
    """Write a document with these paragraphs."""
    document = Document()
    for one in paragraphs:
        document.add_paragraph(one)
    if header:
        document.sections[0].header.paragraphs[0].text = header
    return saved(document)


def saved(document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def text_of(content: bytes) -> str:
    """Read all that stands in a document, its tables among it."""
    document = Document(io.BytesIO(content))
    lines = [one.text for one in document.paragraphs]
    lines += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join(lines)


def with_part(content: bytes, name: str, part: bytes) -> bytes:
    """Return the archive with one part more, or another in its place."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
        new.writestr(name, part)
    return made.getvalue()


def changed(content: bytes, name: str, old: str, new: str) -> bytes:
    """Return the archive with a text changed in one of its parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.read(name).decode()
    assert old in part
    return with_part(content, name, part.replace(old, new).encode())


def part_of(content: bytes, name: str) -> bytes:
    """Read one part of the archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)
