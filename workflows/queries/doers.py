"""Whom a task may be given to: only those who hold its role."""

import uuid
from dataclasses import dataclass

from sqlalchemy import case, func, select

from models.organisations import Organisation
from models.people import Membership, Person
from workflows.access import LEADERS, OVERSEERS, Permission, Subject, can
from workflows.work import Work


@dataclass(frozen=True)
class Doer:
    """A person who could do a task, and the role by which."""

    person_id: uuid.UUID
    full_name: str
    role: str


def list_doers(work: Work, subject: Subject) -> tuple[Doer, ...]:
    """List who besides its assignee may be given a task, by name."""
    found = {one.person_id: one for one in _members(work, subject)} | {
        one.person_id: one for one in _participants(work, subject)
    }
    others = (one for one in found.values() if one.person_id != subject.assignee_id)
    return tuple(sorted(others, key=lambda one: (one.full_name, one.person_id)))


def _participants(work: Work, subject: Subject) -> list[Doer]:
    """List who holds the task's role in the case itself."""
    role = subject.task_role or ""
    holders = set(subject.holders(role)) - {subject.assignee_id}
    if not holders:
        return []
    rows = work.session.execute(select(Person.id, Person.full_name).where(Person.id.in_(holders)))
    return [Doer(row.id, row.full_name, role) for row in rows]


def _members(work: Work, subject: Subject) -> list[Doer]:
    """List who holds a role of the organisation by which the task may be done."""
    roles = _organisational_roles(work, subject)
    if not roles:
        return []
    rank = case({role: place for place, role in enumerate(roles)}, value=Membership.role)
    rows = work.session.execute(
        select(Person.id, Person.full_name, Membership.role)
        .distinct(Person.id)
        .join(Membership, Membership.person_id == Person.id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            func.starts_with(subject.path, Organisation.path),
            Membership.role.in_(roles),
            Membership.counts_at(work.now()),
        )
        .order_by(Person.id, rank)
    )
    return [Doer(*row) for row in rows]


def _organisational_roles(work: Work, subject: Subject) -> tuple[str, ...]:
    role = subject.task_role or ""
    if role == "curator":
        return LEADERS
    if role in OVERSEERS:
        return (role,)
    # Who is mentor or mentee here at all is only for the eyes of those who may see people.
    is_pool = not subject.holders(role) and can(work, Permission.PERSON_READ, subject)
    return (role,) if is_pool else ()
