"""A college whose pair has met for the first time, and its people who can be written to."""

from types import SimpleNamespace

import pytest

from tests.webapp.played_college import *  # noqa: F403
from tests.webapp.readers import PASSWORD, Reader
from tests.workflows.mentoring.conftest import build_college
from tests.workflows.mentoring.pair_plays import PairPlay
from tests.workflows.mentoring.plays import Play
from workflows.operations.people import change_person
from workflows.operations.users import add_user


@pytest.fixture(scope="session")
def furnished(templates):
    """The template database in which the pair has met."""
    name, college = templates.furnish(build_college)
    return templates.play_in(name, lambda *own: meet(college, *own))


@pytest.fixture
def sit(app, college):
    """Sit somebody of the college before a browser, signed in."""

    def sit(name):
        sitting = Reader(app.test_client(), getattr(college, name), name)
        assert sitting.sign_in().status_code == 303
        return sitting

    return sit


def meet(college, *own):
    """Let a pair get acquainted and agree on the day of its next meeting, in a week."""
    play = Play(college, *own)
    named = {role: getattr(college, role) for role in ("curator", "administrator", "methodist")}
    named |= {"mentor": college.mentors[0], "mentee": college.mentees[0]}
    for name, actor in named.items():
        reach(play.work(), actor, name)
    pair = PairPlay(play, college)
    pair.meet_first()
    return SimpleNamespace(**vars(college) | named, at=play.clock.at, pair_id=pair.pair_id)


def reach(work, actor, name):
    """Give somebody an account and an address."""
    add_user(work, actor.person_id, name, PASSWORD)
    address = f"{name}@college.example"
    change_person(work, actor.person_id, full_name=actor.name, email=address, language="ru")
