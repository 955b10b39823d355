"""A curator chooses how to be told and opens a private calendar; an administrator reads a letter."""

import pytest

from tests.browser.visits import AXE, PASSWORD
from workflows.operations.people import add_person, change_person, grant_membership
from workflows.operations.remarks import comment_task
from workflows.operations.users import add_user
from workflows.queries.people import get_actor_of_person
from workflows.work import SYSTEM, Work


@pytest.fixture
def told(school, start_pair):
    """Somebody has written under the task of the curator, who has an address; there is an administrator."""
    task_id = start_pair("Соня Ромашкина").opened[0]
    with school.sessions.begin() as session:
        work = Work(session, SYSTEM, school.clock)
        curator = school.people["curator"]
        change_person(work, curator, full_name="Ольга Лесная", email="curator@college.example", language="ru")
        administrator = add_person(work, school.id, "Вера Кедрова")
        for role in ("administrator", "head"):
            grant_membership(work, administrator, school.id, role)
        add_user(work, administrator, "administrator", PASSWORD)
        session.flush()
        actor = get_actor_of_person(session, administrator, work.now())
        comment_task(Work(session, actor, school.clock), task_id, "Успеете к пятнице?")


def look_at(window, name):
    """Keep a picture of the page; nobody is shut out of it, and it fits."""
    window.keep(name)
    assert not AXE.exists() or window.violations() == [], name
    assert not window.is_wider_than_the_window(), name


@pytest.mark.parametrize("width", [1280, 390])
def test_a_curator_chooses_and_opens_a_calendar(visit, told, width):
    curator = visit(width=width)
    curator.sign_in("curator")
    page = curator.page
    page.locator(".account summary").click()
    page.get_by_role("link", name="Уведомления и календарь").click()
    page.get_by_label("Завтра встреча").select_option("daily")
    look_at(curator, "notifications")
    page.get_by_role("button", name="Сохранить").click()
    page.get_by_text("Теперь будет так, как вы выбрали").wait_for()
    assert page.get_by_label("Завтра встреча").input_value() == "daily"
    page.get_by_role("button", name="Создать адрес").click()
    address = page.get_by_label("Адрес вашего календаря").input_value()
    look_at(curator, "calendar-address")
    assert "BEGIN:VCALENDAR" in page.request.get(address).text()
    page.get_by_role("button", name="Закрыть календарь").click()
    page.get_by_text("Адрес больше ничего не открывает").wait_for()
    assert page.request.get(address).status == 404


@pytest.mark.parametrize("width", [1280, 390])
def test_an_administrator_reads_a_letter(visit, told, width):
    administrator = visit(width=width)
    administrator.sign_in("administrator", "/letters")
    page = administrator.page
    look_at(administrator, "letters")
    page.get_by_role("link", name="Запись под задачей").click()
    page.get_by_text("появилась запись").wait_for()
    assert "пятнице" not in page.content()
    look_at(administrator, "letter")
