"""Operations on the mentor base: propose, leave, note who must not be paired."""

import uuid
from collections.abc import Sequence

from models.bases import EntryStatus
from models.organisations import Organisation
from models.partners import Partner
from workflows import journal
from workflows.access import Permission, Subject, require
from workflows.forms.reasons import read_reason
from workflows.queries.applicants import (
    require_forms,
    require_free_to_leave,
    require_here,
    require_running,
    subject_of,
)
from workflows.queries.members import list_strangers
from workflows.records import avoidances, mentors, messages
from workflows.refusals import Complaint, Invalid, NotFound
from workflows.work import Work


def propose_mentor(
    work: Work,
    programme_id: uuid.UUID,
    person_id: uuid.UUID,
    source: str,
    forms: Sequence[str],
    *,
    partner_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Propose oneself or somebody else as a mentor; the person answers in the first questionnaire."""
    programme, person, subject = subject_of(work, programme_id, person_id)
    require(work, Permission.MENTOR_PROPOSE, subject)
    require_running(programme)
    person = require_here(work, programme, person)
    problems: dict[str, list[Complaint]] = {}
    if source not in mentors.SOURCES:
        problems["source"] = [Complaint("out_of_choices")]
    if not forms:
        problems["form"] = [Complaint("required")]
    partner = work.session.get(Partner, partner_id) if partner_id else None
    if partner_id and (partner is None or partner.organisation_id != programme.organisation_id):
        problems["partner"] = [Complaint("partner_not_here")]
    if problems:
        raise Invalid(problems)
    require_forms(work, programme, forms)
    return mentors.propose(work, programme_id, person.id, source, forms, partner_id=partner_id)


def leave_base(work: Work, entry_id: uuid.UUID, reason: str) -> None:
    """Leave the mentor base; whoever is in a pair leaves that first."""
    entry = mentors.hold(work, entry_id)
    _, _, subject = subject_of(work, entry.programme_id, entry.person_id)
    require(work, Permission.MENTOR_LEAVE, subject)
    said = read_reason(reason)
    require_free_to_leave(work, entry)
    mentors.set_status(work, entry_id, EntryStatus.LEFT, said)
    messages.send(work, entry.case_id, "left_base", payload={"reason": said})


def note_avoidance(
    work: Work,
    organisation_id: uuid.UUID,
    mentor_person_id: uuid.UUID,
    mentee_person_id: uuid.UUID,
    reason: str,
) -> None:
    """Note that two people must not be paired, in this programme or another."""
    organisation = work.session.get(Organisation, organisation_id)
    if organisation is None:
        raise NotFound(noun="organisation")
    role = require(work, Permission.AVOIDANCE_NOTE, Subject.of(organisation))
    strangers = list_strangers(work, organisation, {mentor_person_id, mentee_person_id})
    if strangers or mentor_person_id == mentee_person_id:
        raise Invalid({"person": [Complaint("person_not_here", person=", ".join(map(str, strangers)))]})
    couple = (mentor_person_id, mentee_person_id)
    if not avoidances.avoid(work, organisation_id, [couple], read_reason(reason, is_required=False)):
        return
    journal.record(
        work,
        "avoidance.noted",
        f"person:{mentee_person_id}",
        organisation_id=organisation_id,
        role=role,
        details={"mentor": mentor_person_id, "mentee": mentee_person_id},
    )
