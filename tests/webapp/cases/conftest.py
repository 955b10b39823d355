"""The college with two pairs, before those who work on their cases."""

import pytest

from models.pairs import Pair
from tests.webapp.pair_college import furnish
from tests.webapp.played_college import *  # noqa: F403


@pytest.fixture(scope="session")
def furnished(templates):
    """The template database in which the pairs have played."""
    return furnish(templates)


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
