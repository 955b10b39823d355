"""Days among the values of a sentence, which carry them as programs write them."""

from datetime import date
from typing import Any

from babel.dates import format_date
from flask_babel import get_locale


def in_words(value: Any) -> Any:
    """Say a day in the reader's language; what is none stays as it is."""
    try:
        return format_date(date.fromisoformat(value), "d MMMM y", locale=get_locale())
    except (TypeError, ValueError):
        return value
