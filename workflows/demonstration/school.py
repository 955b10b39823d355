"""The organisations of the demonstration, its people and their accounts."""

import uuid
from dataclasses import dataclass, field

from models.organisations import OrganisationKind
from workflows.demonstration.cast import ELSEWHERE, MENTEES, MENTORS, REGION, SCHOOL, STAFF, TOWN, Person
from workflows.operations.organisations import add_organisation
from workflows.operations.people import add_person, grant_membership
from workflows.operations.users import add_user
from workflows.work import Work


@dataclass
class School:
    """Ids of what was made, by name."""

    organisations: dict[str, uuid.UUID] = field(default_factory=dict)
    people: dict[str, uuid.UUID] = field(default_factory=dict)

    @property
    def id(self) -> uuid.UUID:
        return self.organisations[SCHOOL]

    def first(self, role: str) -> uuid.UUID:
        """Return the first of the staff in a role."""
        return next(self.people[person.name] for person in STAFF if person.role == role)


def found_school(work: Work, password: str) -> School:
    """Make the organisations and everybody in them."""
    school = School()
    places = school.organisations
    places[REGION] = add_organisation(work, REGION, OrganisationKind.REGION)
    places[TOWN] = add_organisation(work, TOWN, OrganisationKind.MUNICIPALITY, parent_id=places[REGION])
    for name in (SCHOOL, ELSEWHERE):
        places[name] = add_organisation(work, name, parent_id=places[TOWN])
    for person in (*STAFF, *MENTORS, *MENTEES):
        school.people[person.name] = _add(work, person, places[person.place], password)
    return school


def _add(work: Work, person: Person, place: uuid.UUID, password: str) -> uuid.UUID:
    person_id = add_person(work, place, person.name)
    grant_membership(work, person_id, place, person.role)
    if person.sign_in_name:
        add_user(work, person_id, person.sign_in_name, password)
    return person_id
