"""Documents made from what is on record: templates, numbers, files, and many of them at once."""

import uuid
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, literal_column, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Identified
from models.searching import words_of


class DocumentStatus(StrEnum):
    """How a document stands: there are no drafts, so that no number is ever left without one."""

    ISSUED = "issued"
    SIGNED = "signed"
    REPLACED = "replaced"
    """A newer version of it counts."""
    WITHDRAWN = "withdrawn"


class FileRole(StrEnum):
    """What a file of a document is."""

    DOCX = "docx"
    PDF = "pdf"
    SCAN = "scan"


class BatchEntryStatus(StrEnum):
    """What became of one document of many that were asked for at once."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"


_IN_USE = text("retired_at IS NULL")
_OF_PAIR = text("pair_id IS NOT NULL")
_OF_PERSON = text("person_id IS NOT NULL")


class DocumentTemplate(Identified, Base):
    """A template that an organisation has put in the place of the one that comes with the product."""

    __tablename__ = "document_template"
    __table_args__ = (
        UniqueConstraint("organisation_id", "kind", "number"),
        Index(
            "uq_document_template_in_use", "organisation_id", "kind", unique=True, postgresql_where=_IN_USE
        ),
    )

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    kind: Mapped[str]
    number: Mapped[int]
    """Which of the organisation's own it is, from one."""
    file_name: Mapped[str]
    content: Mapped[bytes] = mapped_column(deferred=True)
    digest: Mapped[str]
    uploaded_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    uploaded_at: Mapped[datetime]
    retired_at: Mapped[datetime | None]


class DocumentCounter(Base):
    """The last number given in a register of an organisation in a year; held while one is given."""

    __tablename__ = "document_counter"

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    register: Mapped[str] = mapped_column(primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class Document(Identified, Base):
    """A document with its number and the values it was filled with; what was issued never changes.

    `sequence` is ours and has no gaps; `number` is what stands on the paper, which may be the number of
    the organisation's own register. A newer version keeps both.
    """

    __tablename__ = "document"
    __table_args__ = (
        UniqueConstraint("organisation_id", "register", "year", "sequence", "version"),
        Index("ix_document_organisation_id_made_at_id", "organisation_id", "made_at", "id"),
        Index("ix_document_programme_id_made_at_id", "programme_id", "made_at", "id"),
        Index("ix_document_pair_id_made_at", "pair_id", "made_at", postgresql_where=_OF_PAIR),
        Index("ix_document_person_id_kind", "person_id", "kind", postgresql_where=_OF_PERSON),
        Index("ix_document_previous_id", "previous_id"),
        Index("ix_document_words", words_of(literal_column("title")), postgresql_using="gin"),
        CheckConstraint("sequence > 0 AND version > 0", name="counted_from_one"),
    )

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"))
    pair_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("pair.id"))
    person_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    """Whose document it is, if it is somebody's own."""
    partner_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("partner.id"), index=True)
    kind: Mapped[str]
    title: Mapped[str]
    register: Mapped[str]
    year: Mapped[int]
    sequence: Mapped[int]
    number: Mapped[str]
    dated_on: Mapped[date]
    version: Mapped[int] = mapped_column(default=1)
    previous_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("document.id"))
    template_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("document_template.id"), index=True)
    """Empty if it was made from the template that comes with the product."""
    template_digest: Mapped[str]
    values: Mapped[dict[str, Any]] = mapped_column(JSONB)
    status: Mapped[DocumentStatus]
    made_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    made_at: Mapped[datetime]
    withdrawn_by_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[datetime | None]
    withdrawn_because: Mapped[str] = mapped_column(default="")


class DocumentFile(Identified, Base):
    """The document as a file: to edit, to print, or signed and scanned."""

    __tablename__ = "document_file"
    __table_args__ = (Index("ix_document_file_document_id_role", "document_id", "role"),)

    document_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("document.id"))
    role: Mapped[FileRole]
    name: Mapped[str]
    kind: Mapped[str]
    """Its media type, as its content says and not its name."""
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(deferred=True)
    added_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    added_at: Mapped[datetime]


class DocumentBatch(Identified, Base):
    """Documents of one kind for many people, made one after another by the worker."""

    __tablename__ = "document_batch"
    __table_args__ = (Index("ix_document_batch_programme_id_asked_at", "programme_id", "asked_at"),)

    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    programme_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("programme.id"))
    kind: Mapped[str]
    dated_on: Mapped[date]
    asked: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """What was typed for all of them."""
    asked_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"))
    asked_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    together: Mapped[bytes | None] = mapped_column(deferred=True)
    """All of them as one file to print, once they are made."""


class DocumentBatchEntry(Base):
    """One person of a batch, and what became of it."""

    __tablename__ = "document_batch_entry"
    __table_args__ = (
        Index("ix_document_batch_entry_batch_id_status_position", "batch_id", "status", "position"),
        Index("ix_document_batch_entry_document_id", "document_id"),
    )

    batch_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("document_batch.id"), primary_key=True)
    person_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("person.id"), primary_key=True)
    position: Mapped[int]
    status: Mapped[BatchEntryStatus]
    document_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("document.id"))
    missing: Mapped[list[Any]] = mapped_column(JSONB, default=list)
    """The fields without which the document could not be made."""
