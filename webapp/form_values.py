"""Write answers as they stand in the fields of a page, and as people read them."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, get_decimal_symbol
from flask_babel import gettext as _
from marshmallow import ValidationError

from workflows.forms import filling, moments
from workflows.forms.options import text_of
from workflows.forms.questions import Checkbox, Choice, Field, Moment, MomentField, NumberField, Option

_IS_ID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TICKED = frozenset({"on", "true", "1"})


def written(part: Field, answer: Any, language: str, now: datetime) -> Any:
    """Give what stands in the field: what was typed, as it was typed, or an answer in the reader's way."""
    if isinstance(part, Checkbox):
        return answer is True or (isinstance(answer, str) and answer.lower() in TICKED)
    if answer is None or isinstance(part, Choice):
        return ""
    if isinstance(part, MomentField):
        return _for_native_input(part, answer, now)
    if isinstance(part, NumberField) and isinstance(answer, int | float | Decimal):
        return str(answer).replace(".", get_decimal_symbol(language))
    return answer if isinstance(answer, str) else str(answer)


def _for_native_input(part: MomentField, answer: Any, now: datetime) -> str:
    try:
        moment = moments.READERS[part.kind](answer)
    except ValidationError:
        return answer if isinstance(answer, str) else ""
    if isinstance(moment, datetime):
        moment = moment.astimezone(now.tzinfo) if moment.tzinfo else moment
        return moment.replace(tzinfo=None).isoformat(timespec="minutes")
    return moment.isoformat() if part.kind is Moment.DATE else moment.isoformat()[:5]


Days = tuple[date | None, date | None]


def in_words(days: Days, language: str) -> tuple[str, str]:
    """Write the first and the last day that may be answered for people; what does not limit is empty."""
    first, last = ("" if day is None else day_in_words(day, language) for day in days)
    return first, last


def bounds(part: MomentField, days: Days) -> tuple[str, str]:
    """Write the same for the browser's own field."""
    first, last = ("" if day is None else day.isoformat() for day in days)
    if part.kind is Moment.DATE_AND_TIME:
        return first and f"{first}T00:00", last and f"{last}T23:59"
    return first, last


def number(value: Decimal, language: str) -> str:
    """Write a number for a sentence."""
    return str(format_decimal(value, locale=language, decimal_quantization=False))


def is_native(part: MomentField, value: str) -> bool:
    """Say whether the browser's own field for days and hours can show the value, and so would not lose it."""
    try:
        moments.READERS[part.kind](value)
    except ValidationError:
        return value == ""
    return True


def chosen(answer: Any) -> frozenset[str]:
    """Give the texts of the options that were chosen."""
    items = answer if isinstance(answer, list | tuple) else [] if answer is None else [answer]
    texts = set()
    for item in items:
        try:
            texts.add(text_of(item))
        except ValidationError:
            continue
    return frozenset(texts)


def spoken(
    part: Field,
    answer: Any,
    options: tuple[Option, ...],
    language: str,
    now: datetime,
    say: Callable[[str], str],
) -> str:
    """Give an answer as people read it: the words of an option, a day with the name of its month."""
    if isinstance(part, Checkbox):
        return _("yes") if answer is True else _("no")
    if answer is None or answer in ("", []):
        return ""
    if isinstance(part, Choice):
        words = {option.text: option_in_words(option, language, now) for option in options}
        items = answer if isinstance(answer, list) else [answer]
        return "; ".join(say(words[text]) if text in words else _unlisted(text) for text in map(str, items))
    if isinstance(part, MomentField):
        return _moment_in_words(part.kind, answer, language, now)
    if isinstance(part, NumberField) and isinstance(answer, int | float):
        return number(Decimal(str(answer)), language)
    return str(answer)


def option_in_words(option: Option, language: str, now: datetime) -> str:
    """Write the words of an option; the days among them are kept apart from the rest."""
    if not option.parts:
        return option.label
    return filling.spoken(list(option.parts), lambda text: moment_in_words(text, language, now))


def _unlisted(text: str) -> str:
    """Say what cannot be chosen any more; the name that our tables give it says nothing to anybody."""
    return _("(not in the list any more)") if _IS_ID.fullmatch(text) else text


def moment_in_words(text: str, language: str, now: datetime) -> str:
    """Write a day, or a day with its hour, as people read it."""
    kind = Moment.DATE if len(text) == len("2026-05-31") else Moment.DATE_AND_TIME
    return _moment_in_words(kind, text, language, now)


def day_in_words(day: date, language: str) -> str:
    """Write a day with the name of its month."""
    return str(format_date(day, "d MMMM y", locale=language))


def _moment_in_words(kind: Moment, answer: Any, language: str, now: datetime) -> str:
    try:
        moment = moments.READERS[kind](answer)
    except ValidationError:
        return str(answer)
    if isinstance(moment, datetime):
        zone = now.tzinfo or UTC
        local = moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)
        return str(format_datetime(local, "d MMMM y, HH:mm", tzinfo=zone, locale=language))
    if isinstance(moment, date):
        return day_in_words(moment, language)
    return moment.isoformat()[:5]
