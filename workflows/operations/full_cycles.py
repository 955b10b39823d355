"""Operations on the mark of the full cycle, and on what a programme hands to the next one."""

import uuid

from models.bases import MenteeEntry
from models.organisations import Organisation
from models.programmes import Programme
from workflows import journal
from workflows.access import Permission, Subject, require
from workflows.queries.futures import futures_of
from workflows.records import carrying, full_cycles
from workflows.refusals import Conflict, NotFound
from workflows.work import Work


def mark_full_cycle(work: Work, mentee_entry_id: uuid.UUID, has_passed: bool) -> None:
    """Decide whether a mentee went through the whole cycle; the curator may change it later."""
    entry = work.session.get(MenteeEntry, mentee_entry_id, with_for_update=True, populate_existing=True)
    if entry is None:
        raise NotFound(noun="mentee")
    organisation = work.session.get_one(Organisation, entry.organisation_id)
    role = require(work, Permission.FULL_CYCLE_MARK, Subject.of(organisation))
    full_cycles.mark(work, [entry.id], has_passed, work.actor.person_id)
    work.session.refresh(entry)
    journal.record(
        work,
        "full_cycle.marked",
        f"mentee:{entry.id}",
        organisation_id=entry.organisation_id,
        role=role,
        details={"has_passed": has_passed, "programme": entry.programme_id},
    )


def carry_over_bases(work: Work, programme_id: uuid.UUID) -> dict[str, int]:
    """Let the mentors who go on and the mentees who still look apply to the next programme."""
    programme = work.session.get(Programme, programme_id)
    if programme is None:
        raise NotFound(noun="programme")
    organisation = work.session.get_one(Organisation, programme.organisation_id)
    role = require(work, Permission.BASES_CARRY, Subject.of(organisation))
    next_id = carrying.find_next(work, programme.id)
    if next_id is None:
        raise Conflict("no_next_programme")
    carried = carrying.carry_over(work, programme.id, next_id, futures_of(work, programme))
    journal.record(
        work,
        "bases.carried",
        f"programme:{next_id}",
        organisation_id=programme.organisation_id,
        role=role,
        details={"from": programme.id, **carried},
    )
    return carried
