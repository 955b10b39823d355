"""A college whose pair has met for the first time, and its people who can be written to."""

from types import SimpleNamespace

from tests.workflows.mentoring.conftest import build_college
from tests.workflows.mentoring.pair_plays import PairPlay
from tests.workflows.mentoring.plays import Play
from workflows.operations.people import change_person
from workflows.operations.users import add_user

PASSWORD = "слон читает газету утром"


def furnish(templates):
    """Make a template out of the college; return its name and its people."""
    name, college = templates.furnish(build_college)
    return templates.play_in(name, lambda *own: meet(college, *own))


def meet(college, *own):
    """Let a pair get acquainted and agree on the day of its next meeting, in a week."""
    play = Play(college, *own)
    mentor, mentee = college.mentors[0], college.mentees[0]
    for actor, name in ((mentor, "mentor"), (mentee, "mentee"), (college.curator, "curator")):
        reach(play.work(), actor, name)
    reach(play.work(), college.administrator, "administrator")
    reach(play.work(), college.methodist, "methodist")
    pair = PairPlay(play, college)
    pair.meet_first()
    return SimpleNamespace(
        **vars(college), at=play.clock.at, pair_id=pair.pair_id, mentor=mentor, mentee=mentee
    )


def reach(work, actor, name):
    """Give somebody an account and an address."""
    add_user(work, actor.person_id, name, PASSWORD)
    change_person(work, actor.person_id, full_name=actor.name, email=f"{name}@college.example", language="ru")
