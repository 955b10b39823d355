"""Documents for many people at once: for whom they can be made, how far they are, all of them together."""

import io
import uuid
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from models.documents import (
    BatchEntryStatus,
    Document,
    DocumentBatch,
    DocumentBatchEntry,
    DocumentFile,
    DocumentStatus,
    FileRole,
)
from models.people import Person
from models.programmes import Programme
from workflows.access import Permission
from workflows.documents.kinds import Kind
from workflows.queries.documents.targets import Choice, kind_of, list_choices, open_programme
from workflows.refusals import NotFound
from workflows.work import Work

MOST_REFUSED = 100


@dataclass(frozen=True)
class Candidate:
    """Somebody who could get a document, and whether there is one already."""

    choice: Choice
    has_one: bool


@dataclass(frozen=True)
class Refused:
    """Somebody for whom no document could be made, and what is missing."""

    name: str
    missing: Sequence[str]


@dataclass(frozen=True)
class BatchView:
    """Many documents that are being made, or have been."""

    batch: DocumentBatch
    programme: Programme
    done: int
    refused: int
    total: int
    refusals: Sequence[Refused]

    @property
    def share(self) -> int:
        """Return how much is done, in per cent."""
        return 100 * (self.done + self.refused) // self.total if self.total else 100


@dataclass(frozen=True)
class BatchRow:
    """Many documents in a list."""

    id: uuid.UUID
    kind: str
    asked_at: datetime
    finished_at: datetime | None
    total: int


def list_candidates(work: Work, programme_id: uuid.UUID, code: str) -> tuple[Kind, list[Candidate]]:
    """List who could get a document of a kind, and who has one that counts."""
    programme, _organisation, _subject = open_programme(work, programme_id, Permission.DOCUMENT_MAKE)
    kind = kind_of(code)
    if not kind.at_once:
        raise NotFound(noun="document")
    has = select(Document.person_id).where(
        Document.programme_id == programme_id,
        Document.kind == code,
        Document.status.in_((DocumentStatus.ISSUED, DocumentStatus.SIGNED)),
    )
    known = set(work.session.scalars(has))
    return kind, [Candidate(one, one.id in known) for one in list_choices(work, kind, programme)]


def load_batch(work: Work, batch_id: uuid.UUID, permission: Permission) -> tuple[DocumentBatch, Programme]:
    """Return a batch with which the actor may do this."""
    batch = work.session.get(DocumentBatch, batch_id)
    if batch is None:
        raise NotFound(noun="document")
    programme, _organisation, _subject = open_programme(work, batch.programme_id, permission)
    return batch, programme


def get_batch(work: Work, batch_id: uuid.UUID) -> BatchView:
    """Return how far many documents are."""
    batch, programme = load_batch(work, batch_id, Permission.DOCUMENT_READ)
    entry = DocumentBatchEntry
    counted = select(entry.status, func.count()).where(entry.batch_id == batch_id).group_by(entry.status)
    numbers = dict(work.session.execute(counted).tuples().all())
    refused = numbers.get(BatchEntryStatus.REFUSED, 0)
    done = numbers.get(BatchEntryStatus.DONE, 0)
    refusals = _refusals(work, batch_id) if refused else ()
    return BatchView(batch, programme, done, refused, sum(numbers.values()), refusals)


def _refusals(work: Work, batch_id: uuid.UUID) -> list[Refused]:
    wanted = (
        select(Person.full_name, DocumentBatchEntry.missing)
        .join(Person, Person.id == DocumentBatchEntry.person_id)
        .where(DocumentBatchEntry.batch_id == batch_id, DocumentBatchEntry.status == BatchEntryStatus.REFUSED)
        .order_by(DocumentBatchEntry.position)
    )
    return [Refused(*row) for row in work.session.execute(wanted.limit(MOST_REFUSED)).tuples()]


def list_batches(work: Work, programme_id: uuid.UUID, size: int = 10) -> list[BatchRow]:
    """List the newest batches of a programme; the caller has asked for permission."""
    entries = (
        select(func.count())
        .where(DocumentBatchEntry.batch_id == DocumentBatch.id)
        .correlate(DocumentBatch)
        .scalar_subquery()
    )
    batch = DocumentBatch
    wanted = (
        select(batch.id, batch.kind, batch.asked_at, batch.finished_at, entries)
        .where(batch.programme_id == programme_id)
        .order_by(batch.asked_at.desc(), batch.id)
        .limit(size)
    )
    return [BatchRow(*row) for row in work.session.execute(wanted).tuples()]


def files_of(batch_id: uuid.UUID, role: FileRole) -> Select[Any]:
    """Choose the files of a batch, in the order of its people."""
    return (
        select(DocumentFile.name, DocumentFile.content)
        .join(DocumentBatchEntry, DocumentBatchEntry.document_id == DocumentFile.document_id)
        .where(DocumentBatchEntry.batch_id == batch_id, DocumentFile.role == role)
        .order_by(DocumentBatchEntry.position)
    )


def pack_batch(work: Work, batch_id: uuid.UUID) -> tuple[DocumentBatch, bytes]:
    """Return all documents of a batch in one archive."""
    batch, _programme = load_batch(work, batch_id, Permission.DOCUMENT_READ)
    packed = io.BytesIO()
    # They are small already: a PDF does not become smaller by being packed again.
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        found = work.session.execute(files_of(batch_id, FileRole.PDF))
        for number, (name, content) in enumerate(found.yield_per(50), start=1):
            archive.writestr(f"{number:03} {name}", content)
    return batch, packed.getvalue()


def get_together(work: Work, batch_id: uuid.UUID) -> tuple[DocumentBatch, bytes]:
    """Return all documents of a batch as one file to print."""
    batch, _programme = load_batch(work, batch_id, Permission.DOCUMENT_READ)
    if batch.together is None:
        raise NotFound(noun="file")
    return batch, batch.together
