"""A step that fails: nothing is lost, those who may see why, and it is tried again."""

import pytest
from sqlalchemy import select

from models.people import Membership
from models.waiting import Incident
from tests.webapp.readers import parsed
from tests.workflows.changing import redrawn
from workflows import service_tasks
from workflows.operations.packs import install_pack
from workflows.operations.people import end_membership, grant_membership
from workflows.operations.tasks import assign_task, complete_task
from workflows.records.cases import ask_for_case

SUMMARY = {"summary": "Хорошая пара"}


@pytest.fixture
def stalled(start_pair, as_, town, work):
    """The last task of a pair: its end tells a curator, and the school has none any more."""
    case = start_pair(mentor=[town.mentor])
    task_id = complete_task(as_(town.mentor), case.opened[0], {"topic": "Прощание", "is_last": True}).opened[
        0
    ]
    assign_task(as_(town.head), task_id, town.head.person_id)
    held = work.session.scalars(
        select(Membership.id).where(Membership.person_id == town.curator.person_id)
    ).one()
    end_membership(work, held)
    work.session.commit()
    return case.id, task_id


def test_a_failed_step_keeps_what_was_typed_and_says_where_to_look(reader, town, stalled):
    case_id, task_id = stalled
    head = reader(town.head)
    answer = head.post(f"/tasks/{task_id}", SUMMARY)
    assert answer.status_code == 409
    assert "Хорошая пара" in answer.text
    assert "Ничего не потеряно" in answer.text
    parsed(answer)
    page = head.get(f"/cases/{case_id}")
    assert "Не удалось выполнить шаг" in page.text
    assert "Уведомить некого: добавьте участника" in page.text
    assert "there is nobody to tell" not in page.text
    parsed(page)
    head.post("/language", {"language": "en"})
    assert "There is nobody to tell: add the participant" in head.get(f"/cases/{case_id}").text


def test_the_step_is_tried_again_when_the_cause_is_gone(reader, town, stalled, work):
    case_id, task_id = stalled
    head = reader(town.head)
    head.post(f"/tasks/{task_id}", SUMMARY)
    incident = work.session.scalars(select(Incident)).one()
    retry = f"/cases/{case_id}/incidents/{incident.id}/retry"
    assert head.post(retry).status_code == 409, "the cause is still there"
    grant_membership(work, town.head.person_id, town.school.id, "curator")
    work.session.commit()
    assert head.post(retry).status_code == 303
    page = head.get(f"/cases/{case_id}").text
    assert "Шаг выполнен." in page
    assert "Не удалось выполнить шаг:" not in page
    again = head.post(retry, follow_redirects=True).text
    assert "Это уже улажено" in again
    assert "Шаг выполнен." not in again


def test_an_incident_is_tried_again_on_the_page_of_its_own_case_only(reader, town, stalled, work, start_pair):
    _, task_id = stalled
    head = reader(town.head)
    head.post(f"/tasks/{task_id}", SUMMARY)
    incident = work.session.scalars(select(Incident)).one()
    other = start_pair("Другая пара", mentor=[town.mentor]).id
    work.session.commit()
    assert head.post(f"/cases/{other}/incidents/{incident.id}/retry").status_code == 404


def test_what_nobody_foresaw_is_told_in_full_to_administrators_only(reader, town, stalled, monkeypatch):
    def break_down(*_inputs, **_more):
        raise KeyError("mailbox 7")

    monkeypatch.setitem(service_tasks.ALL, "notices.tell_curator", break_down)
    case_id, task_id = stalled
    head = reader(town.head)
    assert "что-то сломалось" in head.post(f"/tasks/{task_id}", SUMMARY).text
    for somebody, sees in ((head, False), (reader(town.administrator), True)):
        page = somebody.get(f"/cases/{case_id}").text
        assert "Пока система выполняла этот шаг, у нас что-то сломалось" in page
        assert ("mailbox 7" in page) is sees


def test_whoever_may_not_retry_has_no_button(reader, town, stalled):
    case_id, task_id = stalled
    reader(town.head).post(f"/tasks/{task_id}", SUMMARY)
    page = reader(town.auditor).get(f"/cases/{case_id}").text
    assert "Не удалось выполнить шаг" in page
    assert "Повторить этот шаг" not in page


@pytest.fixture
def unbegun(work, town, pack_files, settle):
    """A case that was asked for, of a pack in which its first step cannot be opened."""
    changed = redrawn(pack_files, ('dueDate="P3D"', 'dueDate="=variant"'))
    install_pack(work, town.school.id, changed)
    people = {"mentor": [town.mentor.person_id], "curator": [town.curator.person_id]}
    wanted = {"participants": people, "variables": {"variant": "school"}}
    case_id = ask_for_case(work, town.school.id, "pair", "Первая пара", **wanted)
    settle()
    return case_id


def test_a_case_that_was_asked_for_and_could_not_begin_says_so_and_is_begun(
    reader, town, unbegun, work, pack_files
):
    curator = reader(town.curator)
    assert "требует внимания" in curator.get("/cases").text
    answer = curator.get(f"/cases/{unbegun}")
    parsed(answer)
    for said in (
        "Дело не началось: не удалось выполнить шаг «Записать встречу»",
        "Непонятно, к какому сроку",
        "Дело ещё не началось.",
        "не начато",
        "Начать дело",
    ):
        assert said in answer.text
    incident = work.session.scalars(select(Incident)).one()
    retry = f"/cases/{unbegun}/incidents/{incident.id}/retry"
    assert curator.post(retry).status_code == 409, "the cause is still there"
    install_pack(work, town.school.id, redrawn(pack_files, ('dueDate="P3D"', 'dueDate="P4D"')))
    work.session.commit()
    begun = curator.post(retry, follow_redirects=True).text
    assert "Шаг выполнен." in begun
    assert "Дело не началось" not in begun
    assert "Записать встречу" in begun
