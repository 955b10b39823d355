"""One case: where it stands, what happened, what to do about what went wrong."""

import json

import pytest

from models.cases import Case, CaseStatus
from tests.webapp.readers import ids, parsed
from workflows.operations.tasks import complete_task


@pytest.fixture
def case(start_pair):
    return start_pair("Соня и наставник")


@pytest.fixture
def page(case):
    return f"/cases/{case.id}"


def test_the_page_says_where_the_case_stands(reader, town, page, case):
    answer = reader(town.curator).get(page)
    assert "Соня и наставник" in answer.text
    assert "Записать встречу" in answer.text
    assert "Дальше: Подтвердить завершение." in answer.text
    assert "Дело начато: curator школы" in answer.text
    assert ids(answer.text, "tasks") == [str(case.opened[0])]
    parsed(answer)


def test_the_diagram_is_drawn_and_told_in_words(reader, town, page):
    curator = reader(town.curator)
    answer = curator.get(page)
    drawing = parsed(answer).find(".//div[@data-diagram-url]")
    marks = json.loads(drawing.get("data-marks"))
    assert marks["began"] == "done"
    assert marks["record_meeting"] == "open"
    assert marks["confirm_end"] == "ahead"
    assert b"<bpmn:process" in curator.get(drawing.get("data-diagram-url")).data
    assert "если «Четырнадцать дней тишины»" in answer.text


def test_what_is_done_is_counted_and_dated(reader, town, page, case, as_):
    complete_task(as_(town.mentor), case.opened[0], {"topic": "Знакомство"})
    as_(town.mentor).session.commit()
    answer = reader(town.curator).get(page).text
    assert "Сделан 1 шаг." in answer
    assert "mentor школы: «Записать встречу» — выполнено" in answer


def test_a_mentor_sees_the_case_but_not_its_journal(reader, town, page):
    answer = reader(town.mentor).get(page)
    assert answer.status_code == 200
    assert "Что происходило" not in answer.text
    assert "Изменить ход дела" not in answer.text


def test_a_curator_pauses_a_case_and_lets_it_go_on(reader, town, page, case, work):
    curator = reader(town.curator)
    assert curator.post(f"{page}/suspend").status_code == 303
    assert "Дело приостановлено: никому ничего делать не нужно" in curator.get(page).text
    assert curator.post(f"{page}/resume").status_code == 303
    work.session.expire_all()
    assert work.session.get(Case, case.id).status is CaseStatus.RUNNING


def test_ending_a_case_early_asks_for_a_reason_and_a_yes(reader, town, page, case, work):
    curator = reader(town.curator)
    for sent in ({"reason": "Переезд"}, {"sure": "on", "reason": " "}):
        answer = curator.post(f"{page}/cancel", sent)
        assert answer.status_code == 422
        assert sent["reason"] in answer.text
        parsed(answer)
    assert curator.post(f"{page}/cancel", {"reason": "Переезд", "sure": "on"}).status_code == 303
    answer = curator.get(page).text
    assert "завершено досрочно" in answer
    assert "Причина: Переезд" in answer


def test_an_act_out_of_turn_is_refused_with_the_reason(reader, town, page):
    answer = reader(town.curator).post(f"{page}/resume")
    assert answer.status_code == 409
    assert "не приостановлено" in answer.text
    parsed(answer)


def test_the_history_can_be_read_back_to_the_beginning(reader, town, page):
    curator = reader(town.curator)
    for _ in range(51):
        curator.post(f"{page}/suspend")
        curator.post(f"{page}/resume")
    earlier = parsed(curator.get(page)).find(".//section[@aria-labelledby='history']/p/a")
    assert "Дело начато" in curator.get(earlier.get("href")).text
    assert curator.get(f"{page}?before={10**30}").status_code == 200


def test_the_page_of_a_case_costs_few_statements(reader, town, page, statements):
    curator = reader(town.curator)
    curator.get(page)
    with statements() as heard:
        curator.get(page)
    assert len(heard) <= 25


def test_a_stranger_who_ends_a_case_without_being_sure_finds_nothing_there(reader, town, page):
    assert reader(town.stranger).post(f"{page}/cancel", {"reason": "Так надо"}).status_code == 404
