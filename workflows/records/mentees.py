"""The mentee base: who applied to a programme, with what request, and how far each has come."""

import uuid
from collections.abc import Iterable
from typing import Any

from sqlalchemy import delete

from models.bases import EntryStatus, MenteeCategory, MenteeEntry
from models.people import Person
from models.programmes import Programme
from workflows.records import entries, guardians, programme_people, statuses
from workflows.records.cases import ask_for_case
from workflows.refusals import Conflict
from workflows.work import Work

INTAKE = "mentee_intake"


def add(
    work: Work,
    programme: Programme,
    person: Person,
    form: str,
    *,
    wants: str = "",
    channel: str = "",
    told_by: str = "",
) -> uuid.UUID:
    """Let somebody apply: an entry in the base, and the case that will carry the intake."""
    entry = find_entry(work, programme.id, person.id)
    if entry is not None and entry.status not in statuses.MAY_RETURN:
        raise Conflict("already_in_mentee_base", person=person.full_name)
    if entry is None:
        entry = MenteeEntry(
            id=uuid.uuid4(),
            organisation_id=programme.organisation_id,
            programme_id=programme.id,
            person_id=person.id,
        )
        work.session.add(entry)
    entry.form, entry.wants, entry.channel, entry.told_by = form, wants, channel, told_by
    entry.status, entry.applied_at, entry.case_id = EntryStatus.APPLIED, work.now(), uuid.uuid4()
    work.session.flush()
    statuses.add_change(work, entry)
    _ask_for_intake(work, programme, entry, person)
    statuses.record_act(work, entry, "mentee.applied", {"form": form, "channel": channel})
    return entry.id


def _ask_for_intake(work: Work, programme: Programme, entry: MenteeEntry, person: Person) -> None:
    own = {"mentee": [person.id], "guardian": guardians.list_of(work, person.id)}
    ask_for_case(
        work,
        programme.organisation_id,
        INTAKE,
        person.full_name,
        participants=programme_people.with_curators(work, programme.id, own),
        variables={
            "programme_id": programme.id,
            "variant": programme.variant,
            "mentee_entry_id": entry.id,
            "person_id": person.id,
            "form": entry.form,
        },
        case_id=entry.case_id,
    )


def set_status(work: Work, entry_id: uuid.UUID, status: EntryStatus, reason: str = "") -> None:
    """Add a status to an entry of the mentee base."""
    statuses.change_status(work, hold(work, entry_id), EntryStatus(status), reason)


def hold(work: Work, entry_id: uuid.UUID) -> MenteeEntry:
    """Return an entry of the mentee base, locked."""
    return entries.hold(work, MenteeEntry, entry_id)


def hold_by_case(work: Work, case_id: uuid.UUID) -> MenteeEntry:
    """Return the entry whose intake this case is, locked."""
    return entries.hold_by_case(work, MenteeEntry, case_id)


def find_entry(work: Work, programme_id: uuid.UUID, person_id: uuid.UUID) -> MenteeEntry | None:
    """Find somebody in the mentee base of a programme."""
    return entries.find(work, MenteeEntry, programme_id, person_id)


def entry_of(work: Work, case_id: uuid.UUID) -> MenteeEntry | None:
    """Find the entry whose intake this case is."""
    return entries.entry_of(work, MenteeEntry, case_id)


def change(work: Work, entry: MenteeEntry, **values: Any) -> None:
    """Write down what is now known of the request."""
    entries.change(work, entry, **values)


def set_categories(work: Work, entry_id: uuid.UUID, categories: Iterable[str]) -> None:
    """Write down what only those who need it may know of a mentee, in place of what was there."""
    work.session.execute(delete(MenteeCategory).where(MenteeCategory.mentee_entry_id == entry_id))
    work.session.add_all(
        MenteeCategory(id=uuid.uuid4(), mentee_entry_id=entry_id, category=one)
        for one in dict.fromkeys(categories)
    )
    work.session.flush()
