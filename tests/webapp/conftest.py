"""The application on the test's own transaction, and readers who sit before a browser."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session, sessionmaker

from tests.webapp.readers import PASSWORD, Reader
from webapp import bundles, catalogues
from webapp.app import create_app
from webapp.settings import Settings
from workflows.operations.users import add_user
from workflows.work import SYSTEM, Actor, Work


@pytest.fixture(scope="session")
def built_app() -> Flask:
    bundles.bring_up_to_date()
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
