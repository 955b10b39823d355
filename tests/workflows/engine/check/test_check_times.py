"""Durations, dates and repetitions as diagrams write them."""

import pytest

from workflows.engine.check import times


@pytest.mark.parametrize("text", ["P14D", "PT2H", "P1Y2M3DT4H5M6S", "P2W", "PT0.5S", "P1M"])
def test_durations(text: str) -> None:
    assert times.is_duration(text)


@pytest.mark.parametrize(
    "text",
    ["", "P", "PT", "P0D", "PT0S", "14D", "P1DT", "P-1D", "-P1D", "P1W2D", "P1H", "P101Y", "p1d", "P1D "],
)
def test_what_is_no_duration(text: str) -> None:
    assert not times.is_duration(text)


@pytest.mark.parametrize("text", ["R3/P7D", "R/PT1H", "R/PT1M", "R/PT60S", "R/2026-09-01T08:00:00Z/P1M"])
def test_cycles(text: str) -> None:
    assert times.is_cycle(text)


@pytest.mark.parametrize(
    "text",
    [
        "P7D",
        "R",
        "R3",
        "R0/P7D",
        "R3/P0D",
        "R/PT1S",
        "R/PT0.5S",
        "R/PT59S",
        "R3/",
        "0 9 * * 1",
        "R/2026-09-01T08:00:00/P1M",
        "R/P1D/P1D",
    ],
)
def test_what_is_no_cycle(text: str) -> None:
    assert not times.is_cycle(text)


@pytest.mark.parametrize(
    ("text", "exists", "zoned"),
    [
        ("2026-05-31T12:00:00+03:00", True, True),
        ("2026-05-31T12:00Z", True, True),
        ("2026-05-31T12:00:00", True, False),
        ("2026-02-30T12:00:00Z", False, False),
        ("2026-05-31", False, False),
    ],
)
def test_instants(text: str, exists: bool, zoned: bool) -> None:
    assert times.is_instant(text) is exists
    assert times.has_zone(text) is zoned
