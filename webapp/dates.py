"""Days and hours as people say them, in the zone of the organisation."""

from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from babel.dates import format_date, format_datetime, format_time
from flask import Flask, g
from flask_babel import get_locale, gettext, ngettext, pgettext

from webapp.languages import DEFAULT_ZONE, zone
from webapp.transaction import clock
from webapp.visitor import signed_in


@dataclass(frozen=True)
class Due:
    """When a task is due: in words, and how much it presses ("late", "today", "week", "later", "never")."""

    words: str
    pressing: str


def init_app(app: Flask) -> None:
    """Give the templates these ways of writing."""
    app.jinja_env.filters.update(day=day, moment=moment, due=due)


def reader_zone() -> tzinfo:
    """Return the zone in which the reader of this answer counts the hours."""
    person = signed_in()
    return zone(person.home.time_zone if person else DEFAULT_ZONE)


def now() -> datetime:
    """Return the instant of this request: one for all that the page says."""
    if "now" not in g:
        g.now = clock()()
    instant: datetime = g.now
    return instant


def day(value: date) -> str:
    """Write a day: "4 March", with the year unless it is this one."""
    if isinstance(value, datetime):
        value = value.astimezone(reader_zone()).date()
    pattern = "d MMMM" if value.year == today().year else "d MMMM y"
    return format_date(value, pattern, locale=get_locale())


def moment(value: datetime) -> str:
    """Write a day and its hour."""
    return gettext("%(day)s at %(time)s", day=day(value), time=hour(value))


def hour(value: datetime) -> str:
    """Write the hour of an instant."""
    return format_time(value, "HH:mm", tzinfo=reader_zone(), locale=get_locale())


def machine_readable(value: datetime) -> str:
    """Write an instant for tables that programs read, in the reader's zone."""
    return format_datetime(value, "yyyy-MM-dd HH:mm", tzinfo=reader_zone(), locale="en")


def today() -> date:
    """Return the reader's day."""
    return now().astimezone(reader_zone()).date()


def due(value: datetime | None) -> Due:
    """Say when something is due, as seen from now."""
    if value is None:
        return Due(gettext("no deadline"), "never")
    days = (value.astimezone(reader_zone()).date() - today()).days
    if value < now():
        return Due(late_words(value, -days), "late")
    if days == 0:
        return Due(gettext("today by %(time)s", time=hour(value)), "today")
    if days == 1:
        return Due(gettext("tomorrow by %(time)s", time=hour(value)), "week")
    if days <= 7:
        return Due(gettext("by %(weekday)s, %(day)s", weekday=weekday(value), day=day(value)), "week")
    return Due(gettext("by %(day)s", day=day(value)), "later")


def late_words(value: datetime, days: int) -> str:
    """Say for how long something is overdue."""
    if days == 0:
        return gettext("overdue since %(time)s today", time=hour(value))
    return ngettext("overdue by %(num)d day", "overdue by %(num)d days", days)


def weekday(value: datetime) -> str:
    """Name the day of the week, in the form that follows "by"."""
    names = (
        pgettext("by", "Monday"),
        pgettext("by", "Tuesday"),
        pgettext("by", "Wednesday"),
        pgettext("by", "Thursday"),
        pgettext("by", "Friday"),
        pgettext("by", "Saturday"),
        pgettext("by", "Sunday"),
    )
    return names[value.astimezone(reader_zone()).weekday()]
