"""Whom the actor may know of, said in SQL for lists of people."""

from sqlalchemy import ColumnElement, false, or_, true

from models.organisations import Organisation
from models.people import Person
from workflows.access.reach import BRANCH_ROLES
from workflows.access.rules import OVERSEERS
from workflows.work import Role, Work


def knows_people_of(work: Work) -> ColumnElement[bool]:
    """Say what `Permission.PERSON_READ` says, of people joined with their organisations."""
    return or_(Person.id == work.actor.person_id, oversees(work))


def oversees(work: Work) -> ColumnElement[bool]:
    """Say that the actor reads along in an organisation."""
    if work.actor.is_system:
        return true()
    return or_(false(), *(reaches(role) for role in work.actor.roles if role.name in OVERSEERS))


def reaches(role: Role) -> ColumnElement[bool]:
    """Say that a role counts in an organisation."""
    if role.name in BRANCH_ROLES:
        return Organisation.path.startswith(role.path, autoescape=True)
    return Organisation.id == role.organisation_id
