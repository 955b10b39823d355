"""One request is one piece of work: kept when the view returns, undone when it raises.

Reading requests get a session that cannot write. Nothing else in the web commits. What a refused
act still owes (an incident, a draft) is paid before the refusal goes on to its page.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from flask import Flask, current_app, g, request
from sqlalchemy.orm import Session, sessionmaker

from webapp.visitor import actor
from workflows.transaction import committed
from workflows.work import Work, forbid_writes

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
Clock = Callable[[], datetime]


def init_app(app: Flask, sessions: sessionmaker[Session], clock: Clock) -> None:
    """Put every view into a transaction; call it when all of them are registered."""
    app.extensions["tandem.sessions"] = sessions
    app.extensions["tandem.clock"] = clock
    for endpoint, view in app.view_functions.items():
        if endpoint != "static":
            app.view_functions[endpoint] = one_transaction(view)
    app.teardown_request(close_session)


def clock() -> Clock:
    """Return the clock of this installation."""
    found: Clock = current_app.extensions["tandem.clock"]
    return found


def session() -> Session:
    """Return the session of this request, opened on first use."""
    if "session" not in g:
        g.session = current_app.extensions["tandem.sessions"]()
        if request.method in SAFE_METHODS:
            forbid_writes(g.session)
    found: Session = g.session
    return found


def work() -> Work:
    """Return the work of this request: who is signed in, its session, its clock."""
    return Work(session=session(), actor=actor(), clock=clock())


def one_transaction(view: Callable[..., Any]) -> Callable[..., Any]:
    """Commit what a view did when it returns and undo it when it raises; reading leaves nothing."""

    @wraps(view)
    def wrapped(*positional: Any, **arguments: Any) -> Any:
        if request.method in SAFE_METHODS:
            answer = view(*positional, **arguments)
            g.has_read_well = True
            return answer
        with committed(work()):
            return view(*positional, **arguments)

    return wrapped


def close_session(error: BaseException | None) -> None:
    """Give the connection back; reading ends by a commit, for after a rollback the driver prepares anew."""
    if "session" in g:
        with g.pop("session") as ending:
            if error is None and "has_read_well" in g:
                ending.commit()
