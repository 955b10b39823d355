"""What a curator asks for beside the steps of a case: it is given, done or taken back, and moves nothing."""

from datetime import timedelta

import pytest

from models.cases import Case
from models.casework import AskedTask
from models.journal import JournalEntry
from models.tasks import Task, TaskStatus
from tests.webapp.readers import parsed
from workflows.operations.cases import cancel_case
from workflows.operations.tasks import complete_task
from workflows.queries.inbox import list_inbox

NAME = "Принести фотографию с практики"
MORE = "Для стенда, можно с телефона"


@pytest.fixture
def ask(curator, page, college, clock):
    """Let the curator ask the mentor, or whoever is named."""

    def ask(**other):
        due_on = (clock.at + timedelta(days=5)).date().isoformat()
        whom = str(college.mentors[0].person_id)
        return curator.post(
            f"{page}/tasks", {"name": NAME, "text": MORE, "whom": whom, "due_on": due_on} | other
        )

    return ask


@pytest.fixture
def asked(work):
    """Find the task that was asked for."""
    return lambda: work.session.query(Task).filter_by(element="").one()


def test_who_is_asked_finds_it_in_the_inbox_and_says_what_came_of_it(ask, asked, mentor, curator, page, work):
    before = work.session.query(Case.state, Case.revision).filter_by(id=page.rpartition("/")[2]).one()
    assert ask().status_code == 303
    task = asked()
    for place in ("/", "/today", page):
        assert NAME in mentor.get(place).text
    assert "личная просьба" in mentor.get("/").text
    answer = mentor.get(f"/tasks/{task.id}")
    assert MORE in answer.text
    parsed(answer)
    assert mentor.post(f"/tasks/{task.id}", {"note": "Принёс две"}).status_code == 303
    work.session.expire_all()
    assert task.status is TaskStatus.COMPLETED
    assert "Принёс две" in curator.get(f"/tasks/{task.id}").text
    assert NAME not in mentor.get("/").text
    # The case stands where it stood.
    after = work.session.query(Case.state, Case.revision).filter_by(id=page.rpartition("/")[2]).one()
    assert after == before
    acts = {one.act for one in work.session.query(JournalEntry).filter_by(subject=f"task:{task.id}")}
    assert acts == {"task.asked", "task.completed"}
    assert f"просьба: «{NAME}»" in curator.get(page).text


def test_it_stands_on_the_page_of_the_pair(ask, mentor, college):
    ask()
    assert NAME in mentor.get(f"/pairs/{college.pair_id}").text


def test_a_role_is_asked_and_whoever_takes_it_first_does_it(ask, asked, college, work, as_):
    ask(whom="curator")
    task = asked()
    mine = [row.id for row in list_inbox(as_(college.curator)).rows]
    assert task.id in mine


def test_done_twice_is_done_once(ask, asked, college, as_):
    ask()
    mentor = as_(college.mentors[0])
    complete_task(mentor, asked().id, {"note": "Принёс"})
    assert complete_task(mentor, asked().id, {"note": "Принёс"}).was_done_before


def test_the_curator_takes_it_back(ask, asked, curator, mentor, work):
    ask()
    task = asked()
    assert mentor.post(f"/tasks/{task.id}/ask-no-more").status_code == 403
    assert curator.post(f"/tasks/{task.id}/ask-no-more").status_code == 303
    work.session.expire_all()
    assert task.status is TaskStatus.WITHDRAWN
    assert NAME not in mentor.get("/").text
    assert "больше никого не просят" in mentor.get(f"/tasks/{task.id}").text


def test_what_is_missing_is_said_beside_the_fields_and_nothing_typed_is_lost(ask, page):
    answer = ask(name="", whom="")
    assert answer.status_code == 422
    found = parsed(answer)
    assert {"name-errors", "whom-errors"} <= {one.get("id") for one in found.iterfind(".//div[@id]")}
    assert MORE in answer.text
    assert ask(due_on="2020-01-01").status_code == 422
    assert ask(whom="mentee of nobody").status_code == 422


def test_strangers_are_not_asked(ask, college):
    assert ask(whom=str(college.mentors[1].person_id)).status_code == 422


def test_it_goes_with_a_case_that_is_ended(ask, asked, as_, college, case_id, work):
    ask()
    cancel_case(as_(college.curator), case_id, "Переезд")
    work.session.expire_all()
    assert asked().status is TaskStatus.WITHDRAWN
    assert work.session.query(AskedTask).count() == 1


def test_a_step_of_the_diagram_is_not_taken_back(curator, case_id, work):
    task = work.session.query(Task).filter_by(case_id=case_id, status=TaskStatus.OPEN).first()
    assert curator.post(f"/tasks/{task.id}/ask-no-more").status_code == 404


def test_several_that_ask_nothing_are_marked_as_done_and_the_others_say_why_not(
    ask, mentor, college, case_id, work
):
    ask()
    ask(name="Прислать расписание")
    own = work.session.query(Task).filter_by(case_id=case_id, status=TaskStatus.OPEN).all()
    assert {one.form is None for one in own} == {True, False}
    answer = mentor.post("/tasks/together", {"task": [str(one.id) for one in own], "act": "complete"})
    assert answer.status_code == 200
    assert "Откройте её и ответьте" in answer.text
    parsed(answer)
    work.session.expire_all()
    assert {one.status for one in own if one.form is None} == {TaskStatus.COMPLETED}
    assert {one.status for one in own if one.form} == {TaskStatus.OPEN}
