"""Every endpoint turns the anonymous away, before anything is read from the database."""

import uuid
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy.orm import sessionmaker
from werkzeug.routing import IntegerConverter, Rule, UUIDConverter

from webapp.app import create_app
from webapp.login import PUBLIC_ENDPOINTS
from webapp.settings import Settings


@pytest.fixture
def app() -> Flask:
    """The application without a database: whoever asked it for something would fail."""
    return create_app(Settings(secret_key="a secret of the tests"), sessionmaker())


def _requests(app: Flask) -> Iterator[tuple[str, str, str]]:
    for rule in app.url_map.iter_rules():
        for method in sorted((rule.methods or set()) - {"OPTIONS"}):
            yield rule.endpoint, method, _address(rule)


def _address(rule: Rule) -> str:
    values = {name: _example(rule, name) for name in rule.arguments}
    built = rule.build(values)
    assert built is not None
    return built[1]


def _example(rule: Rule, name: str) -> object:
    converter = rule._converters[name]
    if isinstance(converter, UUIDConverter):
        return uuid.UUID(int=1)
    return 1 if isinstance(converter, IntegerConverter) else "x"


def _let_in(app: Flask) -> list[str]:
    """Return the requests of nobody that were answered by more than the way to the sign-in page."""
    client = app.test_client()
    answers = {
        f"{method} {address}": client.open(address, method=method)
        for endpoint, method, address in _requests(app)
        if endpoint not in PUBLIC_ENDPOINTS
    }
    assert answers
    return [
        request
        for request, answer in answers.items()
        if answer.status_code != 401
        and not (answer.status_code == 302 and answer.headers["Location"].startswith("/sign-in"))
    ]


def test_every_endpoint_turns_the_anonymous_away(app):
    assert _let_in(app) == []


def test_what_is_public_exists(app):
    assert set(app.view_functions) >= PUBLIC_ENDPOINTS


def test_a_page_that_nobody_closed_is_closed(app):
    app.add_url_rule("/planted", "planted", lambda: "for everybody's eyes")
    assert app.test_client().get("/planted").status_code == 302


def test_an_open_page_is_found(app):
    app.before_request_funcs[None].clear()
    app.add_url_rule("/planted", "planted", lambda: "for everybody's eyes")
    assert "GET /planted" in _let_in(app)
