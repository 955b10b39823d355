"""What tests of a college share in which people have played; `furnished` says what they played."""

import pytest

from tests.conftest import Clock

__all__ = ["clock", "college", "database"]


@pytest.fixture(scope="session")
def database(templates, furnished):
    """A database with what was played in it, in which nothing more is ever committed."""
    with templates.lent(furnished[0]) as made:
        yield made


@pytest.fixture
def college(furnished):
    return furnished[1]


@pytest.fixture
def clock(college):
    """The clock as it stood when they had played."""
    clock = Clock()
    clock.at = college.at
    return clock
