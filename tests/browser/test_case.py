"""A case in a real browser: its sheets as a picture, a note, and something asked for besides its steps."""

import pytest

from tests.browser.visits import AXE

OPEN_ALL = "document.querySelectorAll('main details').forEach(one => one.open = true)"
# Whether all that is drawn lies inside the frame.
FITS = """() => {
  const frame = document.querySelector('.diagram').getBoundingClientRect()
  const drawn = document.querySelector('.diagram .viewport').getBoundingClientRect()
  return drawn.left >= frame.left - 1 && drawn.right <= frame.right + 1
    && drawn.top >= frame.top - 1 && drawn.bottom <= frame.bottom + 1
}"""


@pytest.mark.parametrize("width", [1280, 390])
def test_a_curator_looks_into_a_case_and_asks_for_something(visit, start_pair, width):
    case = start_pair("Соня Ромашкина")
    curator = visit(width=width)
    curator.sign_in("curator")
    curator.go(f"/cases/{case.id}")
    page = curator.page
    page.locator(".diagram[data-ready] .is-open-here").first.wait_for()
    assert page.evaluate(FITS)
    page.locator(".diagram").focus()
    page.keyboard.press("+")
    page.keyboard.press("+")
    page.keyboard.press("+")
    assert not page.evaluate(FITS)
    page.keyboard.press("0")
    assert page.evaluate(FITS)
    page.evaluate(OPEN_ALL)
    curator.keep("case")
    assert not curator.is_wider_than_the_window()
    assert (curator.violations() if AXE.exists() else []) == []

    around = page.get_by_role("navigation", name="Какую часть пути")
    around.get_by_role("link").first.click()
    page.locator(".diagram[data-ready] .is-open-here").first.wait_for()
    page.get_by_label("Записать заметку к делу").fill("Пара встречается в мастерской")
    page.get_by_role("button", name="Записать", exact=True).click()
    page.get_by_text("Пара встречается в мастерской").wait_for()

    page.locator("summary", has_text="Дать задачу").click()
    page.locator("#ask-name").fill("Принести фотографию")
    page.locator("#ask-whom").select_option(index=1)
    page.get_by_role("button", name="Дать задачу").click()
    page.get_by_role("button", name="Снять просьбу").click()
    page.get_by_text("Об этом больше никого не просят").first.wait_for()
