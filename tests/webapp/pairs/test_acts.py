"""What is done with a pair from its page: tell of a concern, pause, leave, end."""

import pytest
from sqlalchemy import func, select

from models.concerns import Concern
from tests.webapp.pairs.reading import part
from tests.webapp.readers import parsed


def test_a_concern_that_is_not_complete_keeps_what_was_typed(mentor, address):
    sent = {"kind": "conflict", "severity": "", "text": "Мы поссорились"}
    answer = mentor.post(f"{address}/concern", sent)
    assert answer.status_code == 422
    page = parsed(answer)
    assert page.find(".//input[@id='kind-conflict']").get("checked") is not None
    assert page.find(".//textarea").text.strip() == "Мы поссорились"
    assert page.find(".//*[@id='severity-errors']").text


@pytest.mark.parametrize("who", ["mentor", "mentee", "curator"])
def test_a_concern_reaches_those_who_help_and_nobody_else(who, request, college, reader, address):
    sitting = request.getfixturevalue(who)
    sent = {"kind": "conflict", "severity": "serious", "text": "Мы поссорились"}
    answer = sitting.post(f"{address}/concern", sent)
    assert (answer.status_code, answer.headers["Location"]) == (303, address)
    for helper in (college.curator, college.head):
        told = part(reader(helper).get(address), "concerns")
        assert "Разногласия разбираемся Мы поссорились" in told
        assert "есть тревога" in reader(helper).get("/pairs").text
    for other in (college.mentors[0], college.mentees[0], college.administrator, college.auditor):
        assert "Мы поссорились" not in reader(other).get(address).text
        assert "есть тревога" not in reader(other).get("/pairs?group=").text


def test_the_same_concern_pressed_twice_is_one(mentor, mentee, address, session):
    sent = {"kind": "conflict", "severity": "serious", "text": "Мы поссорились"}
    assert [mentor.post(f"{address}/concern", sent).status_code for _ in range(2)] == [303, 303]
    assert count(session) == 1
    mentee.post(f"{address}/concern", sent)
    mentor.post(f"{address}/concern", sent | {"text": "Мы снова поссорились"})
    assert count(session) == 3, "another person and another text are concerns of their own"


def test_the_same_words_some_time_later_are_another_concern(mentor, address, session, clock):
    sent = {"kind": "conflict", "severity": "serious", "text": "Мы поссорились"}
    mentor.post(f"{address}/concern", sent)
    clock.advance(hours=1)
    mentor.post(f"{address}/concern", sent)
    assert count(session) == 2


def count(session):
    return session.scalar(select(func.count()).select_from(Concern))


def test_whoever_only_looks_on_is_not_asked_for_concerns(college, reader, address):
    auditor = reader(college.auditor)
    assert "Сообщить о тревоге" not in auditor.get(address).text
    assert auditor.get(f"{address}/concern").status_code == 403


def test_a_pause_needs_a_reason_and_is_undone_by_going_on(curator, mentor, address):
    refused = curator.post(f"{address}/pause", {"reason": " "})
    assert refused.status_code == 422
    assert "Заполните" in " ".join(parsed(refused).find(".//*[@id='pause-reason-errors']").itertext())
    assert curator.post(f"{address}/pause", {"reason": "Практика"}).status_code == 303
    page = curator.get(address)
    assert "Пара на паузе: делать ничего не нужно" in part(page, "next")
    assert "Практика" in part(page, "history")
    assert "Продолжить" not in mentor.get(address).text
    assert "Практика" not in part(mentor.get(address), "history")
    assert curator.post(f"{address}/resume").status_code == 303
    assert part(mentor.get(address), "next").startswith("Ваш следующий шаг")


def test_a_pair_ends_only_by_a_clear_yes_and_keeps_what_was_typed(curator, mentee, address):
    refused = curator.post(f"{address}/end", {"reason": "Переезд"})
    assert refused.status_code == 422
    assert parsed(refused).find(".//textarea[@id='end-reason']").text.strip() == "Переезд"
    assert curator.post(f"{address}/end", {"reason": "Переезд", "sure": "on"}).status_code == 303
    page = curator.get(address)
    assert "завершена досрочно: Переезд" in part(page, "history")
    assert part(page, "acts") == ""
    assert "завершила работу 10 сентября" in part(mentee.get(address), "next")
    assert curator.post(f"{address}/end", {"reason": "Ещё раз", "sure": "on"}).status_code == 409


def test_one_leaves_oneself_and_a_curator_says_who(college, curator, mentee, address):
    assert mentee.get(address).text.count("Уйти из пары") == 1
    other = str(college.mentors[0].person_id)
    assert mentee.post(f"{address}/leave", {"person": other, "reason": "Он"}).status_code == 403
    assert curator.post(f"{address}/leave", {"person": "", "reason": "Кто-то"}).status_code == 422
    assert mentee.post(f"{address}/leave", {"reason": "Не подошли"}).status_code == 303
    assert curator.post(f"{address}/leave", {"person": other, "reason": "Отпуск"}).status_code == 303


@pytest.mark.parametrize("act", ["pause", "resume", "end"])
def test_the_course_is_changed_by_those_who_answer_for_the_pair(
    act, college, reader, mentor, mentee, address
):
    for sitting in (mentor, mentee, reader(college.auditor)):
        assert sitting.post(f"{address}/{act}", {"reason": "Так", "sure": "on"}).status_code == 403
        assert f"{address}/{act}" not in sitting.get(address).text
