"""Journey 7: ten tasks by the keyboard alone, and the inbox on a phone."""

import re
import time

import pytest
from sqlalchemy import func, select

from models.tasks import Task, TaskComment

TWO_MINUTES = 120


@pytest.fixture
def ten_tasks(start_pair):
    for number in range(10):
        start_pair(f"Ученица № {number}")


def test_ten_tasks_are_handled_by_the_keyboard_alone_in_two_minutes(visit, ten_tasks, school):
    curator = visit()
    curator.sign_in("curator")
    page, keys = curator.page, curator.page.keyboard
    began = time.monotonic()
    keys.press("?")
    assert page.locator("dialog#keys").is_visible()
    keys.press("Escape")
    assert not page.locator("dialog#keys").is_visible()
    # Look at the first one beside the list, and come back to it.
    keys.press("j")
    first = page.evaluate("document.activeElement.textContent")
    keys.press("o")
    page.locator("#preview #preview-heading").wait_for()
    assert page.evaluate("document.activeElement.id") == "preview-heading"
    curator.keep("inbox-preview")
    assert curator.violations() == []
    keys.press("Escape")
    assert page.evaluate("document.activeElement.textContent") == first
    # All ten are chosen, one after the other, and put off until a day.
    for number in range(10):
        if number:
            keys.press("j")
        keys.press("x")
    assert page.locator("[data-chosen]").inner_text() == "10"
    curator.keep("inbox-chosen")
    page.locator("#follow-up-on").focus()
    page.fill("#follow-up-on", "2026-09-01")
    page.locator("#follow-up-on").press("Enter")
    page.get_by_text("Вернуться к списку").wait_for()
    assert page.locator(".task-list .chip.is-good").count() == 10
    assert curator.violations() == []
    page.get_by_text("Вернуться к списку").press("Enter")
    page.wait_for_selector("[data-inbox]")
    assert page.locator(".task-about .chip.is-warning").count() == 10
    assert time.monotonic() - began < TWO_MINUTES
    with school.sessions() as session:
        noted = select(func.count()).select_from(Task).where(Task.follow_up_on.is_not(None))
        assert session.scalar(noted) == 10


def test_no_key_acts_while_one_types_or_when_they_are_switched_off(visit, ten_tasks):
    curator = visit()
    curator.sign_in("curator")
    page, keys = curator.page, curator.page.keyboard
    keys.press("/")
    keys.type("jxc?")
    assert page.input_value("#search") == "jxc?"
    assert page.locator(".task-pick input:checked").count() == 0
    assert not page.locator("dialog#keys").is_visible()
    page.locator('[data-keys="help"]').click()
    page.uncheck("#keys-on")
    keys.press("Escape")
    page.locator("h1").click()
    keys.press("j")
    keys.press("x")
    assert page.locator(".task-pick input:checked").count() == 0
    assert page.locator(".is-here").count() == 0


def test_the_inbox_on_a_phone_is_sound_and_a_comment_is_said_there(visit, ten_tasks, school):
    curator = visit(width=390)
    curator.sign_in("curator")
    for path in ("/", "/tasks/filters?naming=1", "/deputies", "/tasks/keys"):
        curator.go(path)
        curator.keep("inbox" + re.sub(r"\W", "-", path))
        assert curator.violations() == [], path
        assert not curator.is_wider_than_the_window(), path
    curator.go("/")
    curator.page.locator(".task-title a").first.click()
    curator.page.fill("#comment", "Позвоню завтра")
    curator.page.get_by_role("button", name="Написать").click()
    curator.page.get_by_text("Комментарий добавлен").wait_for()
    curator.keep("task-with-comment")
    assert curator.violations() == []
    with school.sessions() as session:
        assert session.scalar(select(TaskComment.text)) == "Позвоню завтра"


def test_a_task_is_put_off_without_a_script(visit, start_pair):
    start_pair("Соня и наставник")
    curator = visit(has_scripts=False)
    curator.sign_in("curator")
    curator.page.locator(".task-pick input").first.check()
    curator.page.fill("#follow-up-on", "2026-09-01")
    curator.page.get_by_role("button", name="Записать день").click()
    assert curator.page.locator(".task-list .chip.is-good").count() == 1
