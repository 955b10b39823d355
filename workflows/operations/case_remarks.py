"""Operations on what people note and keep beside a case; the journal tells that they did, never what."""

import uuid
from typing import Any

from sqlalchemy import func, select

from models.casework import CaseFile, CaseNote
from workflows import process
from workflows.access import Permission, acting_person, require
from workflows.queries.held import HeldCase, hold_case
from workflows.records.remarks import may_take_back, read_file, read_remark, tidy_name
from workflows.refusals import Complaint, Conflict, Forbidden, Invalid, NotFound
from workflows.work import Work

MOST_NOTES = 500
MOST_FILES = 50


def note_case(work: Work, case_id: uuid.UUID, text: str, *, is_inner: bool) -> uuid.UUID:
    """Note something about a case, for all who see it or only for those who lead it."""
    case, role = _enter(work, case_id, is_inner=is_inner)
    text = read_remark(text)
    if _count(work, CaseNote, case_id) >= MOST_NOTES:
        raise Conflict("too_many_notes", limit=MOST_NOTES)
    note = CaseNote(
        id=uuid.uuid4(),
        case_id=case_id,
        person_id=acting_person(work),
        text=text,
        is_inner=is_inner,
        written_at=work.now(),
    )
    work.session.add(note)
    work.session.flush()
    _record(work, case, "case.noted", role, {"note": note.id, "is_inner": is_inner})
    return note.id


def delete_note(work: Work, note_id: uuid.UUID) -> uuid.UUID:
    """Take back what one has just noted; return of which case it was."""
    note = work.session.get(CaseNote, note_id)
    if note is None:
        raise NotFound(noun="note")
    case, role = _enter_again(work, note, "note")
    if note.person_id != work.actor.person_id:
        raise Forbidden
    if not may_take_back(work, note):
        raise Conflict("comment_stays")
    work.session.delete(note)
    work.session.flush()
    _record(work, case, "case.note_deleted", role, {"note": note_id})
    return case.id


def add_case_file(work: Work, case_id: uuid.UUID, name: str, content: bytes, *, is_inner: bool) -> uuid.UUID:
    """Put a file to a case, for all who see it or only for those who lead it."""
    case, role = _enter(work, case_id, is_inner=is_inner)
    kind = read_file(name, content)
    if _count(work, CaseFile, case_id) >= MOST_FILES:
        raise Invalid({"file": [Complaint("too_many_files", limit=MOST_FILES)]})
    file = CaseFile(
        id=uuid.uuid4(),
        case_id=case_id,
        person_id=acting_person(work),
        name=tidy_name(name),
        kind=kind,
        size=len(content),
        content=content,
        is_inner=is_inner,
        added_at=work.now(),
    )
    work.session.add(file)
    work.session.flush()
    details = {"file": file.id, "kind": kind, "size": file.size, "is_inner": is_inner}
    _record(work, case, "case.file_added", role, details)
    return file.id


def delete_case_file(work: Work, file_id: uuid.UUID) -> uuid.UUID:
    """Delete a file that one has put there; return of which case it was."""
    file = work.session.get(CaseFile, file_id)
    if file is None:
        raise NotFound(noun="file")
    case, role = _enter_again(work, file, "file")
    if file.person_id != work.actor.person_id:
        raise Forbidden
    work.session.delete(file)
    work.session.flush()
    _record(work, case, "case.file_deleted", role, {"file": file_id})
    return case.id


def _enter(work: Work, case_id: uuid.UUID, *, is_inner: bool) -> tuple[HeldCase, str]:
    """Hold the case for whoever may note something in it; an ended one may still be noted in."""
    case = hold_case(work, case_id)
    wanted = Permission.CASE_NOTE_INNER if is_inner else Permission.CASE_NOTE
    return case, require(work, wanted, case.subject)


def _enter_again(work: Work, remark: CaseNote | CaseFile, noun: str) -> tuple[HeldCase, str]:
    """Hold the case of a remark that is there; whoever may not read it is not told that it is there."""
    try:
        return _enter(work, remark.case_id, is_inner=remark.is_inner)
    except Forbidden:
        if remark.is_inner:
            raise NotFound(noun=noun) from None
        raise


def _count(work: Work, kind: type[CaseNote | CaseFile], case_id: uuid.UUID) -> int:
    wanted = select(func.count()).select_from(kind).where(kind.case_id == case_id)
    return work.session.execute(wanted).scalar_one()


def _record(work: Work, case: HeldCase, act: str, role: str, details: dict[str, Any]) -> None:
    process.record(work, case, act, role, details)
