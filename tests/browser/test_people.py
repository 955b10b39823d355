"""An administrator adds somebody and invites them; whoever is invited opens the account and looks around."""

import pytest

from tests.browser.conftest import add_person
from tests.browser.visits import AXE, PASSWORD
from workflows.operations import users
from workflows.work import SYSTEM, Work


@pytest.fixture
def administered(school):
    """The school with an administrator."""
    with school.sessions.begin() as session:
        work = Work(session, SYSTEM, school.clock)
        person_id = add_person(work, school.id, "administrator", "Рита Овсянкина")
        users.add_user(work, person_id, "administrator", PASSWORD)
    return school


def look_at(window, name):
    """Keep a picture of the page; nobody is shut out of it, and it fits."""
    window.keep(name)
    assert not AXE.exists() or window.violations() == [], name
    assert not window.is_wider_than_the_window(), name


@pytest.mark.parametrize("width", [1280, 390])
def test_somebody_is_added_invited_and_comes_in(visit, administered, width):
    administrator = visit(width=width)
    administrator.sign_in("administrator")
    page = administrator.page
    for room in ("bodies", "calendar", "forms"):
        administrator.go(f"/organisation/{room}")
        look_at(administrator, f"organisation-{room}")
    administrator.go("/people")
    look_at(administrator, "people")
    page.get_by_role("link", name="Добавить человека").click()
    look_at(administrator, "person-new")
    page.fill("#full_name", "Синичкина Вера")
    page.select_option("#role", "psychologist")
    page.get_by_role("button", name="Добавить").click()
    page.get_by_role("heading", name="Синичкина Вера").wait_for()
    look_at(administrator, "person")
    page.get_by_role("button", name="Пригласить").click()
    page.get_by_text("Готовое письмо").wait_for()
    look_at(administrator, "person-link")
    link = page.input_value("#address").strip()

    invited = visit(width=width)
    invited.page.goto(link)
    look_at(invited, "invitation")
    invited.page.fill("#sign_in_name", "vera")
    invited.page.fill("#password", "сорока летит над рекой")
    invited.page.fill("#again", "сорока летит над рекой")
    invited.page.get_by_role("button", name="Открыть учётную запись").click()
    invited.page.get_by_text("Добро пожаловать").wait_for()
    invited.go("/me")
    look_at(invited, "my-account")
    invited.go("/me/password")
    look_at(invited, "my-password")
    invited.page.goto(link)
    invited.page.get_by_text("больше ничего не открывает").first.wait_for()
