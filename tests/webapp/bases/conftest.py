"""A college with a programme and people in both its bases, and the addresses of its pages."""

import pytest

from tests.webapp.bases_college import build_college


@pytest.fixture(scope="session")
def furnished(templates):
    """The template database in which the college stands."""
    return templates.furnish(lambda work: build_college(work, templates.town))


@pytest.fixture(scope="session")
def database(templates, furnished):
    """A database with the college in it, in which nothing more is ever committed."""
    with templates.lent(furnished[0]) as made:
        yield made


@pytest.fixture
def college(furnished):
    return furnished[1]


@pytest.fixture
def base(college):
    return f"/programmes/{college.programme_id}"


@pytest.fixture
def address(base):
    return f"{base}/mentees/import"


@pytest.fixture
def child(college):
    return f"/mentees/{college.child_entry}"


@pytest.fixture
def mentor(college):
    return f"/mentors/{college.mentor_entry}"
