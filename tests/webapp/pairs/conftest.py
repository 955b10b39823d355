"""A college with two pairs, and those who sit before their pages."""

import pytest

from tests.webapp.pair_college import furnish
from tests.webapp.played_college import *  # noqa: F403


@pytest.fixture(scope="session")
def furnished(templates):
    """The template database in which the pairs have played."""
    return furnish(templates)


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
