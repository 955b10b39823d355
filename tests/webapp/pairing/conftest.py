"""A college where pairs are being formed: one programme with a board, one with a general meeting."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from models.database import Database
from tests.workflows.mentoring.conftest import build_college
from tests.workflows.mentoring.plays import Play
from tests.workflows.mentoring.waiting import Cohort, learners
from workflows.operations.people import add_person, grant_membership
from workflows.queries.people import get_actor_of_person


def play_pairing(play: Play) -> SimpleNamespace:
    """Let one programme come to its proposals, and plan the general meeting of another."""
    board = Cohort(play, "school")
    board.add_form("learner_learner")
    own, theirs = learners(board, 3, 2)
    board_case = board.begin()
    talk = {"mentee": str(own[0].id), "mentor": str(theirs[0].id), "said": "both"}
    play.do("record_talks", board_case, talks=[talk])
    hall = Cohort(play, "council")
    guests = [hall.mentee(n, experience_years=1) for n in range(3)]
    hosts = [hall.mentor(n, experience_years=9) for n in range(2)]
    hall_case = hall.begin()
    meeting = {"held_at": "2026-09-01T15:00", "format": "in_person", "place": "Актовый зал", "tables": 2}
    play.do("plan_general_meeting", hall_case, **meeting, minutes_per_round=7)
    auditor = add_person(play.work(), play.college.id, "Пётр Совин")
    grant_membership(play.work(), auditor, play.college.id, "auditor")
    return SimpleNamespace(
        id=board.programme.id,
        case_id=board_case,
        own=[one.id for one in own],
        theirs=[one.id for one in theirs],
        hall_id=hall.programme.id,
        hall_case=hall_case,
        guests=[one.id for one in guests],
        hosts=[one.id for one in hosts],
        auditor=get_actor_of_person(play.session, auditor, play.clock()),
    )


@pytest.fixture(scope="session")
def played(templates: Any) -> tuple[str, SimpleNamespace, SimpleNamespace]:
    """The template database, the college in it, and its pairing."""
    name, college = templates.furnish(build_college)
    made, pairing = templates.play_in(name, lambda *own: play_pairing(Play(college, *own)))
    return made, college, pairing


@pytest.fixture(scope="session")
def database(templates: Any, played: Any) -> Iterator[Database]:
    """A database with the college in it, in which nothing more is ever committed."""
    with templates.lent(played[0]) as made:
        yield made


@pytest.fixture
def college(played: Any) -> SimpleNamespace:
    college: SimpleNamespace = played[1]
    return college


@pytest.fixture
def pairing(played: Any) -> SimpleNamespace:
    pairing: SimpleNamespace = played[2]
    return pairing


@pytest.fixture
def play(college: Any, sessions: Any, session: Any, clock: Any, settle: Any) -> Play:
    return Play(college, sessions, session, clock, settle)


@pytest.fixture
def curator(reader: Any, college: Any) -> Any:
    return reader(college.curator)


@pytest.fixture
def address(pairing: SimpleNamespace) -> str:
    return f"/programmes/{pairing.id}/pairing"
