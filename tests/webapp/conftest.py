"""The application on the test's own transaction, and readers who sit before a browser."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from html5lib import HTMLParser
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.test import TestResponse

from webapp.app import create_app
from webapp import catalogues
from webapp.settings import Settings
from workflows.operations.users import add_user
from workflows.work import SYSTEM, Actor, Work

PASSWORD = "слон читает газету утром"


class Reader:
    """Somebody before a browser: keeps cookies, sends the token of the page along."""

    def __init__(self, client: FlaskClient, actor: Actor | None = None, sign_in_name: str = "") -> None:
        self.client = client
        self.actor = actor
        self.sign_in_name = sign_in_name

    def get(self, address: str, **more: Any) -> TestResponse:
        return self.client.get(address, **more)

    def post(self, address: str, data: dict[str, Any] | None = None, **more: Any) -> TestResponse:
        headers = {"Sec-Fetch-Site": "same-origin", **more.pop("headers", {})}
        sent = {"csrf_token": self.token(), **(data or {})}
        return self.client.post(address, data=sent, headers=headers, **more)

    def send(self, method: str, address: str, json: Any = None) -> TestResponse:
        return self.client.open(address, method=method, json=json, headers={"X-CSRFToken": self.token()})

    def token(self) -> str:
        page = self.client.get("/sign-in", follow_redirects=True).text
        return page.partition('name="csrf_token" value="')[2].partition('"')[0]

    def sign_in(self) -> TestResponse:
        return self.post("/sign-in", {"sign_in_name": self.sign_in_name, "password": PASSWORD})


def parsed(answer: TestResponse) -> Any:
    """Parse a page as strictly as HTML5 asks for, and return its tree."""
    return HTMLParser(strict=True, namespaceHTMLElements=False).parse(answer.text)


def ids(page: str, kind: str) -> list[str]:
    """List the ids to which a page has links, each once: `ids(page, "tasks")`."""
    return list(dict.fromkeys(re.findall(rf'href="/{kind}/([0-9a-f-]{{36}})"', page)))


@pytest.fixture(scope="session")
def built_app() -> Flask:
    catalogues.bring_up_to_date()
    return create_app(Settings(secret_key="a secret of the tests, long enough"), sessionmaker())


@pytest.fixture
def app(built_app: Flask, sessions: sessionmaker[Session], clock: Callable[[], Any]) -> Flask:
    built_app.extensions["tandem.sessions"] = sessions
    built_app.extensions["tandem.clock"] = clock
    return built_app


@pytest.fixture
def anonymous(app: Flask) -> Reader:
    return Reader(app.test_client())


@pytest.fixture
def reader(
    app: Flask, sessions: sessionmaker[Session], clock: Any, town: SimpleNamespace
) -> Callable[..., Reader]:
    """Sit somebody of the town before a browser, signed in: `reader(town.curator)`."""
    made: dict[Any, str] = {}

    def sit_down(actor: Actor, *, signs_in: bool = True) -> Reader:
        if actor.person_id not in made:
            made[actor.person_id] = f"reader.{len(made)}"
            with sessions() as session:
                add_user(Work(session, SYSTEM, clock), actor.person_id, made[actor.person_id], PASSWORD)
                session.commit()
        sitting = Reader(app.test_client(), actor, made[actor.person_id])
        if signs_in:
            assert sitting.sign_in().status_code == 303
        return sitting

    return sit_down
