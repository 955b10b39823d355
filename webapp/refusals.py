"""How a refusal of the house is said in HTTP: a status, and a page, a fragment or JSON.

Nobody ever sees a stack trace. What nobody expected gets a number, under which the log has it whole.
"""

import logging
import secrets
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Response, make_response, render_template, request
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from psycopg.errors import DeadlockDetected, LockNotAvailable, SerializationFailure
from sqlalchemy.exc import DataError, DBAPIError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from webapp import words
from webapp.addresses import came_from
from webapp.languages import current
from workflows.refusals import Conflict, Forbidden, Invalid, NotFound, Refusal, Stalled, TooManyAttempts

STATUS: dict[type[Refusal], int] = {
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
    Stalled: 409,
    Invalid: 422,
    TooManyAttempts: 429,
    Refusal: 422,
}
LOST_RACES = (SerializationFailure, DeadlockDetected, LockNotAvailable)
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Problem:
    """What went wrong, ready to be said."""

    status: int
    key: str
    text: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    reference: str = ""


def init_app(app: Flask) -> None:
    """Answer every exception; call it after all others that register handlers."""
    for kind in (
        Refusal,
        StaleDataError,
        DBAPIError,
        UnicodeEncodeError,
        HTTPException,
        Exception,
    ):
        app.register_error_handler(kind, refuse)


def refuse(error: Exception) -> Response:
    """Say no in the way the asker can read."""
    problem = problem_of(error)
    answer = said(problem)
    if isinstance(error, HTTPException):
        for name, value in error.get_headers():
            if name not in ("Content-Type", "Content-Length"):
                answer.headers[name] = value
    return answer


def problem_of(error: Exception) -> Problem:
    """Find out what an exception means to the asker."""
    if isinstance(error, Refusal):
        return refused(error)
    if isinstance(error, CSRFError):
        return Problem(400, "page_too_old", words.say("page_too_old"))
    if is_lost_race(error):
        return Problem(409, "lost_race", words.say("lost_race"))
    if isinstance(error, DataError | UnicodeEncodeError):
        return Problem(422, "unreadable", words.say("unreadable"))
    if isinstance(error, HTTPException):
        return http_problem(error)
    return unexpected(error)


def refused(error: Refusal) -> Problem:
    """Word a refusal of the house, with what is wrong with each field."""
    status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    complaints = error.problems if isinstance(error, Invalid) else {}
    fields = {name: [words.complain(one) for one in found] for name, found in complaints.items()}
    return Problem(status, error.key, words.refuse(error), fields)


def is_lost_race(error: Exception) -> bool:
    """Say whether somebody else changed the same rows at the same moment."""
    if isinstance(error, StaleDataError):
        return True
    return isinstance(error, DBAPIError) and isinstance(error.orig, LOST_RACES)


def http_problem(error: HTTPException) -> Problem:
    """Word what the web itself refuses: no such page, not that way, too large."""
    status = error.code or 500
    key = f"http_{status}" if words.knows(f"http_{status}") else "http_400"
    messages = getattr(error, "data", {}).get("messages", {})
    return Problem(status, key, words.say(key), flat(messages))


def flat(messages: Any, above: str = "") -> dict[str, list[str]]:
    """Turn marshmallow's nested messages into one list for each field."""
    if not isinstance(messages, dict):
        return {above: [str(one) for one in messages]}
    found: dict[str, list[str]] = {}
    for name, inner in messages.items():
        # The first level says where the data came from ("json", "query"), which nobody asked for.
        place = str(name) if above in ("", "json", "query", "form") else f"{above}.{name}"
        found |= flat(inner, place)
    return found


def unexpected(error: Exception) -> Problem:
    """Keep what nobody expected in the log, and give the asker the number of that entry."""
    reference = secrets.token_hex(4)
    log.error("%s %s failed, number %s", request.method, request.path, reference, exc_info=error)
    return Problem(500, "http_500", words.say("http_500"), reference=reference)


def said(problem: Problem) -> Response:
    """Say it as JSON, as a line of a page, or as a page of its own."""
    if wants_data():
        answer = make_response(as_data(problem))
    elif request.headers.get("HX-Request"):
        answer = make_response(render_template("fragment.html", text=problem.text))
    else:
        answer = make_response(as_page(problem))
    answer.status_code = problem.status
    return answer


def wants_data() -> bool:
    """Say whether a program asks."""
    return request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json"


def as_data(problem: Problem) -> dict[str, Any]:
    """Give programs the key as well as the words."""
    data: dict[str, Any] = {"status": problem.status, "code": problem.key, "message": problem.text}
    if problem.fields:
        data["problems"] = problem.fields
    if problem.reference:
        data["reference"] = problem.reference
    return data


def as_page(problem: Problem) -> str:
    """Give people a page that says what to do next; a plain one if even that fails."""
    heading = words.heading(problem.status)
    try:
        return render_template(
            "problem.html",
            heading=heading,
            text=problem.text,
            problems=[sentence for found in problem.fields.values() for sentence in found],
            reference=problem.reference,
            back=came_from() if request.method == "POST" else None,
        )
    except Exception:
        log.exception("The page about a problem could not be made.")
        return render_template(
            "problem_plain.html",
            language=current(),
            heading=heading,
            text=problem.text,
            reference=problem.reference or _("none"),
        )
