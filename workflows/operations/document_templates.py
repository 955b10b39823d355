"""Operations on templates of documents: put one's own in the place of the one that comes, and go back."""

import uuid

from sqlalchemy import func, select

from models.documents import DocumentTemplate
from models.organisations import Organisation
from workflows import journal
from workflows.access import Permission, Subject, acting_person, require
from workflows.documents import checking, content, filling, printing, shipped
from workflows.documents.kinds import Kind
from workflows.documents.packages import Fault
from workflows.queries.documents.targets import kind_of
from workflows.records import documents
from workflows.records.remarks import tidy_name
from workflows.refusals import Complaint, Conflict, Invalid, NotFound
from workflows.work import Work

MOST_FAULTS = 30


def replace_template(work: Work, organisation_id: uuid.UUID, code: str, name: str, sent: bytes) -> uuid.UUID:
    """Make documents of a kind by a template of one's own, once it has been looked through and tried."""
    organisation, role = _opened(work, organisation_id)
    kind = kind_of(code)
    _refuse_if_wrong(kind, name, sent)
    _retire(work, organisation, code)
    number = select(func.count()).select_from(DocumentTemplate)
    own = number.where(DocumentTemplate.organisation_id == organisation.id, DocumentTemplate.kind == code)
    template = DocumentTemplate(
        id=uuid.uuid4(),
        organisation_id=organisation.id,
        kind=code,
        number=int(work.session.execute(own).scalar_one()) + 1,
        file_name=tidy_name(name),
        content=sent,
        digest=shipped.digest_of(sent),
        uploaded_by_id=acting_person(work),
        uploaded_at=work.now(),
    )
    work.session.add(template)
    work.session.flush()
    details = {"kind": code, "number": template.number, "digest": template.digest}
    _record(work, organisation, "template.replaced", role, details)
    return template.id


def restore_template(work: Work, organisation_id: uuid.UUID, code: str) -> None:
    """Go back to the template that comes with the product; one's own stays on record."""
    organisation, role = _opened(work, organisation_id)
    kind = kind_of(code)
    if not _retire(work, organisation, kind.code):
        raise Conflict("template_is_the_usual_one")
    _record(work, organisation, "template.restored", role, {"kind": code})


def _opened(work: Work, organisation_id: uuid.UUID) -> tuple[Organisation, str]:
    # Two who replace the same template at once would both find the old one.
    organisation = work.session.get(
        Organisation, organisation_id, with_for_update={"key_share": True}, populate_existing=True
    )
    if organisation is None:
        raise NotFound(noun="organisation")
    return organisation, require(work, Permission.TEMPLATE_CHANGE, Subject.of(organisation))


def _retire(work: Work, organisation: Organisation, code: str) -> bool:
    own = documents.find_own_template(work, organisation.id, code)
    if own is None:
        return False
    own.retired_at = work.now()
    work.session.flush()
    return True


def _refuse_if_wrong(kind: Kind, name: str, sent: bytes) -> None:
    if sent and not name.lower().endswith(".docx"):
        raise Invalid({"file": [Complaint("template_is_no_docx")]})
    sample = shipped.sample_of(kind)
    faults = checking.check_template(sent, sample)
    if not faults:
        try:
            printing.print_document(content.read_content(filling.fill(sent, sample)), title=kind.code)
        except Exception:
            # Whatever the libraries stumble over now they would stumble over when somebody is in a hurry.
            faults = [Fault("template_cannot_be_filled")]
    if faults:
        said = [
            Complaint(one.key, name=one.name, paragraph=one.place, **one.values)
            for one in faults[:MOST_FAULTS]
        ]
        raise Invalid({"file": said})


def _record(work: Work, organisation: Organisation, act: str, role: str, details: dict[str, object]) -> None:
    journal.record(
        work,
        act,
        f"organisation:{organisation.id}",
        organisation_id=organisation.id,
        role=role,
        details=details,
    )
