"""What every answer tells the browser, and what no answer ever tells."""

import logging
import uuid

import pytest
from flask import Flask
from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import sessionmaker

from tests.webapp.readers import Reader, parsed
from webapp.app import create_app
from webapp.settings import Settings
from webapp.transaction import work as work_of_request
from workflows.operations.cases import suspend_case

SECRET = "a secret of the tests, long enough"


@pytest.fixture
def broken() -> Flask:
    """The application with a database that does not answer."""
    engine = create_engine(
        "postgresql+psycopg://nobody@127.0.0.1:1/nothing", connect_args={"connect_timeout": 1}
    )
    return create_app(Settings(secret_key=SECRET), sessionmaker(engine))


@pytest.fixture
def behind_https(sessions, clock) -> Reader:
    app = create_app(Settings(secret_key=SECRET, is_https=True), sessions, clock=clock)
    return Reader(app.test_client())


@pytest.mark.parametrize("address", ["/sign-in", "/", "/no-such-page", "/health", "/api/v1/tasks"])
def test_every_answer_carries_the_headers(anonymous, address):
    headers = anonymous.get(address).headers
    policy = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"


def test_no_page_has_an_inline_script_or_style(reader, town, start_pair):
    case = start_pair()
    curator = reader(town.curator)
    for address in ("/", f"/tasks/{case.opened[0]}", f"/cases/{case.id}"):
        page = parsed(curator.get(address))
        assert all(script.get("src") for script in page.iter("script"))
        assert list(page.iter("style")) == []
        assert [one for one in page.iter() if any(name.startswith("on") for name in one.attrib)] == []


def test_pages_load_nothing_from_another_host(reader, town):
    page = parsed(reader(town.curator).get("/"))
    loaded = [
        one.get("src") or one.get("href") for one in page.iter() if one.tag in ("script", "link", "img")
    ]
    assert loaded
    assert all(address.startswith("/static/") for address in loaded)


def test_bundles_are_kept_for_ever_and_pages_never(reader, town):
    page = parsed(reader(town.curator).get("/"))
    bundle = next(page.iter("script")).get("src")
    with reader(town.curator).get(bundle) as answer:
        assert "immutable" in answer.headers["Cache-Control"]


def test_behind_https_cookies_and_pages_never_travel_without_it(behind_https):
    answer = behind_https.client.get("/sign-in", base_url="https://localhost")
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=63072000")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-tandem=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}


def test_without_https_the_browser_is_not_locked_into_it(anonymous):
    answer = anonymous.get("/sign-in")
    assert "Strict-Transport-Security" not in answer.headers
    assert {"HttpOnly", "SameSite=Lax"} <= {part.strip() for part in answer.headers["Set-Cookie"].split(";")}


def test_too_much_at_once_is_refused_in_words(reader, town, start_pair):
    task_id = start_pair().opened[0]
    answer = reader(town.mentor).post(f"/tasks/{task_id}", {"notes": "а" * 2_000_000})
    assert answer.status_code == 413
    assert "Сократите текст" in answer.text
    parsed(answer)


@pytest.mark.parametrize(
    "address", ["/no-such-page", "/tasks/not-an-id", "/tasks/00000000-0000-0000-0000-000000000001"]
)
def test_what_is_not_there_is_said_in_words(reader, town, address):
    answer = reader(town.curator).get(address)
    assert answer.status_code == 404
    assert "Ко входящим" in answer.text
    parsed(answer)


def test_the_wrong_way_to_ask_is_said_in_words(reader, town):
    answer = reader(town.curator).get("/sign-out")
    assert answer.status_code == 405
    parsed(answer)


@pytest.mark.parametrize("accepts", ["text/html", "application/json"])
def test_nobody_sees_a_stack_trace_but_the_log_has_it(broken, caplog, accepts):
    with caplog.at_level(logging.ERROR):
        answer = broken.test_client().get("/health", headers={"Accept": accepts})
    assert answer.status_code == 500
    for secret in ("Traceback", "psycopg", "127.0.0.1", "sqlalchemy"):
        assert secret not in answer.text
    failure = caplog.records[0]
    assert failure.exc_info
    assert failure.args[-1] in answer.text, "the reader is given the number under which the log has it"


def test_a_page_about_a_failure_is_a_page_all_the_same(broken):
    client = broken.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = f"{uuid.UUID(int=1)}.1.{uuid.UUID(int=2).hex}"
        session["until"] = 10**11
    answer = client.get("/")
    assert answer.status_code == 500
    assert "Ничего не изменилось" in answer.text
    parsed(answer)


def test_a_reading_request_cannot_write(app, reader, town, start_pair):
    case = start_pair()
    curator = reader(town.curator)
    with app.test_request_context():
        reading = work_of_request()
        reading.actor = town.curator
        with pytest.raises(DBAPIError, match="read-only transaction"):
            suspend_case(reading, case.id)
    assert "идёт" in curator.get(f"/cases/{case.id}").text


def test_without_a_key_the_web_does_not_start():
    with pytest.raises(ValueError, match="secret key"):
        create_app(Settings(secret_key=""), sessionmaker())
