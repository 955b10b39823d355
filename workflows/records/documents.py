"""Documents: their numbers without gaps, their files, how they stand."""

import uuid
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from models.documents import (
    Document,
    DocumentCounter,
    DocumentFile,
    DocumentStatus,
    DocumentTemplate,
    FileRole,
)
from workflows.documents import content, filling, printing, shipped
from workflows.documents.kinds import Kind
from workflows.work import Work

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


def next_sequence(work: Work, organisation_id: uuid.UUID, register: str, year: int) -> int:
    """Take the next number of a register; until the transaction ends nobody else gets one there.

    A transaction that fails gives it back, so that no number is ever left out.
    """
    place = {"organisation_id": organisation_id, "register": register, "year": year}
    first = insert(DocumentCounter).values(**place, last=1)
    counted = first.on_conflict_do_update(
        index_elements=list(place), set_={"last": DocumentCounter.last + 1}
    ).returning(DocumentCounter.last)
    return int(work.session.execute(counted).scalar_one())


def find_own_template(work: Work, organisation_id: uuid.UUID, kind: str) -> DocumentTemplate | None:
    """Find the template that an organisation has put in the place of the one that comes with the product."""
    wanted = select(DocumentTemplate).where(
        DocumentTemplate.organisation_id == organisation_id,
        DocumentTemplate.kind == kind,
        DocumentTemplate.retired_at.is_(None),
    )
    return work.session.scalars(wanted).one_or_none()


def template_content(own: DocumentTemplate | None, kind: Kind) -> bytes:
    """Return the template by which documents of a kind are made."""
    return own.content if own is not None else shipped.template_of(kind.code)


def number_of(kind: Kind, sequence: int, year: int) -> str:
    """Write a number as it stands on the paper."""
    return f"{shipped.mark_of(kind)}-{sequence}/{year}"


def add_files(
    work: Work, document: Document, kind: Kind, template: bytes, by_id: uuid.UUID
) -> Mapping[str, Any]:
    """Fill the template with the values, keep the document to edit and to print; return its content."""
    filled = filling.fill(template, document.values)
    read = content.read_content(filled)
    printed = printing.print_document(read, title=document.title, language=kind.language)
    for role, media, made in ((FileRole.DOCX, DOCX, filled), (FileRole.PDF, PDF, printed)):
        add_file(work, document, role, f"{file_name(document)}.{role.value}", media, made, by_id)
    work.session.flush()
    return read


def add_file(
    work: Work, document: Document, role: FileRole, name: str, kind: str, made: bytes, by_id: uuid.UUID
) -> DocumentFile:
    """Keep a file of a document."""
    file = DocumentFile(
        id=uuid.uuid4(),
        document_id=document.id,
        role=role,
        name=name,
        kind=kind,
        size=len(made),
        content=made,
        added_by_id=by_id,
        added_at=work.now(),
    )
    work.session.add(file)
    return file


def file_name(document: Document) -> str:
    """Return a name that every system can keep, without its ending."""
    said = f"{document.title} {document.number}"
    kept = "".join(sign if sign.isalnum() or sign in " -–«»()," else " " for sign in said)
    return " ".join(kept.split())[:110]


def replace(work: Work, document: Document) -> None:
    """Let a newer version count instead of this one."""
    work.session.execute(
        update(Document).where(Document.id == document.id).values(status=DocumentStatus.REPLACED)
    )
    work.session.expire(document, ["status"])
