"""The arithmetic of days off: what is due comes later by the days of a break, whole days only.

Everything here is told the wall clock of the organisation: days begin at its own midnight.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

Break = tuple[date, date]
"""The first and the last day on which nobody is expected to act."""

_DAY = timedelta(days=1)
_END_OF_DAY = time(23, 59)
_SATURDAY = 5


def merged(breaks: Iterable[Break]) -> list[Break]:
    """Return the same days off as breaks that do not overlap, in order."""
    apart: list[Break] = []
    for since, until in sorted(breaks):
        if apart and since <= apart[-1][1]:
            apart[-1] = (apart[-1][0], max(apart[-1][1], until))
        else:
            apart.append((since, until))
    return apart


def days_off(after: date, last: date, breaks: Sequence[Break]) -> int:
    """Count the days of merged breaks after a day, up to the last one and including it."""
    return sum(
        max(0, (min(last, until) - max(after + _DAY, since)).days + 1)
        for since, until in breaks
        if since <= last
    )


def is_long(since: datetime, until: datetime) -> bool:
    """Say whether a wait is long enough to be stretched: an hour of grace stays an hour."""
    return until - since > _DAY


def stretched(since: datetime, until: datetime, breaks: Iterable[Break]) -> datetime:
    """Move the end of a wait by the days off inside it, and by those that it reaches by moving."""
    off = merged(breaks)
    due = until
    while (moved := until + days_off(since.date(), due.date(), off) * _DAY) != due:
        due = moved
    return due


def on_working_day(moment: datetime, breaks: Iterable[Break]) -> datetime:
    """Move a moment of a weekend or a break to the end of the next working day."""
    off = merged(breaks)
    day = moment.date()
    while _is_off(day, off):
        day += _DAY
    return moment if day == moment.date() else datetime.combine(day, _END_OF_DAY, moment.tzinfo)


def left(since: datetime, until: datetime, stopped: datetime, breaks: Iterable[Break]) -> timedelta | None:
    """Say how much of a wait was left when its case stood still; None when it was over."""
    off = merged(breaks)
    due = stretched(since, until, off)
    if due <= stopped:
        return None
    return due - stopped - days_off(stopped.date(), due.date(), off) * _DAY


def _is_off(day: date, breaks: Sequence[Break]) -> bool:
    return day.weekday() >= _SATURDAY or any(since <= day <= until for since, until in breaks)
