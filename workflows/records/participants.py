"""Who takes part in a case, from when to when; the open tasks of a role follow whoever holds it now.

A task that waits for the role goes to the only holder, is offered to several, and waits in the
organisation when there is none. What somebody has taken upon themselves stays theirs until they leave.
"""

import uuid
from typing import Any, cast

from sqlalchemy import Table, insert, select, update

from models.cases import Case, CaseParticipant
from models.people import Person
from workflows import journal
from workflows.records.turns import hand_on
from workflows.refusals import Conflict, NotFound
from workflows.work import Work

_CASE = cast(Table, Case.__table__)
_PARTICIPANT = cast(Table, CaseParticipant.__table__)
_RESEATED = "cases_with_other_participants"


def seat(work: Work, case_id: uuid.UUID, role: str, person_id: uuid.UUID) -> bool:
    """Give somebody a role in a case; say whether they did not have it yet."""
    organisation_id = _hold(work, case_id)
    if not _sit_down(work, case_id, role, person_id):
        return False
    hand_on(work, case_id, role, holders_of(work, case_id, role))
    _note(work, case_id, organisation_id, "participant.seated", role, person=person_id)
    return True


def unseat(work: Work, case_id: uuid.UUID, role: str, person_id: uuid.UUID) -> bool:
    """Take a role in a case from somebody; say whether they had it."""
    organisation_id = _hold(work, case_id)
    if not _stand_up(work, case_id, role, person_id):
        return False
    hand_on(work, case_id, role, holders_of(work, case_id, role), gone_id=person_id)
    _note(work, case_id, organisation_id, "participant.unseated", role, person=person_id)
    return True


def replace(work: Work, case_id: uuid.UUID, role: str, old_id: uuid.UUID, new_id: uuid.UUID) -> None:
    """Put somebody in the place of another: what the one had to do is now for the other."""
    organisation_id = _hold(work, case_id)
    _stand_up(work, case_id, role, old_id)
    _sit_down(work, case_id, role, new_id)
    holders = holders_of(work, case_id, role)
    hand_on(work, case_id, role, holders, gone_id=old_id, heir_id=new_id)
    _note(work, case_id, organisation_id, "participant.replaced", role, person=old_id, by=new_id)


def holders_of(work: Work, case_id: uuid.UUID, role: str) -> list[uuid.UUID]:
    """List who holds a role in a case now, whoever came first at the beginning."""
    wanted = select(_PARTICIPANT.c.person_id).where(
        _PARTICIPANT.c.case_id == case_id, _PARTICIPANT.c.role == role, _PARTICIPANT.c.until_at.is_(None)
    )
    ordered = wanted.order_by(_PARTICIPANT.c.since_at, _PARTICIPANT.c.id)
    return list(work.session.connection().scalars(ordered))


def are_others(work: Work, case_id: uuid.UUID) -> bool:
    """Say whether this session changed the participants of a case, so that they must be read again."""
    return case_id in work.session.info.get(_RESEATED, ())


def _hold(work: Work, case_id: uuid.UUID) -> uuid.UUID:
    # Whoever moves a case or its tasks takes the lock of the case first; see `queries.held`.
    work.session.flush()
    locked = select(_CASE.c.organisation_id).where(_CASE.c.id == case_id).with_for_update()
    organisation_id: uuid.UUID | None = work.session.connection().scalar(locked)
    if organisation_id is None:
        raise NotFound(noun="case")
    return organisation_id


def _sit_down(work: Work, case_id: uuid.UUID, role: str, person_id: uuid.UUID) -> bool:
    held = _roles_of(work, case_id, person_id)
    if role in held:
        return False
    if held:
        name = work.session.get_one(Person, person_id).full_name
        raise Conflict("person_in_two_roles", person=name)
    row = {
        "id": uuid.uuid4(),
        "case_id": case_id,
        "person_id": person_id,
        "role": role,
        "since_at": work.now(),
    }
    work.session.connection().execute(insert(_PARTICIPANT), row)
    return True


def _roles_of(work: Work, case_id: uuid.UUID, person_id: uuid.UUID) -> set[str]:
    wanted = select(_PARTICIPANT.c.role).where(
        _PARTICIPANT.c.case_id == case_id,
        _PARTICIPANT.c.person_id == person_id,
        _PARTICIPANT.c.until_at.is_(None),
    )
    return set(work.session.connection().scalars(wanted))


def _stand_up(work: Work, case_id: uuid.UUID, role: str, person_id: uuid.UUID) -> bool:
    ended = (
        update(_PARTICIPANT)
        .where(
            _PARTICIPANT.c.case_id == case_id,
            _PARTICIPANT.c.role == role,
            _PARTICIPANT.c.person_id == person_id,
            _PARTICIPANT.c.until_at.is_(None),
        )
        .values(until_at=work.now())
    )
    return work.session.connection().execute(ended).rowcount > 0


def _note(
    work: Work, case_id: uuid.UUID, organisation_id: uuid.UUID, act: str, role: str, **people: uuid.UUID
) -> None:
    work.session.info.setdefault(_RESEATED, set()).add(case_id)
    details: dict[str, Any] = {"role": role, **people}
    journal.record(
        work,
        act,
        f"case:{case_id}",
        organisation_id=organisation_id,
        role="system",
        case_id=case_id,
        details=details,
    )
