"""The college with two pairs, before those who work on their cases."""

import pytest

from models.pairs import Pair
from tests.conftest import Clock
from tests.webapp.pair_college import furnish


@pytest.fixture(scope="module")
def furnished(templates):
    """The template database in which the pairs have played."""
    return furnish(templates)


@pytest.fixture(scope="module")
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
def case_id(college, work):
    """The case of the pair that has come to its working meetings."""
    return work.session.get_one(Pair, college.pair_id).case_id


@pytest.fixture
def page(case_id):
    return f"/cases/{case_id}"


@pytest.fixture
def curator(college, reader):
    return reader(college.curator)


@pytest.fixture
def mentor(college, reader):
    return reader(college.mentors[0])


@pytest.fixture
def mentee(college, reader):
    return reader(college.mentees[0])
