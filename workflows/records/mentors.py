"""The mentor base: who offered to be a mentor, what each can give, and how far each has come."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from models.bases import EntryStatus, MentorEntry, MentorTraining
from models.people import Person
from models.programmes import Programme
from workflows.records import entries, programme_people, statuses
from workflows.records.cases import ask_for_case
from workflows.refusals import Conflict
from workflows.work import Work

INTAKE = "mentor_intake"
SOURCES = ("learner", "pedagogue", "graduate", "partner", "parent", "social_partner")
"""The sub-bases, by where a mentor comes from."""


def propose(
    work: Work,
    programme_id: uuid.UUID,
    person_id: uuid.UUID,
    source: str,
    forms: Sequence[str],
    *,
    partner_id: uuid.UUID | None = None,
) -> uuid.UUID:
    """Propose somebody as a mentor: an entry in the base, and the case that will carry the intake."""
    programme = work.session.get_one(Programme, programme_id)
    person = work.session.get_one(Person, person_id)
    entry = find_entry(work, programme_id, person_id)
    if entry is not None and entry.status not in statuses.MAY_RETURN:
        raise Conflict("already_in_mentor_base", person=person.full_name)
    if entry is None:
        entry = MentorEntry(
            id=uuid.uuid4(),
            organisation_id=programme.organisation_id,
            programme_id=programme_id,
            person_id=person_id,
        )
        work.session.add(entry)
    entry.source, entry.forms, entry.partner_id = source, list(forms), partner_id
    entry.status, entry.applied_at, entry.case_id = EntryStatus.APPLIED, work.now(), uuid.uuid4()
    work.session.flush()
    statuses.add_change(work, entry)
    _ask_for_intake(work, programme, entry, person)
    statuses.record_act(work, entry, "mentor.proposed", {"source": source, "forms": list(forms)})
    return entry.id


def _ask_for_intake(work: Work, programme: Programme, entry: MentorEntry, person: Person) -> None:
    ask_for_case(
        work,
        programme.organisation_id,
        INTAKE,
        person.full_name,
        participants=programme_people.with_curators(work, programme.id, {"mentor": [person.id]}),
        variables={
            "programme_id": programme.id,
            "variant": programme.variant,
            "mentor_entry_id": entry.id,
            "person_id": person.id,
            "source": entry.source,
            "forms": entry.forms,
        },
        case_id=entry.case_id,
    )


def set_status(work: Work, entry_id: uuid.UUID, status: EntryStatus, reason: str = "") -> None:
    """Add a status to an entry of the mentor base."""
    statuses.change_status(work, hold(work, entry_id), EntryStatus(status), reason)


def hold(work: Work, entry_id: uuid.UUID) -> MentorEntry:
    """Return an entry of the mentor base, locked."""
    return entries.hold(work, MentorEntry, entry_id)


def hold_by_case(work: Work, case_id: uuid.UUID) -> MentorEntry:
    """Return the entry whose intake this case is, locked."""
    return entries.hold_by_case(work, MentorEntry, case_id)


def find_entry(work: Work, programme_id: uuid.UUID, person_id: uuid.UUID) -> MentorEntry | None:
    """Find somebody in the mentor base of a programme."""
    return entries.find(work, MentorEntry, programme_id, person_id)


def entry_of(work: Work, case_id: uuid.UUID) -> MentorEntry | None:
    """Find the entry whose intake this case is."""
    return entries.entry_of(work, MentorEntry, case_id)


def change(work: Work, entry: MentorEntry, **values: Any) -> None:
    """Write down what is now known of a mentor."""
    entries.change(work, entry, **values)


def has_passed_training(work: Work, person_id: uuid.UUID) -> bool:
    """Say whether somebody has passed a primary training; one without ethics and safety does not count."""
    wanted = (
        select(MentorTraining.id)
        .join(MentorEntry, MentorEntry.id == MentorTraining.mentor_entry_id)
        .where(
            MentorEntry.person_id == person_id,
            MentorTraining.kind == "primary",
            MentorTraining.with_ethics,
            MentorTraining.is_passed,
        )
    )
    return work.session.scalar(wanted.limit(1)) is not None
