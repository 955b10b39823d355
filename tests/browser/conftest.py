"""A real Chromium before a real server, and a school that works with the five meetings."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from models.database import Database
from tests.browser.serving import NAMES, find_chromium, serving
from tests.browser.visits import PASSWORD, Visit
from webapp import bundles, catalogues
from webapp.app import create_app
from webapp.settings import Settings
from workflows.engine.packs import read_pack
from workflows.operations import cases, packs, users
from workflows.work import SYSTEM, Work

PACK = Path(__file__).parents[2] / "bpmn" / "five-meetings"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser(templates: object) -> Iterator[Browser]:
    """The Chromium of this machine; nothing is downloaded.

    The sandbox of FEEL is there already, because the town has a pack: made while Playwright's event
    loop runs, it would take that loop for its own.
    """
    found = find_chromium()
    if found is None:
        pytest.skip(f"there is no Chromium on this machine: none of {', '.join(NAMES)} was found")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, headless=True, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def school(committed_database: Database, town: SimpleNamespace, clock: Any) -> SimpleNamespace:
    """The school with its methodology, and accounts named like the roles of their people."""
    sessions = committed_database.sessions
    with sessions() as session:
        work = Work(session, SYSTEM, clock)
        packs.install_pack(work, town.school.id, read_pack(PACK))
        for person in (town.curator, town.mentor, town.mentee, town.auditor):
            users.add_user(work, person.person_id, person.roles[0].name, PASSWORD)
        session.commit()
    return SimpleNamespace(sessions=sessions, town=town, clock=clock)


@pytest.fixture
def start_pair(school: SimpleNamespace) -> Callable[[str], Any]:
    """Let a pair of the school begin."""
    town = school.town
    people = {role: [getattr(town, role).person_id] for role in ("mentor", "mentee", "curator")}

    def start(title: str) -> Any:
        with school.sessions() as session:
            work = Work(session, town.curator, school.clock)
            started = cases.start_case(work, town.school.id, "pair", title, participants=people)
            session.commit()
        return started

    return start


@pytest.fixture
def address(school: SimpleNamespace) -> Iterator[str]:
    """The address at which the application answers during a test."""
    bundles.bring_up_to_date()
    catalogues.bring_up_to_date()
    settings = Settings(secret_key="a secret of the tests, long enough")
    app = create_app(settings, school.sessions, clock=school.clock)
    with serving(app) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    """Open a browser window of one's own: `visit(width=390, language="en")`."""
    opened: list[Visit] = []

    def open_window(**how: Any) -> Visit:
        opened.append(Visit(browser, address, **how))
        return opened[-1]

    yield open_window
    for window in opened:
        window.close()
    assert [complaint for window in opened for complaint in window.complaints] == []
