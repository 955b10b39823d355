"""Who is asking. Every endpoint is closed unless it is named here.

The browser's cookie outlives the session it names, so that after a session has ended we still know
whose typed text it is that comes in, and give it back to nobody else.
"""

import uuid
from datetime import timedelta
from functools import partial

from flask import Flask, current_app, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, login_user, logout_user
from sqlalchemy.exc import DBAPIError

from webapp import dates, kept, refusals, transaction, words
from webapp.addresses import came_from, here, safe_address
from webapp.settings import Settings
from webapp.visitor import Visitor, signed_in
from workflows.queries.names import get_home
from workflows.queries.people import find_signed_in
from workflows.work import Work

PUBLIC_ENDPOINTS = frozenset(
    {
        "static",
        "health.check",
        "sign_in.show",
        "sign_in.enter",
        "language.choose",
        "appearance.choose",
        # Whoever holds the link is the one for whom it was made; the pages look at the secret in it.
        "links.show",
        "links.complete",
        "links.redraw",
        # The address of a private calendar is a secret too.
        "feeds.read",
        "invitations.show",
        "invitations.accept",
    }
)
BEFORE_CHANGING = frozenset({"me.password", "me.change_password", "sign_out.leave", "api_session.get"})
"""What somebody may do whose password another person knows."""
UNTIL = "until"
COOKIE_LIVES = timedelta(days=31)
RENEW_AFTER = timedelta(minutes=5)


def init_app(app: Flask, settings: Settings) -> None:
    """Close every endpoint but the public ones."""
    app.extensions["tandem.session_lifetime"] = settings.session_lifetime
    app.config.update(PERMANENT_SESSION_LIFETIME=COOKIE_LIVES, SESSION_REFRESH_EACH_REQUEST=False)
    manager = LoginManager(app)
    manager.session_protection = None  # type: ignore[assignment]
    manager.user_loader(load)
    app.before_request(require_sign_in)
    app.jinja_env.globals.update(signed_in=signed_in, here=here)


def load(name: str) -> Visitor | None:
    """Return the person whom the session names, unless the session has ended."""
    if has_ended() or g.get("cannot_tell_who"):
        return None
    try:
        user_id, generation, session_id = name.split(".")
    except ValueError:
        return None
    try:
        return find_visitor(uuid.UUID(user_id), int(generation), uuid.UUID(session_id))
    except DBAPIError:
        # The page about the failure must not ask again.
        g.cannot_tell_who = True
        raise


def find_visitor(user_id: uuid.UUID, generation: int, session_id: uuid.UUID | None = None) -> Visitor | None:
    """Find the person behind a session, with the roles of today; without its id one begins."""
    session_id = session_id or uuid.uuid4()
    found = find_signed_in(transaction.session(), user_id, generation, dates.now(), session_id)
    if found is None or found.actor.person_id is None:
        return None
    work = Work(transaction.session(), found.actor, transaction.clock())
    home = partial(get_home, work, found.actor.person_id)
    return Visitor(user_id, generation, session_id, found.actor, home, found.must_change_password)


def has_ended() -> bool:
    """Say whether nobody has used this session for too long."""
    until = session.get(UNTIL)
    return not isinstance(until, int | float) or until < dates.now().timestamp()


def begin(visitor: Visitor) -> None:
    """Begin a session; nothing of an earlier one stays."""
    session.clear()
    login_user(visitor)
    renew()


def renew() -> None:
    """Let the session last from now on."""
    lifetime: timedelta = current_app.extensions["tandem.session_lifetime"]
    session[UNTIL] = int((dates.now() + lifetime).timestamp())


def end() -> None:
    """End the session in this browser, remembering only whose it was."""
    author = session.get("_user_id")
    logout_user()
    session.clear()
    if author:
        session["_was"] = author


def last_user_id() -> str | None:
    """Return the account last signed in here, whose typed text a page may still hold."""
    name = session.get("_user_id") or session.get("_was")
    return str(name).partition(".")[0] if name else None


def was_signed_in() -> bool:
    """Say whether a session of this browser has ended without its person's doing."""
    return "_user_id" in session and signed_in() is None


def require_sign_in() -> ResponseReturnValue | None:
    """Turn the anonymous away and keep sessions in use alive."""
    if request.endpoint is None or request.endpoint in PUBLIC_ENDPOINTS:
        return None
    visitor = signed_in()
    if visitor is None:
        return ask_to_sign_in()
    if visitor.must_change_password and request.endpoint not in BEFORE_CHANGING:
        return ask_for_new_password()
    remaining = session[UNTIL] - dates.now().timestamp()
    if remaining < (current_app.extensions["tandem.session_lifetime"] - RENEW_AFTER).total_seconds():
        renew()
    return None


def ask_to_sign_in() -> ResponseReturnValue:
    """Send a reader to the sign-in page; give a form that was just sent back after it."""
    if refusals.wants_data() or request.headers.get("HX-Request"):
        return refusals.said(refusals.Problem(401, "signed_out", words.say("signed_out")))
    if request.method in transaction.SAFE_METHODS:
        # Who opens the house without naming a room comes home, and home is not the same as the inbox.
        wanted = here()
        return redirect(url_for("sign_in.show", next=None if wanted == "/" else wanted))
    author = last_user_id()
    return_to = safe_address(request.path) or came_from()
    return sign_in_page(next=return_to, kept=kept.keep(author), was_ended=was_signed_in()), 401


def ask_for_new_password() -> ResponseReturnValue:
    """Send somebody to the page on which to choose a password that nobody else knows."""
    if refusals.wants_data() or request.headers.get("HX-Request"):
        text = words.say("password_to_be_changed")
        return refusals.said(refusals.Problem(403, "password_to_be_changed", text))
    return redirect(url_for("me.password"), 303)


def sign_in_page(**what: object) -> str:
    """Make the sign-in page."""
    return render_template("sign_in.html", **what)
