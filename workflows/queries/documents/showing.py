"""One document before its reader: its files, its versions, what may be done with it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select

from models.bases import MenteeEntry
from models.documents import Document, DocumentFile, DocumentStatus, DocumentTemplate, FileRole
from models.organisations import Organisation
from models.pairs import Pair, PairMember
from models.people import Guardianship, Person
from models.programmes import Programme
from workflows.access import Permission, Subject, can, require
from workflows.documents.kinds import KINDS, Kind
from workflows.queries.documents.sight import subject_of
from workflows.queries.names import names_of
from workflows.records import guardians
from workflows.records.pair_sets import stood_to_the_end
from workflows.refusals import NotFound
from workflows.work import Work

_ACTS = (Permission.DOCUMENT_MAKE, Permission.DOCUMENT_SIGN, Permission.DOCUMENT_WITHDRAW)


@dataclass(frozen=True)
class FileView:
    """A file of a document, without its content."""

    id: uuid.UUID
    role: FileRole
    name: str
    kind: str
    size: int
    who: str
    added_at: datetime


@dataclass(frozen=True)
class VersionView:
    """One version of a document."""

    id: uuid.UUID
    version: int
    status: DocumentStatus
    made_at: datetime


@dataclass(frozen=True)
class DocumentView:
    """A document before its reader."""

    document: Document
    kind: Kind | None
    organisation: str
    programme: str
    pair: str
    made_by: str
    withdrawn_by: str
    template_number: int | None
    files: Sequence[FileView]
    versions: Sequence[VersionView]
    subject: Subject
    may: frozenset[Permission]
    shows_child: bool
    """Whether it tells something of a child that is not the reader."""

    @property
    def is_last(self) -> bool:
        """Say whether no newer version counts."""
        return self.document.status in (DocumentStatus.ISSUED, DocumentStatus.SIGNED)


def load(work: Work, document_id: uuid.UUID, permission: Permission) -> tuple[Document, Subject, str]:
    """Return a document with which the actor may do this, and the role by which."""
    document = work.session.get(Document, document_id)
    if document is None:
        raise NotFound(noun="document")
    subject = subject_of(work, document)
    return document, subject, require(work, permission, subject)


def get_document(work: Work, document_id: uuid.UUID) -> DocumentView:
    """Return a document that the actor may see."""
    document, subject, _role = load(work, document_id, Permission.DOCUMENT_READ)
    people = names_of(work, [document.made_by_id, document.withdrawn_by_id])
    pair = work.session.get(Pair, document.pair_id) if document.pair_id else None
    template = work.session.get(DocumentTemplate, document.template_id) if document.template_id else None
    return DocumentView(
        document=document,
        kind=KINDS.get(document.kind),
        organisation=work.session.get_one(Organisation, document.organisation_id).name,
        programme=work.session.get_one(Programme, document.programme_id).title,
        pair=pair.title if pair else "",
        made_by=people.get(document.made_by_id, ""),
        withdrawn_by=people.get(document.withdrawn_by_id, "") if document.withdrawn_by_id else "",
        template_number=template.number if template else None,
        files=_files(work, document_id),
        versions=_versions(work, document),
        subject=subject,
        may=frozenset(act for act in _ACTS if can(work, act, subject)),
        shows_child=bool(set(list_children(work, document)) - {work.actor.person_id}),
    )


def _files(work: Work, document_id: uuid.UUID) -> list[FileView]:
    file = DocumentFile
    wanted = (
        select(file.id, file.role, file.name, file.kind, file.size, Person.full_name, file.added_at)
        .join(Person, Person.id == file.added_by_id)
        .where(file.document_id == document_id)
        .order_by(file.added_at, file.role.desc(), file.id)
    )
    return [FileView(*row) for row in work.session.execute(wanted)]


def _versions(work: Work, document: Document) -> list[VersionView]:
    wanted = (
        select(Document.id, Document.version, Document.status, Document.made_at)
        .where(
            Document.organisation_id == document.organisation_id,
            Document.register == document.register,
            Document.year == document.year,
            Document.sequence == document.sequence,
        )
        .order_by(Document.version.desc())
    )
    return [VersionView(*row) for row in work.session.execute(wanted)]


def get_file(work: Work, document_id: uuid.UUID, file_id: uuid.UUID) -> tuple[Document, DocumentFile]:
    """Return a file of a document that the actor may see."""
    document, _subject, _role = load(work, document_id, Permission.DOCUMENT_READ)
    file = work.session.get(DocumentFile, file_id)
    if file is None or file.document_id != document.id:
        raise NotFound(noun="file")
    return document, file


def get_printed(work: Work, document_id: uuid.UUID) -> tuple[Document, DocumentFile]:
    """Return a document that the actor may see, as it was printed."""
    document, _subject, _role = load(work, document_id, Permission.DOCUMENT_READ)
    wanted = select(DocumentFile).where(
        DocumentFile.document_id == document_id, DocumentFile.role == FileRole.PDF
    )
    return document, work.session.scalars(wanted).one()


def list_children(work: Work, document: Document) -> list[uuid.UUID]:
    """List the children of whom a document tells: its person, the pair’s mentees, those of a guardian."""
    if document.person_id is not None:
        of_guardian = select(Guardianship.child_id).where(
            Guardianship.guardian_id == document.person_id,
            Guardianship.child_id.in_(
                select(MenteeEntry.person_id).where(MenteeEntry.programme_id == document.programme_id)
            ),
        )
        who = or_(Person.id == document.person_id, Person.id.in_(of_guardian))
    elif document.pair_id is not None:
        mentees = select(PairMember.person_id).join(Pair, Pair.id == PairMember.pair_id)
        mentees = mentees.where(PairMember.pair_id == document.pair_id, PairMember.role == "mentee")
        who = Person.id.in_(mentees.where(stood_to_the_end()))
    else:
        return []
    people = work.session.scalars(select(Person).where(who))
    return [one.id for one in people if guardians.is_minor(work, one)]
