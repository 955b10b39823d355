"""A college in which an autumn has been played."""

import pytest

from tests.webapp.today.autumn import play_autumn
from tests.workflows.mentoring.conftest import build_college
from workflows.operations.people import add_person, grant_membership
from workflows.queries.people import get_actor_of_person


@pytest.fixture(scope="session")
def furnished(templates):
    """The template database with a college in which an autumn has been played."""
    name, college = templates.furnish(build_college)
    played, autumn = templates.play_in(name, lambda *own: play_autumn(college, *own))
    return played, college, autumn


@pytest.fixture(scope="session")
def database(templates, furnished):
    """A database of its own, in which nothing more is ever committed."""
    with templates.lent(furnished[0]) as made:
        yield made


@pytest.fixture
def college(furnished, clock):
    clock.at = furnished[2].at
    return furnished[1]


@pytest.fixture
def autumn(furnished):
    return furnished[2]


@pytest.fixture
def add(college, work):
    """Let somebody new hold roles in the college."""

    def add(*roles):
        person_id = add_person(work, college.id, "Ия Незабудкина")
        for role in roles:
            grant_membership(work, person_id, college.id, role)
        work.session.commit()
        return get_actor_of_person(work.session, person_id, work.now())

    return add
