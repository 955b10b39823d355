"""Days and hours as people write them (31.05.2026, 9:30) and as browsers and programs send them."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

from workflows.forms.questions import Moment, Zone
from workflows.forms.wrong import wrong

FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2199, 12, 31)
MAX_LENGTH = 40

_RUSSIAN_DAY = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_ISO_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_HOUR = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?::([0-9]{2})(?:\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?")
_BETWEEN = re.compile(r"T|,? +")


def read_date(value: Any) -> date:
    """Read a day."""
    text = _text(value, "not_a_date")
    iso, russian = _ISO_DAY.fullmatch(text), _RUSSIAN_DAY.fullmatch(text)
    try:
        if iso:
            day = date(int(iso[1]), int(iso[2]), int(iso[3]))
        elif russian:
            day = date(int(russian[3]), int(russian[2]), int(russian[1]))
        else:
            raise wrong("not_a_date")
    except ValueError as error:
        raise wrong("not_a_date") from error
    if not FIRST_DAY <= day <= LAST_DAY:
        raise wrong("date_out_of_range", first=FIRST_DAY.year, last=LAST_DAY.year)
    return day


def read_time(value: Any) -> time:
    """Read an hour; it knows its distance to UTC only if the sender wrote it."""
    found = _HOUR.fullmatch(_text(value, "not_a_time"))
    if not found:
        raise wrong("not_a_time")
    zone = (found[4] or "").replace("Z", "+00:00")
    try:
        return time.fromisoformat(f"{found[1]:0>2}:{found[2]}:{found[3] or '00'}{zone}")
    except ValueError as error:
        raise wrong("not_a_time") from error


def read_moment(value: Any) -> datetime:
    """Read a day with an hour."""
    parts = _BETWEEN.split(_text(value, "not_a_date_and_time"), maxsplit=1)
    if len(parts) != 2:
        raise wrong("not_a_date_and_time")
    return datetime.combine(read_date(parts[0]), read_time(parts[1]))


def _text(value: Any, key: str) -> str:
    if not isinstance(value, str) or len(value) > MAX_LENGTH:
        raise wrong(key)
    return value.strip()


def settle_moment(value: date | time | datetime, zone: Zone, now: datetime) -> str:
    """Give a moment as text, in the way the form keeps hours.

    The zone of `now` is the zone in which the person typed.
    """
    if isinstance(value, datetime):
        return _written(_in_zone(value, now), zone)
    if isinstance(value, time):
        return _written(_in_zone(datetime.combine(now.date(), value), now), zone).partition("T")[2]
    return value.isoformat()


def _in_zone(moment: datetime, now: datetime) -> datetime:
    return moment.astimezone(now.tzinfo) if moment.tzinfo else moment.replace(tzinfo=now.tzinfo)


def _written(moment: datetime, zone: Zone) -> str:
    if zone is Zone.UTC:
        moment = moment.astimezone(UTC)
    seconds = "seconds" if moment.second else "minutes"
    text = moment.replace(tzinfo=None).isoformat(timespec=seconds)
    if zone is Zone.NONE:
        return text
    if zone is Zone.UTC:
        return f"{text}Z"
    offset = moment.strftime("%z")
    return f"{text}{offset[:3]}:{offset[3:5]}"


def check_not_passed(value: date | time | datetime, now: datetime) -> None:
    """Refuse a day before today."""
    if isinstance(value, datetime):
        value = _in_zone(value, now).date()
    if isinstance(value, date) and value < now.date():
        raise wrong("date_passed", today=now.date().isoformat())


def is_moment(value: Any) -> bool:
    """Say whether a text is a day, or a day with its hour, as programs write them."""
    return isinstance(value, str) and _ISO_DAY.match(value) is not None and find_day(value) is not None


def find_day(value: Any, now: datetime | None = None) -> date | None:
    """Read the day of a limit, which an expression gives as text; what is no day does not limit."""
    if not isinstance(value, str):
        return None
    try:
        if _ISO_DAY.fullmatch(value.strip()):
            return date.fromisoformat(value.strip())
        return _day_of(datetime.fromisoformat(value.strip()), now)
    except ValueError:
        return None


def _day_of(moment: datetime, now: datetime | None) -> date:
    return (_in_zone(moment, now) if now else moment).date()


def check_within(
    value: date | time | datetime, earliest: date | None, latest: date | None, now: datetime
) -> None:
    """Refuse a day before the first or after the last that is allowed."""
    if isinstance(value, time):
        return
    day = _day_of(value, now) if isinstance(value, datetime) else value
    if earliest is not None and day < earliest:
        raise wrong("date_too_early", day=earliest.isoformat())
    if latest is not None and day > latest:
        raise wrong("date_too_late", day=latest.isoformat())


READERS: dict[Moment, Callable[[Any], date | time | datetime]] = {
    Moment.DATE: read_date,
    Moment.TIME: read_time,
    Moment.DATE_AND_TIME: read_moment,
}
