"""Read what people have noted and kept beside a case, as far as it is for the actor."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from models.casework import CaseFile, CaseNote
from models.people import Person
from workflows.access import Permission, Subject, can, require
from workflows.queries.cases import get_subject
from workflows.records.remarks import may_take_back
from workflows.refusals import NotFound
from workflows.work import Work

MOST_NOTES = 100


@dataclass(frozen=True)
class Note:
    """What somebody noted about a case."""

    id: uuid.UUID
    who: str
    text: str
    is_inner: bool
    written_at: datetime
    may_delete: bool


@dataclass(frozen=True)
class CaseFileHead:
    """A file of a case, without its content."""

    id: uuid.UUID
    who: str
    name: str
    size: int
    is_inner: bool
    added_at: datetime
    may_delete: bool


@dataclass(frozen=True)
class CaseRemarks:
    """The notes of a case, the newest first, and its files."""

    notes: list[Note]
    files: list[CaseFileHead]
    may_note: bool
    may_note_inner: bool


def read_remarks(work: Work, case_id: uuid.UUID, subject: Subject) -> CaseRemarks:
    """Return what is noted and kept beside a case, of which permissions are asked by its subject."""
    require(work, Permission.CASE_READ, subject)
    sees_inner = can(work, Permission.CASE_NOTE_INNER, subject)
    return CaseRemarks(
        _notes(work, case_id, sees_inner=sees_inner),
        _files(work, case_id, sees_inner=sees_inner),
        can(work, Permission.CASE_NOTE, subject),
        sees_inner,
    )


def get_case_file(work: Work, file_id: uuid.UUID) -> tuple[str, str, bytes]:
    """Return the name, the kind and the content of a file that the actor may read."""
    file = work.session.get(CaseFile, file_id)
    if file is None:
        raise NotFound(noun="file")
    _require_sight(work, get_subject(work, file.case_id), is_inner=file.is_inner)
    return file.name, file.kind, file.content


def _require_sight(work: Work, subject: Subject, *, is_inner: bool) -> None:
    # Whoever may not read it is not told that it is there.
    wanted = Permission.CASE_NOTE_INNER if is_inner else Permission.CASE_READ
    if not can(work, wanted, subject):
        raise NotFound(noun="file")


def _notes(work: Work, case_id: uuid.UUID, *, sees_inner: bool) -> list[Note]:
    wanted = (
        select(CaseNote, Person.full_name)
        .join(Person, Person.id == CaseNote.person_id)
        .where(CaseNote.case_id == case_id)
        .order_by(CaseNote.written_at.desc(), CaseNote.id)
        .limit(MOST_NOTES)
    )
    if not sees_inner:
        wanted = wanted.where(~CaseNote.is_inner)
    return [
        Note(one.id, who, one.text, one.is_inner, one.written_at, may_take_back(work, one))
        for one, who in work.session.execute(wanted)
    ]


def _files(work: Work, case_id: uuid.UUID, *, sees_inner: bool) -> list[CaseFileHead]:
    wanted = (
        select(CaseFile, Person.full_name)
        .join(Person, Person.id == CaseFile.person_id)
        .where(CaseFile.case_id == case_id)
        .order_by(CaseFile.added_at, CaseFile.id)
    )
    if not sees_inner:
        wanted = wanted.where(~CaseFile.is_inner)
    return [
        CaseFileHead(
            one.id,
            who,
            one.name,
            one.size,
            one.is_inner,
            one.added_at,
            one.person_id == work.actor.person_id,
        )
        for one, who in work.session.execute(wanted)
    ]
