"""The roadmap drawn over time: where each bar begins and how long it is, in per cent of the programme."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date
from flask_babel import get_locale

from models.programmes import ProgrammeStatus, RoadmapItem
from webapp.pages.programmes.desk import Desk
from workflows.queries.programmes.roadmap import MeasureState, Span, state_of

ROOM_FOR_A_MONTH = 5.0
"""A month's name needs so much of the width, or it is left out."""


@dataclass(frozen=True)
class Bar:
    """A bar, from here and so long, in per cent."""

    start: float
    length: float
    look: str

    @property
    def end(self) -> float:
        return self.start + self.length


@dataclass(frozen=True)
class Row:
    """A line of the chart: the name, the bars on it."""

    name: str
    is_stage: bool
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Chart:
    """The whole drawing."""

    months: tuple[tuple[str, float], ...]
    years: tuple[tuple[str, float], ...]
    rows: tuple[Row, ...]
    today: float | None


@dataclass(frozen=True)
class Scale:
    """The days that are drawn."""

    first: date
    last: date

    def at(self, day: date) -> float:
        """Say where a day stands."""
        days = (min(max(day, self.first), self.last) - self.first).days
        return round(100 * days / max((self.last - self.first).days, 1), 2)

    def bar(self, first: date, last: date, look: str) -> Bar:
        """Draw from the morning of a day to the evening of another."""
        start = self.at(first)
        return Bar(start, round(max(self.at(last + timedelta(days=1)) - start, 0.6), 2), look)


def chart(desk: Desk, items: Sequence[RoadmapItem], spans: dict[int, Span]) -> Chart:
    """Draw these measures, each under its stage."""
    today = desk.view.today
    scale = scale_of(desk, items, spans)
    is_running = desk.programme.status is ProgrammeStatus.RUNNING
    is_shown = is_running and scale.first <= today <= scale.last
    rows = tuple(rows_of(desk, items, spans, scale))
    return Chart(tuple(months(scale)), tuple(years(scale)), rows, scale.at(today) if is_shown else None)


def scale_of(desk: Desk, items: Sequence[RoadmapItem], spans: dict[int, Span]) -> Scale:
    """Take in the programme, what was done late, and stages that went on for longer."""
    programme = desk.programme
    days = [programme.starts_on, programme.ends_on]
    days += [one for item in items for one in (item.due_on, item.done_on) if one]
    days += [one for span in spans.values() for one in (span.began_on, span.ended_on) if one]
    return Scale(min(days).replace(day=1), end_of_month(max(days)))


def end_of_month(day: date) -> date:
    """Return the first day of the month that follows."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def months(scale: Scale) -> Iterator[tuple[str, float]]:
    """Name the months, as many as there is room for."""
    day, before = scale.first, -ROOM_FOR_A_MONTH
    while day < scale.last:
        place = scale.at(day)
        if place - before >= ROOM_FOR_A_MONTH and place <= 100 - ROOM_FOR_A_MONTH / 2:
            yield format_date(day, "LLL", locale=get_locale()), place
            before = place
        day = end_of_month(day)


def years(scale: Scale) -> Iterator[tuple[str, float]]:
    """Name each year where it begins, the first one where the chart does."""
    for year in range(scale.first.year, scale.last.year + 1):
        place = scale.at(date(year, 1, 1))
        if place <= 100 - ROOM_FOR_A_MONTH:
            yield str(year), place


def rows_of(desk: Desk, items: Sequence[RoadmapItem], spans: dict[int, Span], scale: Scale) -> Iterator[Row]:
    """Draw each stage as it went, and below it its measures."""
    for number in sorted({item.stage for item in items}):
        span = spans[number]
        bars = []
        if span.began_on:
            until = span.ended_on or min(max(desk.view.today, span.began_on), scale.last)
            bars.append(scale.bar(span.began_on, until, "is-real"))
        yield Row(f"{number}. {desk.stage(number)}", True, tuple(bars))
        for item in items:
            if item.stage == number:
                yield Row(desk.say(item.measure), False, tuple(bars_of(item, span, desk.view.today, scale)))


def bars_of(item: RoadmapItem, span: Span, today: date, scale: Scale) -> Iterator[Bar]:
    """Draw a measure: from when its stage began, or is to begin, to when it is due; and how late it was."""
    state = state_of(item, today)
    begins = span.planned_from if span.began_on is None else min(span.began_on, span.planned_from)
    first = min(begins, item.due_on)
    late_until = item.done_on or (today if state is MeasureState.OVERDUE else None)
    if item.done_on and item.done_on < item.due_on:
        yield scale.bar(min(first, item.done_on), item.done_on, "is-done")
        return
    yield scale.bar(first, item.due_on, "is-done" if state is MeasureState.DONE else f"is-{state.value}")
    if late_until and late_until > item.due_on:
        yield scale.bar(item.due_on + timedelta(days=1), late_until, "is-late")
