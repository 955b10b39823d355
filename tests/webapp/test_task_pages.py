"""One task: filled in, sent, kept, handed over; and what happens when somebody was faster."""

import pytest
from sqlalchemy import select

from models.journal import JournalEntry
from models.tasks import Task, TaskDraft, TaskStatus
from tests.webapp.readers import ids, parsed
from workflows.operations.cases import cancel_case, start_case, suspend_case
from workflows.operations.tasks import complete_task

ANSWERS = {"topic": "Знакомство", "minutes": "60"}
LAST = ANSWERS | {"is_last": "on"}


@pytest.fixture
def case(start_pair):
    return start_pair()


@pytest.fixture
def task(case):
    return f"/tasks/{case.opened[0]}"


def test_the_page_says_what_comes_after_and_who_does_it(reader, town, task):
    page = reader(town.mentor).get(task)
    assert "Подтвердить завершение" in page.text
    assert "Вы" in page.text
    parsed(page)


def test_a_mentor_completes_a_task_and_goes_on_with_the_next(reader, town, task):
    mentor = reader(town.mentor)
    answer = mentor.post(task, ANSWERS)
    assert answer.status_code == 303
    following = answer.headers["Location"]
    assert following.startswith("/tasks/")
    assert following != task
    assert "Готово. Спасибо!" in mentor.get(following).text


def test_without_a_next_task_of_ones_own_one_returns_to_the_inbox(reader, town, task):
    mentor = reader(town.mentor)
    assert mentor.post(task, LAST).headers["Location"] == "/"
    assert "Сейчас у вас нет задач" in mentor.get("/").text
    assert "Подтвердить завершение" in reader(town.curator).get("/").text


def test_errors_stand_beside_the_fields_and_what_was_typed_stays(reader, town, task):
    answer = reader(town.mentor).post(task, {"topic": "", "minutes": "9000", "notes": "Долгий рассказ"})
    assert answer.status_code == 422
    page = parsed(answer)
    assert page.find(".//input[@id='f-topic']").get("aria-invalid") == "true"
    assert page.find(".//div[@id='f-topic-errors']") is not None
    assert page.find(".//div[@id='form-problems']").get("autofocus") is not None
    assert "Долгий рассказ" in answer.text
    assert 'value="9000"' in answer.text


def test_the_button_pressed_twice_sends_once(reader, town, task, work):
    mentor = reader(town.mentor)
    answers = [mentor.post(task, LAST), mentor.post(task, LAST)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert "дважды ничего не отправлено" in mentor.get("/").text
    acts = work.session.scalars(select(JournalEntry.act)).all()
    assert acts.count("task.completed") == 1


def test_whoever_comes_second_sees_what_happened_and_keeps_what_was_typed(
    reader, town, task, as_, case, start_pair
):
    task_id = start_pair("Двое наставников", mentor=[town.mentor, town.second_mentor]).opened[0]
    second = reader(town.second_mentor)
    assert second.get(f"/tasks/{task_id}").status_code == 200
    complete_task(as_(town.mentor), task_id, {"topic": "Первый рассказ"})
    as_(town.mentor).session.commit()
    answer = second.post(f"/tasks/{task_id}", {"topic": "Второй рассказ"})
    assert answer.status_code == 409
    assert town.mentor.name in answer.text
    assert "Первый рассказ" in answer.text
    assert "Второй рассказ" in answer.text
    parsed(answer)
    assert (
        as_(town.mentor).session.get(TaskDraft, (task_id, town.second_mentor.person_id)).answers["topic"]
        == "Второй рассказ"
    )


def test_what_is_typed_is_kept_and_comes_back(reader, town, task):
    mentor = reader(town.mentor)
    said = mentor.post(f"{task}/draft", {"topic": "Пока только тема"}, headers={"HX-Request": "true"})
    assert said.text == "Сохранено в 12:00"
    page = mentor.get(task)
    assert 'value="Пока только тема"' in page.text
    assert "ещё не отправлено" in page.text


def test_keeping_works_without_a_script(reader, town, task):
    mentor = reader(town.mentor)
    assert mentor.post(f"{task}/draft", {"topic": "Тема"}).headers["Location"] == "/"
    assert "сохранено" in mentor.get("/").text


def test_a_draft_is_only_for_its_author(reader, town, task):
    reader(town.mentor).post(f"{task}/draft", {"topic": "Личная заметка"})
    assert "Личная заметка" not in reader(town.curator).get(task).text


def test_keeping_after_the_session_has_ended_says_so_in_place(reader, town, task, clock):
    mentor = reader(town.mentor)
    clock.advance(hours=13)
    said = mentor.post(f"{task}/draft", {"topic": "Тема"}, headers={"HX-Request": "true"})
    assert said.status_code == 401
    assert "Набранное осталось" in said.text
    assert "<html" not in said.text


@pytest.fixture
def group_task(start_pair, town):
    """A task that is offered to two mentors."""
    people = {"mentor": [town.mentor, town.second_mentor], "curator": [town.curator]}
    return f"/tasks/{start_pair('Двое', **people).opened[0]}"


def test_a_task_is_asked_of_a_colleague_and_given_back(reader, town, group_task):
    mentor, second = reader(town.mentor), reader(town.second_mentor)
    mentor.post(f"{group_task}/claim")
    offered = parsed(mentor.get(group_task)).findall(".//select[@id='delegate-person']/option")
    assert [one.text for one in offered] == ["Выберите", "Второй наставник — Наставник"]
    asked = {"person_id": str(town.second_mentor.person_id)}
    assert mentor.post(f"{group_task}/delegate", asked).status_code == 303
    assert f"по просьбе: {town.mentor.name}" in second.get(group_task).text
    assert second.post(f"{group_task}/return").status_code == 303
    assert ids(mentor.get("/").text, "tasks") == [group_task.removeprefix("/tasks/")]


def test_a_curator_gives_a_task_to_somebody(reader, town, group_task):
    chosen = {"person_id": str(town.second_mentor.person_id)}
    assert reader(town.curator).post(f"{group_task}/assign", chosen).status_code == 303
    assert reader(town.second_mentor).post(group_task, LAST).status_code == 303


def test_the_task_of_the_only_mentor_is_not_offered_to_others(reader, town, task):
    for somebody, act in ((town.mentor, "delegate"), (town.curator, "assign")):
        sitting = reader(somebody)
        assert f"/{act}" not in sitting.get(task).text
        answer = sitting.post(f"{task}/{act}", {"person_id": str(town.mentee.person_id)})
        assert answer.status_code == 422
        assert "некому передать" in answer.text


def test_answers_are_for_who_gave_them_and_the_curator(reader, town, task):
    reader(town.mentor).post(task, LAST | {"notes": "Соня плакала"})
    for somebody in (town.mentor, town.curator, town.head, town.auditor):
        sitting = reader(somebody)
        assert "Соня плакала" in sitting.get(task).text
        told = sitting.client.get(f"/api/v1{task}").json
        assert (told["answers"]["notes"], told["are_answers_hidden"]) == ("Соня плакала", False)


def test_another_participant_sees_that_a_task_was_done_but_no_answers(reader, town, task, case):
    reader(town.mentor).post(task, LAST | {"notes": "Соня плакала"})
    mentee = reader(town.mentee)
    page = mentee.get(task)
    assert f"{town.mentor.name}, " in page.text
    assert "Ответы видят тот, кто их дал, и куратор." in page.text
    told = mentee.client.get(f"/api/v1{task}")
    assert (told.json["status"], told.json["answers"], told.json["are_answers_hidden"]) == (
        "completed",
        None,
        True,
    )
    addresses = (task, f"/cases/{case.id}", f"/api/v1{task}", f"/api/v1/cases/{case.id}", "/")
    for address in addresses:
        shown = mentee.client.get(address).get_data(as_text=True)
        for answer in ("плакала", "\\u043f\\u043b\\u0430\\u043a", "Знакомство"):
            assert answer not in shown, address


@pytest.mark.parametrize("nobody", ["", "x", "00000000-0000-0000-0000-000000000001"])
def test_a_task_is_not_given_to_nobody(reader, town, task, nobody):
    answer = reader(town.curator).post(f"{task}/assign", {"person_id": nobody})
    assert answer.status_code in (404, 422)


def test_a_taken_task_can_be_put_back(reader, town, as_):
    task_id = start_case(as_(town.curator), town.school.id, "programme", "Программа").opened[0]
    curator = reader(town.curator)
    curator.post(f"/tasks/{task_id}/claim")
    assert curator.post(f"/tasks/{task_id}/release").status_code == 303
    assert ids(curator.get("/?whose=roles").text, "tasks") == [str(task_id)]


def test_a_task_that_is_nobody_elses_cannot_be_put_back(reader, town, task, as_):
    offer = "/release"
    assert offer not in reader(town.mentor).get(task).text
    task_id = start_case(as_(town.curator), town.school.id, "programme", "Программа").opened[0]
    curator = reader(town.curator)
    assert offer not in curator.get(f"/tasks/{task_id}").text, "nobody has it yet"
    curator.post(f"/tasks/{task_id}/claim")
    assert offer in curator.get(f"/tasks/{task_id}").text


def test_a_task_without_a_form_is_marked_as_done(reader, town, as_, work):
    task_id = start_case(as_(town.curator), town.school.id, "programme", "Программа").opened[0]
    curator = reader(town.curator)
    assert "отметьте здесь" in curator.get(f"/tasks/{task_id}").text
    assert curator.post(f"/tasks/{task_id}").status_code == 303
    assert work.session.get(Task, task_id).status is TaskStatus.COMPLETED


def test_a_done_task_shows_what_was_answered(reader, town, task):
    mentor = reader(town.mentor)
    mentor.post(task, LAST | {"notes": "Читали вслух"})
    page = mentor.get(task)
    assert "Читали вслух" in page.text
    assert '<form class="sheet"' not in page.text
    parsed(page)


def test_a_paused_case_says_so_on_its_tasks(reader, town, task, case, as_):
    suspend_case(as_(town.curator), case.id)
    as_(town.curator).session.commit()
    mentor = reader(town.mentor)
    assert "приостановлено" in mentor.get(task).text
    answer = mentor.post(task, ANSWERS)
    assert answer.status_code == 409
    assert "Знакомство" in answer.text


def test_a_task_that_nobody_needs_any_more_says_so(reader, town, task, case, as_):
    cancel_case(as_(town.curator), case.id, "Переезд")
    as_(town.curator).session.commit()
    answer = reader(town.mentor).post(task, ANSWERS)
    assert answer.status_code == 409
    assert "Знакомство" in answer.text, "what was typed is shown"


def test_signs_that_cannot_be_kept_are_no_disaster(reader, town, task):
    answer = reader(town.mentor).post(task, {"topic": "нуль\x00внутри"})
    assert answer.status_code == 422


def test_a_completion_costs_few_statements_and_one_commit(reader, town, task, statements):
    mentor = reader(town.mentor)
    token = mentor.token()
    with statements() as heard:
        mentor.client.post(task, data=LAST | {"csrf_token": token})
    assert len([one for one in heard if not one.startswith(("SAVEPOINT", "RELEASE", "COMMIT"))]) <= 16


def test_what_is_typed_into_a_task_that_is_not_ones_own_any_more_is_given_back(reader, town, start_pair):
    task_id = start_pair().opened[0]
    answer = reader(town.stranger).post(f"/tasks/{task_id}", {"topic": "Длинный рассказ о встрече"})
    assert answer.status_code == 404
    assert "Эта задача больше не у вас" in answer.text
    assert "Длинный рассказ о встрече" in answer.text
    assert "Первая пара" not in answer.text
