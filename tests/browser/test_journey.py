"""A curator's morning in a real browser: sign in, see what waits, do it; it is gone and the next appears."""

import pytest

WORDS = {
    "ru": {
        "task": "Провести знакомство",
        "done": "Готово. Спасибо!",
        "next": "Рассказать о себе и сказать, готов ли",
    },
    "en": {
        "task": "Hold the acquaintance meeting",
        "done": "Done. Thank you!",
        "next": "Tell about yourself and say whether you are ready",
    },
}


def fill_in(page):
    page.fill("[name=held_on]", "2026-09-01")
    page.fill("[name=minutes]", "40")
    page.fill("[name=next_goal]", "Выбрать первую задачу")
    page.fill("[name=next_on]", "2026-09-08")
    for answer in ("video", "yes"):
        page.check(f"input[type=radio][value={answer}]")
    for box in page.locator("main form.sheet input[type=checkbox]").all():
        box.check()


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_a_curator_completes_a_task_and_the_next_appears(visit, start_pair, language, width):
    start_pair("Соня и наставник")
    words = WORDS[language]
    curator = visit(language=language, width=width)
    curator.go()
    curator.keep("sign-in")
    curator.sign_in("curator")
    curator.keep("inbox")
    curator.page.get_by_role("link", name=words["task"], exact=True).click()
    curator.page.locator(".form-end .btn-primary").click()
    assert curator.page.locator("#form-problems").is_visible()
    curator.keep("task-with-errors")
    fill_in(curator.page)
    curator.keep("task")
    curator.page.locator(".form-end .btn-primary").click()
    curator.page.get_by_text(words["done"]).wait_for()
    assert curator.page.get_by_role("link", name=words["task"], exact=True).count() == 0
    curator.keep("inbox-afterwards")

    mentor = visit(language=language, width=width)
    mentor.sign_in("mentor")
    mentor.page.get_by_role("link", name=words["next"], exact=True).click()
    mentor.page.locator(".trail a").nth(1).click()
    mentor.page.wait_for_selector(".diagram[data-ready] .is-open-here")
    mentor.keep("case")


def test_everything_works_without_a_script(visit, start_pair):
    start_pair("Соня и наставник")
    curator = visit(has_scripts=False)
    curator.sign_in("curator")
    curator.page.get_by_role("link", name="Провести знакомство", exact=True).click()
    fill_in(curator.page)
    curator.page.locator(".form-end .btn-primary").click()
    assert curator.page.get_by_text("Готово. Спасибо!").is_visible()


def test_the_keyboard_alone_is_enough(visit, start_pair):
    start_pair("Соня и наставник")
    curator = visit()
    curator.sign_in("curator")
    keyboard = curator.page.keyboard
    keyboard.press("Tab")
    assert "Перейти к содержанию" in curator.page.evaluate("document.activeElement.textContent")
    keyboard.press("Enter")
    for _ in range(20):
        keyboard.press("Tab")
        if "Провести знакомство" in curator.page.evaluate("document.activeElement.textContent"):
            break
    keyboard.press("Enter")
    curator.page.wait_for_selector(".form-end")
    assert "Провести знакомство" in curator.page.inner_text("h1")


def test_what_is_typed_is_kept_by_itself(visit, start_pair):
    case = start_pair("Соня и наставник")
    curator = visit()
    curator.sign_in("curator")
    curator.go(f"/tasks/{case.opened[0]}")
    curator.page.locator("textarea").first.type("Обе любят рисовать")
    curator.page.get_by_text("Сохранено в 12:00").wait_for()
    curator.page.reload()
    assert curator.page.locator("textarea").first.input_value() == "Обе любят рисовать"


def test_an_expired_session_returns_to_the_filled_form(visit, start_pair, clock):
    case = start_pair("Соня и наставник")
    curator = visit()
    curator.sign_in("curator")
    curator.go(f"/tasks/{case.opened[0]}")
    clock.advance(hours=13)
    curator.page.locator("textarea").first.fill("Обе любят рисовать")
    curator.page.locator(".form-end .btn-primary").click()
    curator.page.fill("#sign_in_name", "curator")
    curator.page.fill("#password", "слон читает газету утром")
    curator.page.press("#password", "Enter")
    curator.page.get_by_text("С возвращением!").wait_for()
    assert curator.page.locator("textarea").first.input_value() == "Обе любят рисовать"


def test_the_look_changes_in_place_and_nothing_typed_is_lost(visit, start_pair):
    case = start_pair("Соня и наставник")
    curator = visit()
    curator.sign_in("curator")
    curator.go(f"/tasks/{case.opened[0]}")
    curator.page.locator("textarea").first.fill("Обе любят рисовать")
    easy = curator.page.get_by_role("button", name="Версия для слабовидящих")
    easy.click()
    curator.page.wait_for_selector("html[data-contrast=high][data-type=large]")
    assert curator.page.locator("textarea").first.input_value() == "Обе любят рисовать"
    assert easy.get_attribute("aria-pressed") == "true"
    easy.click()
    curator.page.wait_for_selector("html:not([data-contrast])")
    curator.page.reload()
    assert curator.page.locator("html[data-contrast]").count() == 0


def test_a_button_pressed_twice_sends_once(visit, start_pair):
    start_pair("Соня и наставник")
    curator = visit()
    curator.sign_in("curator")
    curator.page.get_by_role("link", name="Провести знакомство", exact=True).click()
    fill_in(curator.page)
    curator.page.locator(".form-end .btn-primary").dblclick()
    curator.page.get_by_text("Готово. Спасибо!").wait_for()
