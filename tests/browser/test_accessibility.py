"""For everybody: by screen reader, on a narrow screen, in large type, in every dress."""

import pytest
from sqlalchemy import select

from models.notices import Notice
from models.pairs import Pair
from tests.browser.visits import AXE

OPEN_ALL = "document.querySelectorAll('main details, footer details').forEach(one => one.open = true)"
EASY = "contrast=high&type=large"
LOOKS = [
    ("light", "", 1280),
    ("light", "", 390),
    ("dark", "", 390),
    ("light", EASY, 1280),
    ("dark", EASY, 390),
]


@pytest.fixture
def pages(school, start_pair):
    """Name the pages: how to come to each."""
    case = start_pair("Соня и наставник")
    start_pair("Артём и наставник")
    task, own = f"/tasks/{case.opened[0]}", f"/cases/{case.id}"
    tell(school, case)
    lists = {
        "today": "/today",
        "inbox": "/",
        "notices": "/notices",
        "cases": "/cases",
        "new-case": "/cases/new",
    }
    joining = f"/programmes/{school.programme_id}"
    lists |= {"programmes": "/programmes", "apply": f"{joining}/mentee", "offer": f"{joining}/mentor"}
    with school.sessions() as session:
        pair = f"/pairs/{session.scalars(select(Pair.id).where(Pair.case_id == case.id)).one()}"
    lists |= {"pairs": "/pairs", "pair": pair, "concern": f"{pair}/concern"}
    bases = ("mentees", "mentors", "requests", "mentees/import")
    lists |= {one.replace("/", "-"): f"{joining}/{one}" for one in bases}
    return lists | {"task": task, "case": own, "nowhere": "/nowhere"}


def tell(school, case):
    """Let the case tell its curator something."""
    with school.sessions() as session:
        session.add(
            Notice(
                organisation_id=school.id,
                case_id=case.id,
                person_id=school.people["curator"],
                text="Давно нет записей о встречах. Поговорите с обоими.",
                written_at=school.clock(),
            )
        )
        session.commit()


@pytest.fixture
def wait_for_diagram():
    def wait(window):
        if window.page.locator("[data-diagram-url]").count():
            window.page.wait_for_selector(".diagram[data-ready] .djs-container")

    return wait


@pytest.mark.skipif(not AXE.exists(), reason="axe-core is not there: the bundles came ready-made")
@pytest.mark.parametrize(("colours", "look", "width"), LOOKS)
def test_axe_finds_nothing(visit, pages, wait_for_diagram, colours, look, width):
    window = visit(colours=colours, look=look, width=width)
    window.go("/sign-in")
    found = {"sign-in": window.violations()}
    window.sign_in("curator")
    for name, path in pages.items():
        window.go(path)
        wait_for_diagram(window)
        window.page.evaluate(OPEN_ALL)
        found[name] = window.violations()
        window.keep(name)
    window.go(pages["task"])
    window.page.locator(".form-end .btn-primary").click()
    found["errors"] = window.violations()
    assert {name: violations for name, violations in found.items() if violations} == {}


@pytest.mark.parametrize("look", ["", "type=largest"])
@pytest.mark.parametrize("language", ["ru", "en"])
def test_320_pixels_are_enough(visit, pages, wait_for_diagram, look, language):
    window = visit(width=320, look=look, language=language)
    window.sign_in("curator")
    wide = []
    for name, path in pages.items():
        window.go(path)
        wait_for_diagram(window)
        window.keep(name)
        if window.is_wider_than_the_window():
            wide.append(name)
    assert wide == []
