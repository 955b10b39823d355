"""ISO 8601 as timers use it: durations, instants, repetitions."""

import re
from datetime import datetime

_DATE_PART = r"(?:(?P<years>\d{1,3})Y)?(?:(?P<months>\d{1,4})M)?(?:(?P<days>\d{1,5})D)?"
_SECONDS = r"(?:(?P<seconds>\d{1,9}(?:\.\d{1,6})?)S)?"
_TIME_PART = rf"(?:T(?=\d)(?:(?P<hours>\d{{1,6}})H)?(?:(?P<minutes>\d{{1,7}})M)?{_SECONDS})?"
_DURATION = re.compile(rf"P(?=\d|T)(?:(?P<weeks>\d{{1,4}})W|{_DATE_PART}{_TIME_PART})")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?P<zone>Z|[+-]\d\d:\d\d)?")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DAYS = {"years": 366, "months": 31, "weeks": 7, "days": 1}
_HOURS = {"hours": 1, "minutes": 1 / 60, "seconds": 1 / 3600}
# Nobody is mentored for longer, and the calendar of the machine ends somewhere.
_MOST_DAYS = 36_600
# A minute, a little less for the rounding: whoever wakes up more often only fills the journal.
_FEWEST_DAYS_OF_A_CYCLE = 0.999 / (24 * 60)


def is_duration(text: str) -> bool:
    """Say whether this is a duration that a timer can wait for: `P14D`, `PT1H30M`."""
    days = _days(text)
    return days is not None and 0 < days <= _MOST_DAYS


def is_instant(text: str) -> bool:
    """Say whether this is a date and time, with or without its zone."""
    return _INSTANT.fullmatch(text) is not None and _exists(text)


def is_day(text: str) -> bool:
    """Say whether this is a date without a time."""
    return _DAY.fullmatch(text) is not None and _exists(text)


def has_zone(text: str) -> bool:
    """Say whether a date and time names its offset from UTC."""
    match = _INSTANT.fullmatch(text)
    return match is not None and match["zone"] is not None and _exists(text)


def is_cycle(text: str) -> bool:
    """Say whether this is a repetition with a pause: `R3/P7D`, `R/2026-09-01T08:00:00Z/P1M`."""
    count, *start, duration = text.split("/") if "/" in text else ("", "")
    if not re.fullmatch(r"R(?!0+$)\d{0,4}", count) or len(start) > 1 or not all(map(has_zone, start)):
        return False
    days = _days(duration)
    return days is not None and _FEWEST_DAYS_OF_A_CYCLE <= days <= _MOST_DAYS


def _days(duration: str) -> float | None:
    """Return how long a duration is, in days; None if it is none."""
    match = _DURATION.fullmatch(duration)
    if match is None:
        return None
    days = sum(float(match[unit] or 0) * length for unit, length in _DAYS.items())
    hours = sum(float(match[unit] or 0) * length for unit, length in _HOURS.items())
    return days + hours / 24


def _exists(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
