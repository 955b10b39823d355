"""When a timer is due, by the clock that is passed in: ISO 8601 dates, durations and cycles.

A date or a time without a zone is taken in the zone of that clock. A cycle is a row of dates counted from
its anchor; dates that passed together fire once.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from workflows.engine.step_reasons import Explained

_DURATION = re.compile(
    r"(?P<sign>[-+])?P(?=[\dT])(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<weeks>\d+)W)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=\d)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:[.,]\d+)?)S)?)?"
)


SHORTEST_PAUSE = timedelta(minutes=1)
"""A case that wakes up more often than this does nothing for anybody, and fills the journal for ever."""


class TimerProblem(Explained, ValueError):
    """The text is no date, duration or cycle."""


@dataclass(frozen=True)
class Duration:
    """Months of the calendar and a span of exact length."""

    months: int
    span: timedelta

    @property
    def is_positive(self) -> bool:
        return (self.months, self.span) > (0, timedelta()) or (self.months >= 0 and self.span > timedelta())

    def after(self, start: datetime, times: int = 1) -> datetime:
        """Add it so many times to `start`; the 31st becomes the last day of a shorter month."""
        try:
            month = start.year * 12 + start.month - 1 + self.months * times
            shifted = _on_last_possible_day(start, month // 12, month % 12 + 1)
            return shifted + self.span * times
        except (OverflowError, ValueError) as problem:
            raise TimerProblem("beyond_calendar") from problem

    def times_until(self, start: datetime, end: datetime) -> int:
        """How many whole durations lie between `start` and `end`."""
        if not self.months:
            return max(0, (end - start) // self.span)
        longest = timedelta(days=31 * self.months) + self.span
        times = max(0, (end - start) // longest)
        while self.after(start, times + 1) <= end:
            times += 1
        return times


def _on_last_possible_day(start: datetime, year: int, month: int) -> datetime:
    first_of_next = date(year + month // 12, month % 12 + 1, 1)
    last_day = (first_of_next - timedelta(days=1)).day
    return start.replace(year=year, month=month, day=min(start.day, last_day))


def duration(text: str) -> Duration:
    """Read an ISO duration, such as P14D or P1MT12H."""
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise TimerProblem("not_a_duration", text=text)
    part = {
        name: float((value or "0").replace(",", "."))
        for name, value in match.groupdict().items()
        if name != "sign"
    }
    sign = -1 if match["sign"] == "-" else 1
    try:
        span = timedelta(**{name: part[name] for name in ("weeks", "days", "hours", "minutes", "seconds")})
    except OverflowError as problem:
        raise TimerProblem("duration_too_long", text=text) from problem
    return Duration(sign * int(part["years"] * 12 + part["months"]), sign * span)


def is_duration(text: str) -> bool:
    return text.strip().lstrip("+-").startswith("P")


def instant(text: str, *, now: datetime) -> datetime:
    """Read an ISO date or date-time."""
    body, _, zone = text.strip().partition("@")
    try:
        zoned = ZoneInfo(zone) if zone else now.tzinfo
        if len(body) == len("2026-05-31"):
            return datetime.combine(date.fromisoformat(body), time(), zoned).astimezone(UTC)
        read = datetime.fromisoformat(body)
        return (read if read.tzinfo else read.replace(tzinfo=zoned)).astimezone(UTC)
    except (ValueError, OverflowError, ZoneInfoNotFoundError) as problem:
        raise TimerProblem("not_a_moment", text=text) from problem


def moment(value: Any, *, now: datetime) -> datetime:
    """Say when: at a date, at a date-time, or so long after now.

    However short a duration is, there is a pause: a case that turns in a circle over it must not spin.
    A date that has passed is over once and for all, and so it may be at once.
    """
    if not isinstance(value, str):
        raise TimerProblem("moment_not_text", value=repr(value))
    if is_duration(value):
        return max(duration(value).after(now), now + SHORTEST_PAUSE).astimezone(UTC)
    return instant(value, now=now)


@dataclass(frozen=True)
class Cycle:
    """`R3/P7D`, `R/P1D`, `R3/2026-09-01T08:00:00Z/P7D`: `repeats` is None when it never ends."""

    repeats: int | None
    start: str | None
    period: Duration

    def anchor(self, now: datetime) -> tuple[datetime, int]:
        """Give the date the cycle counts from, and its turn that is due next."""
        if self.start is None:
            return now, 1
        start = instant(self.start, now=now)
        return start, self._limited(self.period.times_until(start, now) if start < now else 0, first=0)

    def due(self, anchor: datetime, turn: int) -> datetime:
        return self.period.after(anchor, turn).astimezone(UTC)

    def next_turn(self, anchor: datetime, turn: int, now: datetime) -> int | None:
        """Give the turn after `turn` that has not passed yet; None when it was the last."""
        following = max(turn, self.period.times_until(anchor, now)) + 1
        return following if following == self._limited(following, first=0 if self.start else 1) else None

    def _limited(self, turn: int, *, first: int) -> int:
        return turn if self.repeats is None else min(turn, first + self.repeats - 1)


def cycle(text: Any) -> Cycle:
    """Read an ISO cycle."""
    if not isinstance(text, str) or not (match := re.fullmatch(r"R(\d*)((?:/[^/]+){1,2})", text.strip())):
        raise TimerProblem("not_a_cycle", text=text)
    *start, period = match[2][1:].split("/")
    read = Cycle(int(match[1]) if match[1] else None, start[0] if start else None, duration(period))
    if not read.period.is_positive or (not read.period.months and read.period.span < SHORTEST_PAUSE):
        raise TimerProblem("cycle_without_pause", text=text)
    if read.repeats == 0:
        raise TimerProblem("cycle_never_fires", text=text)
    return read
