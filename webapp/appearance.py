"""How the pages look for this reader: colours, contrast, size of letters. Remembered in the browser."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from flask import Flask, request
from werkzeug.wrappers import Response

from webapp.languages import remember_in_browser

COOKIE = "appearance"
CHOICES = {"theme": ("", "light", "dark"), "contrast": ("", "high"), "type": ("", "large", "largest")}
EASY_VIEW = {"on": {"contrast": "high", "type": "large"}, "off": {"contrast": "", "type": ""}}


def init_app(app: Flask) -> None:
    """Let the layout know what the reader has chosen."""
    app.jinja_env.globals["appearance"] = appearance


def appearance() -> dict[str, str]:
    """Return what this reader has chosen; empty values mean the usual."""
    return sound(dict(parse_qsl(request.cookies.get(COOKIE, ""))))


def changed(form: Mapping[str, str]) -> dict[str, str]:
    """Return the appearance after what was pressed."""
    return sound(appearance() | EASY_VIEW.get(form.get("easy", ""), {}) | dict(form.items()))


def remember(answer: Response, chosen: Mapping[str, str]) -> None:
    """Keep the choice in this browser."""
    remember_in_browser(answer, COOKIE, urlencode(chosen))


def sound(chosen: Mapping[str, str]) -> dict[str, str]:
    """Keep what exists; anything else counts as the usual."""
    return {
        name: chosen.get(name, "") if chosen.get(name) in values else "" for name, values in CHOICES.items()
    }
