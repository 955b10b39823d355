"""Time something, and keep what was found as rows of one table."""

import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Finding:
    """One line of the table: what was measured, the figure, and the bar it must keep."""

    what: str
    figure: str
    bar: str = ""
    kept: bool | None = None


def at_most(what: str, ratio: float, bar: float) -> Finding:
    return Finding(what, f"{ratio:.2f}", f"≤ {bar:g}", ratio <= bar)


def at_least(what: str, ratio: float, bar: float) -> Finding:
    return Finding(what, f"{ratio:.2f}", f"≥ {bar:g}", ratio >= bar)


def plain(what: str, milliseconds: float) -> Finding:
    return Finding(what, f"{milliseconds:.3f} ms")


def timed(call: Callable[[], Any]) -> float:
    """Return the milliseconds of one call."""
    began = time.perf_counter()
    call()
    return (time.perf_counter() - began) * 1000


def median_in_turn(calls: dict[str, Callable[[], Any]], *, runs: int, warm_up: int = 3) -> dict[str, float]:
    """Return each call's median in milliseconds; the calls take turns, so that drift hits all alike."""
    for call in calls.values():
        for _ in range(warm_up):
            call()
    gc.collect()
    figures: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(runs):
        for name, call in calls.items():
            figures[name].append(timed(call))
    return {name: statistics.median(values) for name, values in figures.items()}
