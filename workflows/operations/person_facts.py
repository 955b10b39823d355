"""Change what is known of a person beside the name."""

import uuid
from datetime import date

from workflows import journal
from workflows.access import Permission, require, require_above
from workflows.queries.people import hold_person, list_held
from workflows.records.person_facts import facts_of
from workflows.work import Work


def keep_facts(
    work: Work,
    person_id: uuid.UUID,
    *,
    born_on: date | None,
    study_group: str | None,
    phone: str | None,
    position: str | None,
) -> None:
    """Write down the day of birth, the group, the number and the position of a person.

    The journal says what was changed, not into what: it is kept for longer than a person may want to be.
    """
    person, subject = hold_person(work, person_id)
    role = require(work, Permission.PERSON_KEEP, subject)
    if person_id != work.actor.person_id:
        require_above(work, list_held(work, person_id))
    new = facts_of(
        work,
        person.organisation_id,
        born_on=born_on,
        study_group=study_group,
        phone=phone,
        position=position,
    )
    changed = sorted(field for field, value in new.items() if getattr(person, field) != value)
    if not changed:
        return
    for field in changed:
        setattr(person, field, new[field])
    work.session.flush()
    journal.record(
        work,
        "person.changed",
        f"person:{person_id}",
        organisation_id=person.organisation_id,
        role=role,
        details={"fields": changed},
    )
