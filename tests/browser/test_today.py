"""The day in a real browser: a morning, and a phone whose connection comes and goes."""

import pytest
from sqlalchemy import func, select

from models.tasks import TaskDraft
from tests.browser.test_journey import fill_in
from tests.browser.visits import AXE

TYPED = "Обе любят рисовать и боятся экзамена"
STORED = "Object.keys(localStorage).filter(name => name.startsWith('tandem-unsent:')).length"


@pytest.fixture
def drafts(school):
    """Count the drafts that the server keeps."""

    def count():
        with school.sessions() as session:
            return session.scalar(select(func.count()).select_from(TaskDraft))

    return count


@pytest.fixture
def curator(visit, start_pair):
    """A curator on a phone, before the first task of a pair."""
    case = start_pair("Соня и наставник")
    window = visit(width=390)
    window.sign_in("curator", to="/today")
    window.task = f"/tasks/{case.opened[0]}"
    return window


def typing_offline(window, text=TYPED):
    window.go(window.task)
    window.context.set_offline(True)
    window.page.locator("textarea").first.fill(text)
    window.page.get_by_text("Нет связи. Набранное хранится на этом устройстве").wait_for()


@pytest.mark.parametrize("language", ["ru", "en"])
@pytest.mark.parametrize("width", [1280, 390])
def test_the_day_leads_to_what_is_to_be_done(visit, start_pair, width, language):
    start_pair("Соня и наставник")
    window = visit(width=width, language=language)
    window.sign_in("curator", to="/today")
    assert window.page.url.endswith("/today")
    window.keep("today")
    assert not window.is_wider_than_the_window()
    if AXE.exists():
        assert window.violations() == []
    window.page.locator("#first ~ .task-list a").first.click()
    window.page.wait_for_selector(".form-end")
    window.page.locator(".brand").click()
    assert window.page.url.endswith("/today")
    mentee = visit(width=width, language=language)
    mentee.sign_in("mentor", to="/today")
    mentee.keep("today-mentor")
    assert mentee.page.locator(".next-thing a, .way").count()
    if AXE.exists():
        assert mentee.violations() == []


def test_what_is_typed_without_a_connection_survives_a_reload(curator, drafts):
    typing_offline(curator)
    assert curator.page.evaluate(STORED) == 1
    curator.context.set_offline(False)
    curator.page.evaluate("window.stop()")
    curator.page.reload()
    curator.page.get_by_text("Пока не было связи, набранное хранилось на этом устройстве").wait_for()
    assert curator.page.locator("textarea").first.input_value() == TYPED
    assert (curator.page.evaluate(STORED), drafts()) == (0, 1)


def test_when_the_connection_is_back_it_is_kept_without_a_reload(curator, drafts):
    typing_offline(curator)
    assert drafts() == 0
    curator.context.set_offline(False)
    curator.page.get_by_text("Сохранено в 12:00").wait_for()
    assert (curator.page.evaluate(STORED), drafts()) == (0, 1)


def test_a_button_pressed_without_a_connection_loses_nothing(curator):
    typing_offline(curator)
    curator.page.locator(".form-end .btn-primary").click()
    assert curator.page.locator("textarea").first.input_value() == TYPED
    assert curator.page.get_by_text("Нет связи. Набранное хранится").is_visible()


def test_a_newer_draft_is_not_replaced_unasked(curator, visit, clock):
    typing_offline(curator)
    elsewhere = visit()
    elsewhere.sign_in("curator", to="/today")
    elsewhere.go(curator.task)
    clock.advance(minutes=5)
    elsewhere.page.locator("textarea").first.fill("Набрано на другом компьютере")
    elsewhere.page.get_by_text("Сохранено в 12:05").wait_for()
    curator.context.set_offline(False)
    curator.page.evaluate("window.stop()")
    curator.page.reload()
    curator.page.get_by_text("На этом устройстве есть другое").wait_for()
    assert curator.page.locator("textarea").first.input_value() == "Набрано на другом компьютере"
    assert curator.page.get_by_text(TYPED).is_visible()
    curator.keep("unsent-offer")
    curator.page.get_by_role("button", name="Продолжить с ним").click()
    curator.page.get_by_text("Пока не было связи").wait_for()
    assert curator.page.locator("textarea").first.input_value() == TYPED


def test_nothing_typed_stays_on_the_device_after_sending_or_signing_out(curator):
    typing_offline(curator)
    curator.context.set_offline(False)
    curator.page.locator(".form-end button", has_text="Сохранить и продолжить").click()
    curator.page.wait_for_url("**/")
    assert curator.page.evaluate(STORED) == 0
    typing_offline(curator, "Другое, что не отправлено")
    curator.context.set_offline(False)
    curator.page.evaluate("window.stop()")
    curator.page.locator("details.account summary").click()
    curator.page.get_by_role("button", name="Выйти").click()
    curator.page.wait_for_selector("#sign_in_name")
    assert curator.page.evaluate(STORED) == 0


def test_what_was_typed_into_a_task_done_meanwhile_is_still_shown(curator, visit):
    typing_offline(curator)
    elsewhere = visit()
    elsewhere.sign_in("curator", to="/today")
    elsewhere.go(curator.task)
    fill_in(elsewhere.page)
    elsewhere.page.locator(".form-end .btn-primary").click()
    elsewhere.page.get_by_text("Готово. Спасибо!").wait_for()
    curator.context.set_offline(False)
    curator.page.evaluate("window.stop()")
    curator.go(curator.task)
    curator.page.get_by_text(TYPED).wait_for()
    curator.page.get_by_role("button", name="Забыть это").click()
    assert curator.page.evaluate(STORED) == 0
