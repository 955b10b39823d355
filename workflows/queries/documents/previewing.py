"""A document before it is made: its values, what is missing, and how it will look."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.documents import Document, DocumentTemplate
from workflows.access import Permission
from workflows.documents import content, filling, printing, saying, shipped
from workflows.queries.documents import gathering
from workflows.queries.documents.showing import load
from workflows.queries.documents.targets import Target, open_target
from workflows.records.documents import find_own_template, template_content
from workflows.refusals import Conflict
from workflows.work import Work


@dataclass(frozen=True)
class Preview:
    """What a document would be made of."""

    target: Target
    values: dict[str, Any]
    missing: list[str]
    template: DocumentTemplate | None
    title: str


def preview(
    work: Work,
    code: str,
    programme_id: uuid.UUID,
    chosen_id: uuid.UUID | None,
    typed: Mapping[str, str] | None = None,
) -> Preview:
    """Return what a document would be made of; nothing is made."""
    target = open_target(work, code, programme_id, chosen_id, Permission.DOCUMENT_MAKE)
    return preview_of(work, target, typed)


def preview_of(work: Work, target: Target, typed: Mapping[str, str] | None) -> Preview:
    """Return what a document about this would be made of, with the usual texts where nobody has typed."""
    kind = target.kind
    texts = {name: shipped.usual_text(kind, name) for name in kind.typed} if typed is None else typed
    values = gathering.gather(work, target, texts)
    return Preview(
        target,
        values,
        gathering.list_missing(target, values),
        find_own_template(work, target.organisation.id, kind.code),
        shipped.title_of(kind, values),
    )


def preview_again(work: Work, document_id: uuid.UUID, typed: Mapping[str, str] | None = None) -> Preview:
    """Return what a newer version of a document would be made of."""
    document, _subject, _role = load(work, document_id, Permission.DOCUMENT_MAKE)
    said = document.values.get("typed", {}) if typed is None else typed
    return preview_of(work, target_of(work, document), said)


def target_of(work: Work, document: Document) -> Target:
    """Return what a document is about, as it stands today."""
    chosen = document.person_id or document.partner_id or document.pair_id
    return open_target(work, document.kind, document.programme_id, chosen, Permission.DOCUMENT_MAKE)


def draw(found: Preview, mark: str) -> bytes:
    """Return how the document will look, with a mark across each page and without a number."""
    kind, template = found.target.kind, template_content(found.template, found.target.kind)
    if found.missing:
        raise Conflict("document_lacks_something", count=len(found.missing))
    shown = {"number": "___", "date": saying.day(found.target.today, kind.language)}
    read = content.read_content(filling.fill(template, {**found.values, "document": shown}))
    return printing.print_document(read, title=found.title, language=kind.language, mark=mark)
