"""Days and instants among the values of a sentence, which carry them as programs write them."""

from datetime import date, datetime
from typing import Any

from babel.dates import format_date, format_datetime
from flask import has_request_context
from flask_babel import get_locale

from webapp.dates import reader_zone
from webapp.languages import DEFAULT_ZONE, zone
from workflows.forms.moments import is_moment


def in_words(value: Any) -> Any:
    """Say a day, or an instant with its hour, in the reader's language; what is none stays as it is."""
    if isinstance(value, str) and is_moment(value.strip()):
        return _read(value.strip())
    return _say(value) if isinstance(value, date) else value


def _read(text: str) -> str:
    try:
        return _say(date.fromisoformat(text))
    except ValueError:
        return _say(datetime.fromisoformat(text))


def _say(value: date) -> str:
    if not isinstance(value, datetime):
        return str(format_date(value, "d MMMM y", locale=get_locale()))
    # An instant without a zone was written by somebody of the house, by the clock of the house.
    here = reader_zone() if has_request_context() else zone(DEFAULT_ZONE)
    local = value.astimezone(here) if value.tzinfo else value.replace(tzinfo=here)
    return str(format_datetime(local, "d MMMM y, HH:mm", tzinfo=here, locale=get_locale()))
