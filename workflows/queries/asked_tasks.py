"""Tasks that somebody has asked for in their own words: what is asked, and who can be asked."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select

from models.casework import AskedTask
from models.organisations import Organisation
from models.people import Membership, Person
from workflows.access import Participant, Permission, Subject, require
from workflows.access.rules import STAFF
from workflows.queries.held import HeldCase
from workflows.work import Work

MOST_STAFF = 200


@dataclass(frozen=True)
class Asked:
    """What is asked for in a task that no diagram has, and by whom."""

    text: str
    by_id: uuid.UUID
    who: str


@dataclass(frozen=True)
class Askable:
    """Somebody who can be asked, and the role in which."""

    person_id: uuid.UUID
    full_name: str
    role: str
    takes_part: bool


def find_asked(work: Work, task_id: uuid.UUID) -> Asked | None:
    """Find what is asked for in a task that the actor has been shown; None for a task of a diagram."""
    wanted = (
        select(AskedTask.text, AskedTask.asked_by_id, Person.full_name)
        .join(Person, Person.id == AskedTask.asked_by_id)
        .where(AskedTask.task_id == task_id)
    )
    found = work.session.execute(wanted).one_or_none()
    return Asked(*found) if found else None


def list_askable(work: Work, subject: Subject) -> list[Askable]:
    """List whom the actor may ask for something in a case: who takes part first, then the staff."""
    require(work, Permission.TASK_ASK, subject)
    return askable_in(work, subject.path, subject.participants)


def find_askable(work: Work, held: HeldCase, person_id: uuid.UUID) -> Askable | None:
    """Find somebody among those who can be asked in a case."""
    people = askable_in(work, held.path, held.participants)
    return next((one for one in people if one.person_id == person_id), None)


def askable_in(work: Work, path: str, participants: Sequence[Participant]) -> list[Askable]:
    """List who takes part, by role and name, then the staff of the organisation that does not."""
    roles = {one.person_id: one.role for one in reversed(participants)}
    people = select(Person.id, Person.full_name).where(Person.id.in_(roles)).order_by(Person.full_name)
    own = [Askable(id_, name, roles[id_], True) for id_, name in work.session.execute(people)]
    own.sort(key=lambda one: one.role)
    return own + [one for one in _staff(work, path) if one.person_id not in roles]


def _staff(work: Work, path: str) -> list[Askable]:
    rank = case({role: place for place, role in enumerate(STAFF)}, value=Membership.role)
    wanted = (
        select(Person.id, Person.full_name, Membership.role)
        .distinct(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            func.starts_with(path, Organisation.path),
            Membership.role.in_(STAFF),
            Membership.counts_at(work.now()),
        )
        .order_by(Person.id, rank)
        .limit(MOST_STAFF)
    )
    found = [Askable(id_, name, role, False) for id_, name, role in work.session.execute(wanted)]
    return sorted(found, key=lambda one: (one.full_name, one.person_id))
