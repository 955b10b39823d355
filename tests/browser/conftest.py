"""A real Chromium before a real server, and a school that works by the target model."""

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import select
from sqlalchemy.orm import Session

from models.bases import EntryStatus, MenteeEntry, MentorEntry
from models.database import Database
from models.pairs import Pair
from models.programmes import Programme
from models.tasks import Task
from tests.browser.serving import NAMES, find_chromium, serving
from tests.browser.visits import PASSWORD, Visit
from tests.programmes import add_programme
from webapp import bundles, catalogues
from webapp.app import create_app
from webapp.settings import Settings
from workflows.engine.packs import read_pack
from workflows.errands import do_errands
from workflows.operations import packs, people, users
from workflows.operations.organisations import add_organisation
from workflows.records.pairs import form_pair
from workflows.transaction import carry_out
from workflows.work import SYSTEM, Work

PACK = Path(__file__).parents[2] / "bpmn" / "target-model"
ROLES = ("curator", "mentor", "mentee", "auditor")
FORM = "learner_learner"
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
def browser() -> Iterator[Browser]:
    """The Chromium of this machine; nothing is downloaded."""
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
        school_id = add_organisation(work, "Колледж", parent_id=town.town.id)
        packs.install_pack(work, school_id, read_pack(PACK))
        everybody = {role: add_person(work, school_id, role, f"{role} колледжа") for role in ROLES}
        for role, person_id in everybody.items():
            users.add_user(work, person_id, role, PASSWORD)
        session.commit()
    return SimpleNamespace(id=school_id, sessions=sessions, people=everybody, clock=clock)


def add_person(work: Work, school_id: uuid.UUID, role: str, name: str) -> uuid.UUID:
    """Add somebody of the school who holds a role."""
    person_id = people.add_person(work, school_id, name)
    people.grant_membership(work, person_id, school_id, role)
    return person_id


@pytest.fixture
def start_pair(school: SimpleNamespace) -> Callable[[str], Any]:
    """Let a pair of the school begin: the mentor of the school and a mentee of this name."""
    with school.sessions.begin() as session:
        programme_id = add_programme(session, school.id).id
        school.programme_id = programme_id
        mentor_id = add_entry(session, MentorEntry, programme_id, school.people["mentor"])

    def start(name: str) -> Any:
        with school.sessions.begin() as session:
            work = Work(session, SYSTEM, school.clock)
            mentee = add_person(work, school.id, "mentee", name)
            mentee_id = add_entry(session, MenteeEntry, programme_id, mentee)
            case_id = begin_pair(work, programme_id, mentor_id, mentee_id, school.people["curator"])
        do_errands(lambda act: carry_out(school.sessions, SYSTEM, act, clock=school.clock))
        with school.sessions() as session:
            opened = session.scalars(select(Task.id).where(Task.case_id == case_id)).all()
        return SimpleNamespace(id=case_id, opened=tuple(opened))

    return start


def add_entry(
    session: Session, kind: type[MentorEntry | MenteeEntry], programme_id: uuid.UUID, person_id: Any
) -> uuid.UUID:
    """Add somebody to a base who is ready to be paired."""
    session.flush()
    own = {"source": "learner", "forms": [FORM]} if kind is MentorEntry else {"form": FORM}
    programme = session.get_one(Programme, programme_id)
    entry = kind(
        id=uuid.uuid4(),
        organisation_id=programme.organisation_id,
        programme_id=programme_id,
        person_id=person_id,
        status=EntryStatus.READY,
        applied_at=datetime(2026, 9, 1, 9, tzinfo=UTC),
        **own,
    )
    session.add(entry)
    return entry.id


def begin_pair(
    work: Work, programme_id: uuid.UUID, mentor_id: uuid.UUID, mentee_id: uuid.UUID, curator_id: Any
) -> uuid.UUID | None:
    """Form a pair and return the case that will carry it."""
    work.session.flush()
    pair_id = form_pair(
        work,
        programme_id,
        form=FORM,
        type="pair",
        role_model="",
        mentor_entry_ids=[mentor_id],
        mentee_entry_ids=[mentee_id],
        curator_id=curator_id,
    )
    return work.session.get_one(Pair, pair_id).case_id


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
