"""Russian unless somebody chose English; the choice is remembered in the browser."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from flask import Flask, current_app, request
from flask_babel import Babel, get_locale
from werkzeug.wrappers import Response

from webapp.visitor import signed_in

LANGUAGES = {"ru": "Русский", "en": "English"}
DEFAULT = "ru"
COOKIE = "language"
A_YEAR = 365 * 24 * 60 * 60
DEFAULT_ZONE = "Europe/Moscow"


def init_app(app: Flask) -> None:
    """Choose the language of every answer and let templates offer the other ones."""
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT
    Babel(app, locale_selector=choose, timezone_selector=lambda: DEFAULT_ZONE)
    app.jinja_env.policies["ext.i18n.trimmed"] = True
    app.jinja_env.globals.update(languages=LANGUAGES, current_language=current)


def choose() -> str:
    """Return the language chosen in this browser, else the one of the person, else Russian."""
    chosen = request.cookies.get(COOKIE)
    if chosen in LANGUAGES:
        return chosen
    person = signed_in()
    return person.actor.language if person and person.actor.language in LANGUAGES else DEFAULT


def current() -> str:
    """Return the code of the language of this answer."""
    locale = get_locale()
    return locale.language if locale else DEFAULT


def remember(answer: Response, language: str) -> None:
    """Keep the choice in this browser for a year."""
    remember_in_browser(answer, COOKIE, language)


def remember_in_browser(answer: Response, name: str, value: str) -> None:
    """Keep a harmless choice of the reader in a cookie for a year."""
    answer.set_cookie(
        name,
        value,
        max_age=A_YEAR,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
    )


def zone(name: str) -> ZoneInfo:
    """Return the zone of an organisation; a name that this machine does not know counts as Moscow."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo(DEFAULT_ZONE)
