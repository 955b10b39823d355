"""Mentees who were left without a pair: they are looked after, and the search goes on."""

import uuid

from sqlalchemy import bindparam, select

from models.bases import EntryStatus
from models.cases import Case, CaseStatus
from models.pairing import MenteeSearch
from models.people import Person
from models.prepared import Prepared
from workflows.records import mentees, programme_people
from workflows.records.cases import ask_for_case
from workflows.records.messages import send
from workflows.records.statuses import programme_of_entry
from workflows.work import Work

PROCESS = "unmatched_support"
_OVER = (CaseStatus.COMPLETED, CaseStatus.CANCELLED)
_OF_CASE = select(MenteeSearch).where(MenteeSearch.case_id == bindparam("case_id"))
_STANDING = select(MenteeSearch).where(
    MenteeSearch.mentee_entry_id == bindparam("mentee_entry_id"), MenteeSearch.ended_at.is_(None)
)
_STATUS = Prepared(select(Case.status).where(Case.id == bindparam("case_id")))


def seek(work: Work, mentee_entry_id: uuid.UUID, reason: str) -> uuid.UUID:
    """Look for a mentor for somebody who has none; whoever is looked for already has one case of it."""
    entry = mentees.hold(work, mentee_entry_id)
    mentees.set_status(work, mentee_entry_id, EntryStatus.SEARCHING, reason)
    standing = find_search(work, mentee_entry_id)
    if standing is not None:
        return standing.case_id
    programme = programme_of_entry(work, entry)
    person = work.session.get_one(Person, entry.person_id)
    case_id = ask_for_case(
        work,
        programme.organisation_id,
        PROCESS,
        person.full_name,
        participants=programme_people.with_curators(work, programme.id, {"mentee": [person.id]}),
        variables={
            "programme_id": programme.id,
            "variant": programme.variant,
            "mentee_entry_id": entry.id,
            "form": entry.form,
            "reason": reason[:200],
        },
    )
    search = MenteeSearch(
        id=uuid.uuid4(),
        programme_id=programme.id,
        mentee_entry_id=entry.id,
        case_id=case_id,
        reason=reason,
        began_at=work.now(),
    )
    work.session.add(search)
    work.session.flush()
    return case_id


def find_search(work: Work, mentee_entry_id: uuid.UUID) -> MenteeSearch | None:
    """Find the search that goes on for a mentee; one whose case is over has ended with it."""
    search = work.session.scalars(_STANDING, {"mentee_entry_id": mentee_entry_id}).one_or_none()
    if search is None:
        return None
    case = _STATUS.find(work.session.connection(), {"case_id": search.case_id})
    if case is not None and case.status in _OVER:
        _close(work, search, "ended")
        return None
    return search


def search_of(work: Work, case_id: uuid.UUID) -> MenteeSearch | None:
    """Find the search that a case carries."""
    return work.session.scalars(_OF_CASE, {"case_id": case_id}).one_or_none()


def end_search(work: Work, mentee_entry_id: uuid.UUID, outcome: str, *, tell: bool = True) -> None:
    """End the search for a mentee, if one goes on; its case hears that nobody is to be looked for."""
    search = find_search(work, mentee_entry_id)
    if search is None:
        return
    _close(work, search, outcome)
    if tell:
        send(work, search.case_id, "search_over")


def _close(work: Work, search: MenteeSearch, outcome: str) -> None:
    search.ended_at, search.outcome = work.now(), outcome
    work.session.flush()
