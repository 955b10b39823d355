"""A pair in a real browser: its next step, what worries a mentor, and a pause that ends."""

import pytest
from sqlalchemy import select

from models.cases import Case
from models.pairs import Pair
from tests.browser.visits import AXE

OPEN_ALL = "document.querySelectorAll('main details').forEach(one => one.open = true)"


@pytest.fixture
def pair(school, start_pair):
    """A pair that has just been formed."""
    case = start_pair("Соня Ромашкина")
    with school.sessions() as session:
        return session.scalars(
            select(Pair.id).join(Case, Case.id == Pair.case_id).where(Case.id == case.id)
        ).one()


def look_at(window, name):
    """Keep what is shown, and list what is wrong with it."""
    window.page.evaluate(OPEN_ALL)
    window.keep(name)
    assert not window.is_wider_than_the_window()
    return window.violations() if AXE.exists() else []


@pytest.mark.parametrize("width", [1280, 390])
def test_a_pair_from_its_first_step_to_a_pause(visit, pair, width):
    curator = visit(width=width)
    curator.sign_in("curator")
    curator.page.get_by_role("link", name="Пары", exact=True).click()
    assert look_at(curator, "pairs") == []
    curator.page.get_by_role("link", name="Соня Ромашкина").click()
    assert curator.page.get_by_role("heading", name="Ваш следующий шаг").is_visible()
    assert look_at(curator, "pair") == []
    curator.page.get_by_role("link", name="Сделать").click()
    curator.page.get_by_role("heading", name="Провести знакомство").wait_for()
    curator.page.get_by_role("link", name="О паре").click()

    mentor = visit(width=width)
    mentor.sign_in("mentor")
    mentor.page.get_by_role("link", name="Мои пары").click()
    assert mentor.page.get_by_role("heading", name="Сейчас ждём").is_visible()
    mentor.page.get_by_role("link", name="Сообщить о тревоге").click()
    mentor.page.get_by_label("Что случилось?").fill("Не можем договориться о дне")
    mentor.page.get_by_role("button", name="Сообщить куратору").click()
    assert mentor.page.get_by_label("Что случилось?").input_value() == "Не можем договориться о дне"
    assert look_at(mentor, "concern-with-errors") == []
    mentor.page.get_by_label("Разногласия").check()
    mentor.page.get_by_label("Может подождать несколько дней").check()
    mentor.page.get_by_role("button", name="Сообщить куратору").click()
    mentor.page.get_by_text("Спасибо, что рассказали").wait_for()

    curator.page.reload()
    assert curator.page.get_by_text("Не можем договориться о дне").is_visible()
    curator.page.get_by_text("Приостановить").click()
    curator.page.get_by_label("Почему пауза?").fill("Каникулы")
    curator.page.get_by_role("button", name="Поставить пару на паузу").click()
    curator.page.get_by_text("Пара на паузе. Сроки сдвинутся").wait_for()
    curator.keep("pair-paused")
    curator.page.get_by_role("button", name="Продолжить").click()
    curator.page.get_by_role("heading", name="Ваш следующий шаг").wait_for()
