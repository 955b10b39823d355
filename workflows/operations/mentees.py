"""Operations on the mentee base: apply, leave."""

import uuid
from collections.abc import Sequence

from models.bases import EntryStatus
from models.people import Person
from models.programmes import Programme
from workflows.access import Permission, require
from workflows.forms.reasons import read_reason
from workflows.queries.applicants import (
    entry_rules,
    require_forms,
    require_free_to_leave,
    require_here,
    require_running,
    subject_of,
)
from workflows.records import guardians as guardianships
from workflows.records import mentees, messages, searching
from workflows.refusals import Complaint, Invalid
from workflows.work import Work

LONGEST_WISH = 4000


def apply_as_mentee(
    work: Work,
    programme_id: uuid.UUID,
    person_id: uuid.UUID,
    form: str,
    *,
    wants: str = "",
    guardians: Sequence[uuid.UUID] = (),
) -> uuid.UUID:
    """Apply to a programme, for oneself, for a child, or for somebody who asked for it."""
    programme, person, subject = subject_of(work, programme_id, person_id)
    role = require(work, Permission.MENTEE_APPLY, subject)
    require_running(programme)
    person = require_here(work, programme, person, guardians)
    require_forms(work, programme, [form])
    _refuse_if_wrong(work, programme, person, form, wants, guardians)
    if set(guardians) - set(guardianships.list_of(work, person.id)):
        # A child could else name anybody who would then sign for it.
        require(work, Permission.PERSON_ADD, subject)
        guardianships.add(work, person.id, guardians)
    channel = {"self": "self", "guardian": "guardian"}.get(role, "staff")
    told_by = "" if channel == "self" else work.actor.name
    return mentees.add(work, programme, person, form, wants=wants.strip(), channel=channel, told_by=told_by)


def _refuse_if_wrong(
    work: Work, programme: Programme, person: Person, form: str, wants: str, named: Sequence[uuid.UUID]
) -> None:
    problems: dict[str, list[Complaint]] = {}
    rules, age = entry_rules(work, programme, form), guardianships.age_of(work, person)
    if age is not None and age < (rules.get("least_age") or 0):
        problems["person"] = [Complaint("too_young", age=rules["least_age"])]
    if len(wants) > LONGEST_WISH:
        problems["wants"] = [Complaint("too_long", maximum=LONGEST_WISH)]
    if person.id in named:
        problems["guardians"] = [Complaint("guardian_of_oneself")]
    if problems:
        raise Invalid(problems)


def leave_base(work: Work, entry_id: uuid.UUID, reason: str) -> None:
    """Leave the mentee base; whoever is in a pair leaves that first."""
    entry = mentees.hold(work, entry_id)
    _, _, subject = subject_of(work, entry.programme_id, entry.person_id)
    require(work, Permission.MENTEE_LEAVE, subject)
    said = read_reason(reason)
    require_free_to_leave(work, entry)
    mentees.set_status(work, entry_id, EntryStatus.LEFT, said)
    messages.send(work, entry.case_id, "left_base", payload={"reason": said})
    searching.end_search(work, entry_id, "left")
