"""A task done by a link: by somebody without an account, in their own name, and by nobody else."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from models.journal import JournalEntry
from models.tasks import Task, TaskStatus
from tests.webapp.readers import parsed
from workflows.operations.users import add_user, block_user
from workflows.records.participants import replace

LAST = {"topic": "Знакомство", "is_last": "on"}


@pytest.fixture
def task_id(start_pair):
    return start_pair().opened[0]


@pytest.fixture
def make_link(reader, town, task_id):
    curator = reader(town.curator)

    def make():
        answer = curator.post(f"/tasks/{task_id}/link")
        assert answer.status_code == 200
        parsed(answer)
        return re.search(r"/link/[\w-]+/", answer.text)[0]

    return make


def test_somebody_without_an_account_does_the_task_by_the_link(make_link, anonymous, town, task_id, session):
    link = make_link()
    shown = anonymous.get(link)
    parsed(shown)
    assert "Записать встречу" in shown.text
    assert town.mentor.name in shown.text
    assert 'class="site-nav"' not in shown.text
    answer = anonymous.post(link, LAST)
    assert (answer.status_code, "Спасибо!" in answer.text) == (200, True)
    task = session.get_one(Task, task_id, populate_existing=True)
    assert (task.status, task.completed_by_id) == (TaskStatus.COMPLETED, town.mentor.person_id)
    assert "Спасибо!" in anonymous.get(link).text
    acts = session.scalars(select(JournalEntry.act).order_by(JournalEntry.id)).all()
    assert acts.index("task.linked") < acts.index("task.completed")


def test_what_is_wrong_stands_beside_its_field_and_what_was_typed_stays(make_link, anonymous):
    link = make_link()
    answer = anonymous.post(link, {"topic": "", "note": "Говорили о звёздах"})
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.text


def test_a_new_link_takes_the_place_of_the_former(make_link, anonymous):
    former, newer = make_link(), make_link()
    assert anonymous.get(former).status_code == 404
    assert "больше ничего не открывает" in anonymous.get(former).text
    assert anonymous.get(newer).status_code == 200


def test_a_link_can_be_taken_back(make_link, anonymous, reader, town, task_id):
    link = make_link()
    curator = reader(town.curator)
    assert "действует до" in curator.get(f"/tasks/{task_id}").text
    assert curator.post(f"/tasks/{task_id}/unlink").status_code == 303
    assert anonymous.get(link).status_code == 404
    assert anonymous.post(link, LAST).status_code == 404


def test_a_link_opens_nothing_for_somebody_whose_account_was_closed_meanwhile(
    make_link, anonymous, town, work
):
    link = make_link()
    user_id = add_user(work, town.mentor.person_id, "strizh-artem", "тихая вода 7 снегирей")
    work.session.commit()
    assert anonymous.get(link).status_code == 200
    block_user(work, user_id)
    work.session.commit()
    assert anonymous.get(link).status_code == 404
    assert anonymous.post(link, LAST).status_code == 404


def test_a_link_grows_too_old(make_link, anonymous, clock):
    link = make_link()
    clock.advance(days=13)
    assert anonymous.get(link).status_code == 200
    clock.at += timedelta(days=2)
    assert anonymous.get(link).status_code == 404


def test_a_link_opens_nothing_once_the_task_is_another_persons(make_link, anonymous, town, task_id, work):
    link = make_link()
    case_id = work.session.get_one(Task, task_id).case_id
    replace(work, case_id, "mentor", town.mentor.person_id, town.second_mentor.person_id)
    work.session.commit()
    assert anonymous.get(link).status_code == 404


def test_whoever_can_sign_in_needs_no_link(reader, town, task_id):
    reader(town.mentor)
    curator = reader(town.curator)
    assert f"/tasks/{task_id}/link" not in curator.get(f"/tasks/{task_id}").text
    assert curator.post(f"/tasks/{task_id}/link").status_code == 409


@pytest.mark.parametrize("who", ["mentee", "auditor", "second_mentor", "stranger"])
def test_others_make_no_link(reader, town, task_id, who):
    other = reader(getattr(town, who))
    assert other.post(f"/tasks/{task_id}/link").status_code in (403, 404)


def test_a_link_opens_nothing_but_its_task(make_link, anonymous, task_id):
    anonymous.get(make_link())
    for address in ("/", f"/tasks/{task_id}", "/cases", "/search?q=пара"):
        assert anonymous.get(address).status_code == 302


@pytest.mark.parametrize("secret", ["x", "%00", "ключ", "a" * 3000])
def test_a_spoilt_link_says_what_to_do(anonymous, secret):
    answer = anonymous.get(f"/link/{secret}/")
    assert answer.status_code == 404
    assert "попросите у куратора" in answer.text


def test_whoever_is_signed_in_acts_by_the_link_in_the_name_of_its_person(
    make_link, reader, town, task_id, session
):
    link, curator = make_link(), reader(town.curator)
    assert town.mentor.name in curator.get(link).text
    assert "Спасибо!" in curator.post(link, LAST).text
    task = session.get_one(Task, task_id, populate_existing=True)
    assert task.completed_by_id == town.mentor.person_id
