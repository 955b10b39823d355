"""A college with two pairs, for the pages about pairs: one at its working meetings, one at the start."""

from functools import cache
from types import SimpleNamespace
from typing import Any

from models.people import Guardianship, Person
from tests.workflows.mentoring.conftest import build_college
from tests.workflows.mentoring.pair_plays import PairPlay
from tests.workflows.mentoring.plays import Play
from workflows.operations.people import add_person, grant_membership
from workflows.queries.people import get_actor_of_person

PHONE = "+7 914 000-11-22"
SECRET = "Мне было не по себе, но я промолчала"
MENTOR_NOTE = "Надо чаще хвалить"


@cache
def furnish(templates: Any) -> tuple[str, SimpleNamespace]:
    """Make a template database out of the college in which two pairs have played."""
    name, college = templates.furnish(build_college)
    made: tuple[str, SimpleNamespace] = templates.play_in(
        name, lambda *own: play_pairs(Play(college, *own), college)
    )
    return made


def play_pairs(play: Play, college: SimpleNamespace) -> SimpleNamespace:
    """Let one pair come to its working meetings and meet once; let another only be formed."""
    first = PairPlay(play, college)
    mentor = play.session.get_one(Person, college.mentors[0].person_id)
    mentor.phone = PHONE
    play.session.add(
        Guardianship(
            child_id=college.mentees[0].person_id, guardian_id=college.guardian.person_id, kin="мама"
        )
    )
    first.get_acquainted()
    play.pass_days(3)
    first.try_together()
    play.pass_days(3)
    first.plan()
    play.pass_days(3)
    first.record(went_well=MENTOR_NOTE)
    told = {"took_place": "yes", "closer": "yes", "feeling": "good", "went_well": SECRET}
    first.each("reflect_on_meeting", first.mentee_actors[0], **told)
    others = SimpleNamespace(
        **vars(college) | {"mentors": college.mentors[1:], "mentees": college.mentees[1:]}
    )
    second = PairPlay(play, others, form="learner_learner")
    made = vars(college) | {"auditor": add_auditor(play, college)}
    return SimpleNamespace(
        **made | {"pair_id": first.pair_id, "fresh_id": second.pair_id, "at": play.clock.at}
    )


def add_auditor(play: Play, college: SimpleNamespace) -> Any:
    """Add somebody who looks on."""
    person_id = add_person(play.work(), college.id, "Пётр Совин")
    grant_membership(play.work(), person_id, college.id, "auditor")
    return get_actor_of_person(play.session, person_id, play.clock())
