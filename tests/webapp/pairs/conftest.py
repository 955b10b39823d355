"""A college with two pairs, and those who sit before their pages."""

import pytest

from tests.conftest import Clock
from tests.webapp.pair_college import furnish


@pytest.fixture(scope="session")
def furnished(templates):
    """The template database in which the pairs have played."""
    return furnish(templates)


@pytest.fixture(scope="session")
def database(templates, furnished):
    """A database with the pairs in it, in which nothing more is ever committed."""
    with templates.lent(furnished[0]) as made:
        yield made


@pytest.fixture
def college(furnished):
    return furnished[1]


@pytest.fixture
def clock(college):
    """The clock as it stood when the pairs had played."""
    clock = Clock()
    clock.at = college.at
    return clock


@pytest.fixture
def address(college):
    return f"/pairs/{college.pair_id}"


@pytest.fixture
def mentor(college, reader):
    return reader(college.mentors[0])


@pytest.fixture
def mentee(college, reader):
    return reader(college.mentees[0])


@pytest.fixture
def curator(college, reader):
    return reader(college.curator)
