"""The documents that somebody may see: filtered, the newest first, a page at a time."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, literal, select, tuple_

from models.documents import Document, DocumentStatus
from models.organisations import Organisation
from models.programmes import Programme
from models.searching import sought, words_of
from workflows.queries.documents.sight import seen_by
from workflows.work import Work

PAGE = 50
MOST_CHOICES = 200
_MOST_WORDS = 5
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class DocumentsWanted:
    """Which documents to list."""

    search: str = ""
    kind: str = ""
    status: DocumentStatus | None = None
    programme_id: uuid.UUID | None = None
    pair_id: uuid.UUID | None = None
    since_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True)
class DocumentPlace:
    """After which document the next page begins."""

    made_at: datetime
    id: uuid.UUID


@dataclass(frozen=True)
class DocumentRow:
    """A document in a list."""

    id: uuid.UUID
    kind: str
    title: str
    number: str
    dated_on: date
    version: int
    status: DocumentStatus
    programme_id: uuid.UUID
    programme: str
    organisation: str
    made_at: datetime


def list_documents(
    work: Work, wanted: DocumentsWanted, *, after: DocumentPlace | None = None, size: int = PAGE
) -> tuple[list[DocumentRow], DocumentPlace | None]:
    """List documents, the newest first, and say after which the next page begins."""
    order = tuple_(Document.made_at, Document.id)
    chosen = _chosen(work, wanted)
    if after is not None:
        chosen = chosen.where(order < tuple_(literal(after.made_at), literal(after.id)))
    found = work.session.execute(
        chosen.order_by(Document.made_at.desc(), Document.id.desc()).limit(size + 1)
    ).tuples()
    rows = [DocumentRow(*row) for row in found]
    more = len(rows) > size
    return rows[:size], DocumentPlace(rows[size - 1].made_at, rows[size - 1].id) if more else None


def list_programmes_with_documents(work: Work) -> Sequence[tuple[uuid.UUID, str]]:
    """List the programmes of the documents that the actor sees."""
    has = exists().where(
        Document.programme_id == Programme.id, Document.organisation_id == Organisation.id, seen_by(work)
    )
    wanted = (
        select(Programme.id, Programme.title)
        .join(Organisation, Organisation.id == Programme.organisation_id)
        .where(has)
        .order_by(Programme.starts_on.desc(), Programme.title)
    )
    return [(id, title) for id, title in work.session.execute(wanted.limit(MOST_CHOICES))]


def _chosen(work: Work, wanted: DocumentsWanted) -> Select[Any]:
    return (
        select(
            Document.id,
            Document.kind,
            Document.title,
            Document.number,
            Document.dated_on,
            Document.version,
            Document.status,
            Document.programme_id,
            Programme.title,
            Organisation.name,
            Document.made_at,
        )
        .join(Programme, Programme.id == Document.programme_id)
        .join(Organisation, Organisation.id == Document.organisation_id)
        .where(seen_by(work), *_conditions(wanted))
    )


def _conditions(wanted: DocumentsWanted) -> list[ColumnElement[bool]]:
    equal = {
        Document.kind: wanted.kind or None,
        Document.status: wanted.status,
        Document.programme_id: wanted.programme_id,
        Document.pair_id: wanted.pair_id,
    }
    conditions = [column == value for column, value in equal.items() if value is not None]
    if wanted.since_on:
        conditions.append(Document.dated_on >= wanted.since_on)
    if wanted.until_on:
        conditions.append(Document.dated_on <= wanted.until_on)
    return [*conditions, *searching(wanted.search)]


def searching(search: str) -> list[ColumnElement[bool]]:
    """Look for words of the title in whatever form they stand, or for a number as it is written."""
    if not search.strip():
        return []
    words = _WORD.findall(search)[:_MOST_WORDS]
    number = Document.number.istartswith(search.strip(), autoescape=True)
    if not words:
        return [number]
    query = " & ".join(f"{word}:*" for word in words)
    return [words_of(Document.title).op("@@")(sought(query)) | number]
