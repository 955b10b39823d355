"""People who may be the same as one who is about to be added."""

import uuid
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select

from models.organisations import Organisation
from models.people import Person
from models.searching import sought, words_of
from workflows.queries.people_list import words_sought
from workflows.queries.people_sight import oversees
from workflows.work import Work

SHOWN = 5


@dataclass(frozen=True)
class Alike:
    """Somebody of the same name or with the same address."""

    id: uuid.UUID
    name: str
    organisation: str
    study_group: str | None


def list_alike(work: Work, full_name: str, email: str) -> list[Alike]:
    """List whom the actor may know that has all the words of this name, or this address."""
    ways: list[ColumnElement[bool]] = []
    if words := words_sought(full_name, whole=True):
        ways.append(words_of(Person.full_name).op("@@")(sought(words)))
    if email.strip():
        ways.append(func.lower(Person.email) == email.strip().lower())
    if not ways:
        return []
    wanted = (
        select(Person.id, Person.full_name, Organisation.name, Person.study_group)
        .join(Organisation, Organisation.id == Person.organisation_id)
        .where(or_(*ways), oversees(work))
        .order_by(Person.full_name, Person.id)
        .limit(SHOWN)
    )
    return [Alike(*row) for row in work.session.execute(wanted)]
