"""A head goes through the pages of a programme, marks a measure, takes it back, and replaces the curator."""

from datetime import date

import pytest

from tests.browser.conftest import add_person
from tests.browser.visits import AXE, PASSWORD
from workflows.operations.programmes import appoint, start_programme
from workflows.operations.users import add_user
from workflows.queries.people import get_actor_of_person
from workflows.records import programmes
from workflows.work import SYSTEM, Work

FIRST, LAST = date(2026, 9, 1), date(2027, 5, 31)
OPEN_ALL = "document.querySelectorAll('main details').forEach(one => one.open = true)"
PAGES = ("", "/roadmap", "/team", "/decisions", "/indicators", "/closing", "/report")


@pytest.fixture
def programme_id(school):
    """A programme that the head of the school has begun, with a curator and a roadmap."""
    with school.sessions.begin() as session:
        work = Work(session, SYSTEM, school.clock)
        head_id = add_person(work, school.id, "head", "Тамара Белозёрова")
        add_user(work, head_id, "head", PASSWORD)
        add_person(work, school.id, "curator", "Инна Дроздова")
        head = Work(session, get_actor_of_person(session, head_id, school.clock()), school.clock)
        programme_id = start_programme(head, school.id, "Наставники года", "college", FIRST, LAST)
        given = {"order_number": "14-к", "since_on": FIRST}
        appoint(head, programme_id, school.people["curator"], "curator", **given)
        rows = [
            {"stage": stage, "measure": f"Мероприятие {stage}", "responsible": "Куратор", "due_on": due}
            for stage, due in enumerate((date(2026, 8, 20), *(date(2026, n, 1) for n in (10, 11, 12))), 1)
        ]
        programmes.draw_roadmap(work, programmes.hold_programme(work, programme_id), rows)
    return programme_id


@pytest.mark.parametrize("width", [1280, 390])
def test_a_head_goes_through_a_programme(visit, programme_id, width):
    head = visit(width=width)
    head.sign_in("head")
    head.go("/programmes")
    head.keep("programmes-of-head")
    head.page.get_by_role("link", name="Наставники года", exact=True).click()
    wrong, wide = {}, []
    for place in PAGES:
        head.go(f"/programmes/{programme_id}{place}")
        head.page.evaluate(OPEN_ALL)
        head.keep(f"programme{place.replace('/', '-')}")
        if AXE.exists():
            wrong[place] = head.violations()
        if head.is_wider_than_the_window():
            wide.append(place)
    assert {place: found for place, found in wrong.items() if found} == {}
    assert wide == []

    head.go(f"/programmes/{programme_id}/roadmap?state=overdue")
    head.page.get_by_text("Отметить сделанным: Мероприятие 1").click()
    head.page.get_by_label("Что получилось").fill("Всё подписано")
    head.page.get_by_role("button", name="Готово").click()
    head.page.get_by_text("Что получилось: Всё подписано").wait_for()
    head.page.get_by_role("button", name="Снять отметку").click()
    head.page.get_by_text("Отметка снята.").wait_for()

    head.page.get_by_role("link", name="Команда").click()
    head.page.get_by_text("Заменить куратора").first.click()
    head.page.get_by_label("Новый куратор").select_option(label="Инна Дроздова")
    head.page.locator("#replace-order").fill("31-к")
    head.page.get_by_label("Да, передать всё").check()
    head.page.get_by_role("button", name="Заменить куратора").click()
    head.page.get_by_text("У программы новый куратор.").wait_for()
    assert head.page.get_by_text("приказ № 31-к").is_visible()


def test_320_pixels_in_the_largest_type_are_enough(visit, programme_id):
    head = visit(width=320, look="type=largest")
    head.sign_in("head")
    wide = []
    for place in PAGES:
        head.go(f"/programmes/{programme_id}{place}")
        head.page.evaluate(OPEN_ALL)
        if head.is_wider_than_the_window():
            wide.append(place)
    assert wide == []
