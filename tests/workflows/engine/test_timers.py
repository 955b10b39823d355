"""Dates, durations and cycles, by a clock that is passed in."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.engine import timers

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)
MOSCOW = ZoneInfo("Europe/Moscow")


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("P14D", datetime(2026, 2, 14, 12, tzinfo=UTC)),
        ("PT1H30M", datetime(2026, 1, 31, 13, 30, tzinfo=UTC)),
        ("P1M", datetime(2026, 2, 28, 12, tzinfo=UTC)),
        ("P1Y1M", datetime(2027, 2, 28, 12, tzinfo=UTC)),
        ("P2W", datetime(2026, 2, 14, 12, tzinfo=UTC)),
        ("-P1D", NOON + timedelta(minutes=1)),
        ("PT0S", NOON + timedelta(minutes=1)),
        ("PT0.5S", NOON + timedelta(minutes=1)),
        ("2026-01-30T12:00:00Z", datetime(2026, 1, 30, 12, tzinfo=UTC)),
        ("2026-05-31", datetime(2026, 5, 31, tzinfo=UTC)),
        ("2026-05-31T12:00:00", datetime(2026, 5, 31, 12, tzinfo=UTC)),
        ("2026-05-31T12:00:00+03:00", datetime(2026, 5, 31, 9, tzinfo=UTC)),
        ("2026-05-31T12:00:00@Europe/Moscow", datetime(2026, 5, 31, 9, tzinfo=UTC)),
        ("2026-05-31T12:00:00Z", datetime(2026, 5, 31, 12, tzinfo=UTC)),
    ],
)
def test_a_moment_is_a_date_a_time_or_a_span_from_now(text: str, due: datetime) -> None:
    assert timers.moment(text, now=NOON) == due


def test_a_date_without_a_zone_is_one_of_the_clock() -> None:
    assert timers.moment("2026-05-31", now=NOON.astimezone(MOSCOW)) == datetime(2026, 5, 30, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "P",
        "PT",
        "P1H",
        "1D",
        "P1.5M",
        "2026-13-01",
        "tomorrow",
        "2026-05-31@Nowhere",
        "P99999Y",
        5,
        None,
        [],
        "R3/P7D",
    ],
)
def test_what_is_no_moment_is_refused(text: object) -> None:
    with pytest.raises(timers.TimerProblem):
        timers.moment(text, now=NOON)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "R",
        "R/",
        "R-1/P1D",
        "R3",
        "R3/P0D",
        "R0/P1D",
        "R3/P1D/P1D",
        "P7D",
        7,
        "R3/-P7D",
        "R3/2026-01-01/2026-02-01",
    ],
)
def test_what_is_no_cycle_is_refused(text: object) -> None:
    with pytest.raises(timers.TimerProblem):
        timers.cycle(text).anchor(NOON)


def turns(text: str, asked_at: list[timedelta]) -> list[timedelta]:
    """Fire a cycle at these times after its start; say which dates came due."""
    cycle = timers.cycle(text)
    anchor, turn = cycle.anchor(NOON)
    due: list[timedelta] = []
    following: int | None = turn
    for at in asked_at:
        assert following is not None
        due.append(cycle.due(anchor, following) - NOON)
        following = cycle.next_turn(anchor, following, NOON + at)
    return due if following is not None else [*due, timedelta()]


def days(*numbers: float) -> list[timedelta]:
    return [timedelta(days=number) for number in numbers]


def test_a_cycle_comes_as_often_as_it_says() -> None:
    assert turns("R3/P7D", days(7, 14, 21)) == [*days(7, 14, 21), timedelta()]


def test_dates_that_passed_together_fire_once() -> None:
    assert turns("R3/P7D", days(15, 21)) == [*days(7, 21), timedelta()]


def test_a_late_turn_does_not_move_the_next() -> None:
    assert turns("R/P1D", days(1.4, 2.1, 9.5, 10)) == days(1, 2, 3, 10)


def test_a_cycle_that_began_in_the_past_is_due_at_once_and_then_on_its_dates() -> None:
    assert turns("R/2026-01-11T12:00:00Z/P7D", days(0, 1)) == days(-6, 1)
    assert turns("R2/2026-01-01T12:00:00Z/P7D", days(0)) == [*days(-23), timedelta()]


def test_a_monthly_cycle_keeps_to_its_day_of_the_month() -> None:
    cycle = timers.cycle("R/P1M")
    dates = [cycle.due(NOON, turn).date().isoformat() for turn in range(1, 5)]
    assert dates == ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]


@given(st.integers(0, 40), st.integers(1, 400), st.integers(0, 100_000))
def test_the_next_turn_is_always_the_first_in_the_future(months: int, hours: int, later: int) -> None:
    cycle = timers.cycle(f"R/P{months}MT{hours}H")
    anchor, turn = cycle.anchor(NOON)
    now = NOON + timedelta(hours=later)
    following = cycle.next_turn(anchor, turn, now)
    assert following is not None
    assert cycle.due(anchor, following) > now or following == turn + 1
    assert following == turn + 1 or cycle.due(anchor, following - 1) <= now
