"""Fill a form of the product in a real browser as a person would: question by question, row by row."""

from collections.abc import Iterator, Mapping
from typing import Any

from playwright.sync_api import Locator, Page, expect


def fill_form(page: Page, answers: Mapping[str, Any]) -> list[str]:
    """Give these answers by the names of their questions, some of which are asked only after others.

    Return the names of those that the page did not ask for.
    """
    left = dict(_flat(answers))
    while asked := [name for name in left if _is_asked(page, name, left[name])]:
        for name in asked:
            if _is_asked(page, name, left[name]):
                _answer(page, name, left.pop(name))
    return sorted(left)


def _wait(page: Page) -> None:
    """Wait until the page has asked which questions the last answer opens."""
    expect(page.locator(".htmx-request")).to_have_count(0)


def _flat(answers: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """Give each answer by its name on the page; before the rows of a table, how many there are to be."""
    for key, value in answers.items():
        name = f"{above}{key}"
        if isinstance(value, Mapping):
            yield from _flat(value, f"{name}.")
        elif value in (None, []):
            continue  # Nothing is said to such a question.
        elif isinstance(value, list) and isinstance(value[0], Mapping):
            yield f"{name}#", len(value)
            for number, row in enumerate(value):
                yield from _flat(row, f"{name}.{number}.")
        else:
            yield name, value


def _is_asked(page: Page, name: str, value: Any) -> bool:
    if name.endswith("#"):
        return _adding(page, name[:-1]).count() > 0 or len(_marks(page, name[:-1])) == value
    return page.locator(f".tandem-form [name='{name}']:not([type=hidden])").count() > 0


def _answer(page: Page, name: str, value: Any) -> None:
    if name.endswith("#"):
        _make_rows(page, name[:-1], value)
        return
    control = page.locator(f".tandem-form [name='{name}']:not([type=hidden])")
    kind = control.first.evaluate("one => one.type")
    if kind == "checkbox" and not isinstance(value, bool):
        _tick(control, [str(one) for one in value])
    elif kind == "checkbox":
        control.set_checked(value)
    elif kind == "radio":
        page.locator(f".tandem-form [name='{name}'][value='{value}']").check()
    elif kind == "select-one":
        control.select_option(str(value))
    else:
        control.fill(str(value))
        control.blur()
    _wait(page)


def _tick(boxes: Locator, wanted: list[str]) -> None:
    """Tick these boxes and no others."""
    for number in range(boxes.count()):
        box = boxes.nth(number)
        box.set_checked(box.get_attribute("value") in wanted)


def _make_rows(page: Page, table: str, number: int) -> None:
    while (there := len(_marks(page, table))) != number:
        before = page.locator(f"[name=_row][value^='{table}.']").count()
        button = f"add:{table}" if there < number else f"remove:{_marks(page, table)[-1]}"
        page.locator(f"[name=_rows][value='{button}']").click()
        expect(page.locator(f"[name=_row][value^='{table}.']")).not_to_have_count(before)
        _wait(page)


def _marks(page: Page, table: str) -> list[str]:
    marks = [mark.get_attribute("value") or "" for mark in page.locator("[name=_row]").all()]
    return [mark for mark in marks if mark.rpartition(".")[0] == table]


def _adding(page: Page, table: str) -> Locator:
    return page.locator(f"[name=_rows][value='add:{table}']")
