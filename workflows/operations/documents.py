"""Operations on documents: make one, make a newer version, attach what was signed, withdraw it."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import func, select

from models.documents import Document, DocumentFile, DocumentStatus, DocumentTemplate, FileRole
from workflows import journal
from workflows.access import Permission, acting_person, require
from workflows.documents import saying, shipped
from workflows.queries.documents import gathering
from workflows.queries.documents.previewing import target_of
from workflows.queries.documents.showing import load
from workflows.queries.documents.targets import Target, open_target
from workflows.records import documents
from workflows.records.remarks import LARGEST_FILE, kind_of, tidy_name
from workflows.refusals import Complaint, Conflict, Invalid, NotFound
from workflows.work import Work

LONGEST_TEXT, LONGEST_NUMBER, LONGEST_REASON = 2000, 40, 1000
MOST_SCANS = 10
SCANS = ("application/pdf", "image/jpeg", "image/png")
YEARS = range(2000, 2101)


def make_document(
    work: Work,
    code: str,
    programme_id: uuid.UUID,
    chosen_id: uuid.UUID | None,
    *,
    dated_on: date,
    typed: Mapping[str, str] | None = None,
    own_number: str = "",
) -> uuid.UUID:
    """Make a document from what is on record and give it its number; what is missing is named instead."""
    target = open_target(work, code, programme_id, chosen_id, Permission.DOCUMENT_MAKE)
    role = require(work, Permission.DOCUMENT_MAKE, target.subject)
    return issue(work, target, role, dated_on=dated_on, typed=typed, own_number=own_number).id


def issue(
    work: Work,
    target: Target,
    role: str,
    *,
    dated_on: date,
    typed: Mapping[str, str] | None,
    own_number: str = "",
    by_id: uuid.UUID | None = None,
) -> Document:
    """Make a document about this; the caller has been asked for permission, as `role`."""
    require(work, Permission.DOCUMENT_MAKE, target.subject)
    values = _values(work, target, dated_on, typed, own_number)
    kind, year = target.kind, dated_on.year
    own = documents.find_own_template(work, target.organisation.id, kind.code)
    sequence = documents.next_sequence(work, target.organisation.id, kind.register, year)
    number = own_number.strip() or documents.number_of(kind, sequence, year)
    document = Document(
        id=uuid.uuid4(),
        organisation_id=target.organisation.id,
        programme_id=target.programme.id,
        pair_id=target.pair.id if target.pair else None,
        person_id=target.person.id if target.person else None,
        partner_id=target.partner.id if target.partner else None,
        kind=kind.code,
        register=kind.register,
        year=year,
        sequence=sequence,
        number=number,
        version=1,
    )
    return _keep(work, target, document, own, values, dated_on, role, by_id or acting_person(work))


def _keep(
    work: Work,
    target: Target,
    document: Document,
    own: DocumentTemplate | None,
    values: dict[str, Any],
    dated_on: date,
    role: str,
    by_id: uuid.UUID,
) -> Document:
    """Keep a document with its files."""
    kind = target.kind
    template = documents.template_content(own, kind)
    values["document"] = {"number": document.number, "date": saying.day(dated_on, kind.language)}
    document.title, document.values = shipped.title_of(kind, values), journal.settle(values)
    document.template_id, document.template_digest = own.id if own else None, shipped.digest_of(template)
    document.status, document.dated_on = DocumentStatus.ISSUED, dated_on
    document.made_by_id, document.made_at = by_id, work.now()
    work.session.add(document)
    work.session.flush()
    documents.add_files(work, document, kind, template, by_id)
    details = {"kind": kind.code, "number": document.number, "version": document.version}
    details |= {"template": document.template_digest, "pair": document.pair_id, "person": document.person_id}
    _record(work, document, "document.made", role, details)
    return document


def renew_document(
    work: Work, document_id: uuid.UUID, *, dated_on: date, typed: Mapping[str, str] | None = None
) -> uuid.UUID:
    """Make a newer version of a document from what is on record now; it keeps the number."""
    old, role = _held(work, document_id, Permission.DOCUMENT_MAKE)
    _refuse_unless_in_force(old)
    target = target_of(work, old)
    values = _values(work, target, dated_on, typed, "")
    if dated_on.year != old.year:
        raise Invalid({"dated_on": [Complaint("document_of_another_year", year=old.year)]})
    own = documents.find_own_template(work, target.organisation.id, old.kind)
    kept = ("organisation_id", "programme_id", "pair_id", "person_id", "partner_id", "kind", "register")
    same = {name: getattr(old, name) for name in (*kept, "year", "sequence", "number")}
    newer = Document(id=uuid.uuid4(), version=old.version + 1, previous_id=old.id, **same)
    documents.replace(work, old)
    return _keep(work, target, newer, own, values, dated_on, role, acting_person(work)).id


def attach_scan(work: Work, document_id: uuid.UUID, name: str, content: bytes) -> uuid.UUID:
    """Keep what was signed and scanned with its document, which is signed from then on."""
    document, role = _held(work, document_id, Permission.DOCUMENT_SIGN)
    _refuse_unless_in_force(document)
    media = _checked_scan(name, content)
    scans = select(func.count()).select_from(DocumentFile)
    own = scans.where(DocumentFile.document_id == document_id, DocumentFile.role == FileRole.SCAN)
    if work.session.execute(own).scalar_one() >= MOST_SCANS:
        raise Invalid({"file": [Complaint("too_many_files", limit=MOST_SCANS)]})
    by_id = acting_person(work)
    file = documents.add_file(work, document, FileRole.SCAN, tidy_name(name), media, content, by_id)
    document.status = DocumentStatus.SIGNED
    work.session.flush()
    _record(work, document, "document.signed", role, {"file": file.id, "kind": media, "size": len(content)})
    return file.id


def remove_scan(work: Work, document_id: uuid.UUID, file_id: uuid.UUID) -> None:
    """Take a scan away that was attached by mistake; without one the document is not signed."""
    document, role = _held(work, document_id, Permission.DOCUMENT_SIGN)
    _refuse_unless_in_force(document)
    file = work.session.get(DocumentFile, file_id)
    if file is None or file.document_id != document_id or file.role is not FileRole.SCAN:
        raise NotFound(noun="file")
    work.session.delete(file)
    work.session.flush()
    left = select(DocumentFile.id).where(
        DocumentFile.document_id == document_id, DocumentFile.role == FileRole.SCAN
    )
    if work.session.scalars(left.limit(1)).first() is None:
        document.status = DocumentStatus.ISSUED
    _record(work, document, "document.scan_removed", role, {"file": file_id})


def withdraw_document(work: Work, document_id: uuid.UUID, reason: str) -> None:
    """Withdraw a document for a reason; its number stays taken and it can still be read."""
    document, role = _held(work, document_id, Permission.DOCUMENT_WITHDRAW)
    _refuse_unless_in_force(document)
    reason = reason.replace("\x00", "").strip()
    if not reason:
        raise Invalid({"reason": [Complaint("required")]})
    if len(reason) > LONGEST_REASON:
        raise Invalid({"reason": [Complaint("too_long", maximum=LONGEST_REASON)]})
    document.status, document.withdrawn_because = DocumentStatus.WITHDRAWN, reason
    document.withdrawn_by_id, document.withdrawn_at = acting_person(work), work.now()
    work.session.flush()
    _record(work, document, "document.withdrawn", role, {"number": document.number, "reason": reason})


def _held(work: Work, document_id: uuid.UUID, permission: Permission) -> tuple[Document, str]:
    """Return a document with which the actor may do this, its row locked."""
    work.session.get(Document, document_id, with_for_update=True, populate_existing=True)
    document, _subject, role = load(work, document_id, permission)
    return document, role


def _refuse_unless_in_force(document: Document) -> None:
    if document.status not in (DocumentStatus.ISSUED, DocumentStatus.SIGNED):
        raise Conflict("document_not_in_force", number=document.number)


def _values(
    work: Work, target: Target, dated_on: date, typed: Mapping[str, str] | None, own_number: str
) -> dict[str, Any]:
    """Gather the values; refuse a document that lacks something, and what was typed wrongly."""
    kind = target.kind
    texts = {name: shipped.usual_text(kind, name) for name in kind.typed} if typed is None else typed
    problems: dict[str, list[Complaint]] = {}
    for name in kind.typed:
        if len(texts.get(name, "")) > LONGEST_TEXT:
            problems[f"typed.{name}"] = [Complaint("too_long", maximum=LONGEST_TEXT)]
    if len(own_number.strip()) > LONGEST_NUMBER:
        problems["own_number"] = [Complaint("too_long", maximum=LONGEST_NUMBER)]
    if dated_on.year not in YEARS:
        problems["dated_on"] = [Complaint("not_a_date")]
    values = gathering.gather(work, target, texts)
    for name in gathering.list_missing(target, values):
        problems.setdefault(name, []).append(Complaint("document_lacks_this"))
    if problems:
        raise Invalid(problems)
    return values


def _checked_scan(name: str, content: bytes) -> str:
    if not content:
        raise Invalid({"file": [Complaint("file_not_chosen")]})
    if len(content) > LARGEST_FILE:
        raise Invalid({"file": [Complaint("file_too_large", limit=LARGEST_FILE // 1024 // 1024)]})
    media = kind_of(name, content)
    if media not in SCANS or not tidy_name(name):
        raise Invalid({"file": [Complaint("scan_of_another_kind")]})
    return media


def _record(work: Work, document: Document, act: str, role: str, details: Mapping[str, Any]) -> None:
    journal.record(
        work,
        act,
        f"document:{document.id}",
        organisation_id=document.organisation_id,
        role=role,
        details=details,
    )
