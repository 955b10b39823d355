"""What was answered, read later: in the same words, though people have gone and goals are reached."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

from models.bases import MentorEntry
from models.goals import Goal
from models.people import Person
from models.tasks import Task, TaskStatus
from tests.workflows.mentoring.pair_plays import PairPlay
from tests.workflows.mentoring.test_leaving import leave, replace_by
from webapp.app import create_app
from webapp.form_readings import read_back
from webapp.settings import Settings
from workflows.queries.readings import read_facts
from workflows.queries.tasks import get_task
from workflows.records import leaving


@pytest.fixture
def pair(play, college):
    pair = PairPlay(play, college)
    pair.start_working()
    return pair


@pytest.fixture(autouse=True)
def page():
    """Let the page of a task be written."""
    app = create_app(Settings(secret_key="a secret of the tests, long enough"), sessionmaker())
    with app.test_request_context("/"):
        yield


def recorded(pair):
    done = Task.element == "record_meeting", Task.status == TaskStatus.COMPLETED
    return pair.play.session.scalars(select(Task).where(*done, Task.case_id == pair.case_id)).first()


def read(play, task, actor):
    view = get_task(play.work(actor), task.id)
    given = {"context": view.known, "now": play.clock.at, "language": "ru", "translate": str}
    return read_back(view.form, view.answers, **given)


def replace_mentor(play, college, pair):
    entry_id = pair.add_mentor(college.mentors[1])
    play.session.get_one(MentorEntry, entry_id).forms = ["teacher_learner"]
    play.session.flush()
    leave(pair, college.mentors[0])
    replace_by(pair, entry_id)
    play.do("agree_to_replace", pair.case_id, college.mentors[1], answer="yes")


def test_a_meeting_names_the_mentor_who_was_there_and_has_left(play, college, pair):
    pair.meet()
    task = recorded(pair)
    before = read(play, task, college.curator)
    replace_mentor(play, college, pair)
    assert read(play, task, college.curator) == before
    assert ("Кто был на встрече", "Артём Стрижов; Соня Ромашкина") in before


def test_a_meeting_names_a_goal_that_is_reached(play, college, pair):
    goal = play.session.scalars(select(Goal)).one()
    pair.meet(progress=[{"goal_id": str(goal.id), "mark": "reached"}])
    told = dict(read(play, recorded(pair), college.curator))
    assert goal.result in told.values()
    assert str(goal.id) not in str(told)


def test_a_number_is_read_with_its_unit(play, college, pair):
    pair.meet()
    assert ("Сколько длилась встреча", "60 мин") in read(play, recorded(pair), college.curator)


def test_whoever_has_left_reads_nothing_of_what_has_become_of_the_others(play, college, pair):
    pair.meet()
    replace_mentor(play, college, pair)
    play.session.get_one(Person, college.mentees[0].person_id).phone = "+79995556677"
    play.session.flush()
    old = college.mentors[0]
    assert "+79995556677" not in str(get_task(play.work(old), recorded(pair).id).known)
    assert ("Кто был на встрече", "Артём Стрижов; Соня Ромашкина") in read(play, recorded(pair), old)


def test_a_mentor_who_joins_is_named_at_once(play, college, pair):
    entry_id, work = pair.add_mentor(college.mentors[1]), play.work(college.mentors[1])
    assert len(read_facts(work, ["pair.members"], pair.case_id)["mentors"]) == 1
    leaving.take_on(work, pair.pair, entry_id)
    assert len(read_facts(work, ["pair.members"], pair.case_id)["mentors"]) == 2
