"""Operations on many documents at once: ask for them, and make them a few at a time."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import insert, select

from models.documents import BatchEntryStatus, DocumentBatch, DocumentBatchEntry, FileRole
from workflows import journal, later
from workflows.access import Permission, acting_person, require
from workflows.documents import content, printing, shipped
from workflows.documents.kinds import KINDS
from workflows.operations.documents import LONGEST_TEXT, YEARS, issue
from workflows.queries.documents.batches import files_of, list_candidates, load_batch
from workflows.queries.documents.targets import open_programme, open_target
from workflows.refusals import Complaint, Invalid, NotFound
from workflows.work import Work

MOST = 1000
AT_ONCE = 10
"""So many are made in one transaction: a register is held for about a second, and progress is seen."""


def start_batch(
    work: Work,
    programme_id: uuid.UUID,
    code: str,
    person_ids: Sequence[uuid.UUID],
    *,
    dated_on: date,
    typed: Mapping[str, str] | None = None,
) -> uuid.UUID:
    """Have the worker make a document for each of these people; return the id of the batch."""
    programme, organisation, subject = open_programme(work, programme_id, Permission.DOCUMENT_MAKE)
    role = require(work, Permission.DOCUMENT_MAKE, subject)
    kind, candidates = list_candidates(work, programme_id, code)
    wanted = set(person_ids)
    chosen = [one.choice.id for one in candidates if one.choice.id in wanted]
    texts = {name: shipped.usual_text(kind, name) for name in kind.typed} if typed is None else dict(typed)
    _refuse_if_wrong(chosen, {name: texts.get(name, "") for name in kind.typed}, dated_on)
    batch = DocumentBatch(
        id=uuid.uuid4(),
        organisation_id=organisation.id,
        programme_id=programme.id,
        kind=kind.code,
        dated_on=dated_on,
        asked={name: texts.get(name, "") for name in kind.typed},
        asked_by_id=acting_person(work),
        asked_at=work.now(),
    )
    work.session.add(batch)
    work.session.flush()
    rows = [
        {"batch_id": batch.id, "person_id": id, "position": number, "status": BatchEntryStatus.WAITING}
        for number, id in enumerate(chosen)
    ]
    work.session.execute(insert(DocumentBatchEntry), [{**row, "missing": []} for row in rows])
    later.defer(work, "make_documents", batch_id=batch.id)
    journal.record(
        work,
        "documents.asked_for",
        f"programme:{programme.id}",
        organisation_id=organisation.id,
        role=role,
        details={"batch": batch.id, "kind": kind.code, "people": len(chosen)},
    )
    return batch.id


def _refuse_if_wrong(chosen: Sequence[uuid.UUID], typed: Mapping[str, str], dated_on: date) -> None:
    problems: dict[str, list[Complaint]] = {}
    if dated_on.year not in YEARS:
        problems["dated_on"] = [Complaint("not_a_date")]
    if not chosen:
        problems["people"] = [Complaint("nobody_chosen")]
    elif len(chosen) > MOST:
        problems["people"] = [Complaint("too_many_people", limit=MOST)]
    for name, text in typed.items():
        if not text.strip():
            problems[f"typed.{name}"] = [Complaint("document_lacks_this")]
        elif len(text) > LONGEST_TEXT:
            problems[f"typed.{name}"] = [Complaint("too_long", maximum=LONGEST_TEXT)]
    if problems:
        raise Invalid(problems)


def make_next(work: Work, batch_id: uuid.UUID) -> bool:
    """Make the next few documents of a batch; say whether there was something left to do."""
    held = work.session.get(DocumentBatch, batch_id, with_for_update=True, populate_existing=True)
    if held is None or held.finished_at is not None:
        return False
    batch, _programme = load_batch(work, batch_id, Permission.DOCUMENT_MAKE)
    entry = DocumentBatchEntry
    waiting = select(entry).where(entry.batch_id == batch_id, entry.status == BatchEntryStatus.WAITING)
    found = list(work.session.scalars(waiting.order_by(entry.position).limit(AT_ONCE)))
    for one in found:
        _make(work, batch, one)
    if not found:
        _bind_together(work, batch)
    work.session.flush()
    return bool(found)


def _make(work: Work, batch: DocumentBatch, entry: DocumentBatchEntry) -> None:
    """Make one document, or note what it lacks: a number is taken only when nothing is missing."""
    try:
        target = open_target(work, batch.kind, batch.programme_id, entry.person_id, Permission.DOCUMENT_MAKE)
        made = issue(
            work, target, "system", dated_on=batch.dated_on, typed=batch.asked, by_id=batch.asked_by_id
        )
    except Invalid as refusal:
        entry.status, entry.missing = BatchEntryStatus.REFUSED, list(refusal.problems)
    except NotFound:
        # Meanwhile the pair is not among those that went the whole way.
        entry.status, entry.missing = BatchEntryStatus.REFUSED, ["person.name"]
    else:
        entry.status, entry.document_id = BatchEntryStatus.DONE, made.id


def _bind_together(work: Work, batch: DocumentBatch) -> None:
    """Print all documents of a batch into one file."""
    kind = KINDS[batch.kind]
    filled = work.session.execute(files_of(batch.id, FileRole.DOCX))
    contents = [content.read_content(made) for _name, made in filled.yield_per(50)]
    if contents:
        title = shipped.title_of(kind, {"person": {"name": ""}}).strip(" –")
        batch.together = printing.print_documents(contents, title=title, language=kind.language)
    batch.finished_at = work.now()
    journal.record(
        work,
        "documents.made",
        f"programme:{batch.programme_id}",
        organisation_id=batch.organisation_id,
        role="system",
        details={"batch": batch.id, "kind": batch.kind, "made": len(contents), "asked_by": batch.asked_by_id},
    )
