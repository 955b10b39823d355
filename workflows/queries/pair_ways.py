"""Where a pair stands on the way of its five meetings."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from models.meetings import MeetingKind
from models.pairs import PairStatus
from workflows.records.pair_sets import OVER

OF_PROCESSES: Mapping[str, MeetingKind] = {
    "pair_acquaintance": MeetingKind.ACQUAINTANCE,
    "pair_trial": MeetingKind.TRIAL,
    "pair_planning": MeetingKind.PLANNING,
    "pair_meetings": MeetingKind.WORKING,
    "pair_final": MeetingKind.FINAL,
}
"""Which of the five meetings a process is about."""
_AFTER: Mapping[PairStatus, MeetingKind] = {
    PairStatus.APPROVED: MeetingKind.ACQUAINTANCE,
    PairStatus.ACQUAINTED: MeetingKind.TRIAL,
    PairStatus.TRIED: MeetingKind.PLANNING,
    PairStatus.PLANNED: MeetingKind.WORKING,
    PairStatus.WORKING: MeetingKind.WORKING,
    PairStatus.CONCLUDING: MeetingKind.FINAL,
}
_FOR_GOOD = (MeetingKind.ACQUAINTANCE, MeetingKind.TRIAL)


class State(StrEnum):
    """What became of a meeting: over, what the pair is at, still to come, left out."""

    DONE = "done"
    NOW = "now"
    AHEAD = "ahead"
    PASSED = "passed"


@dataclass(frozen=True)
class Held:
    """How often the pair has met for one of the five, when last, and in which cycle."""

    kind: MeetingKind
    cycle: int
    times: int
    last_on: date


@dataclass(frozen=True)
class WayStep:
    """One of the five meetings on the way of a pair."""

    kind: MeetingKind
    state: State
    times: int
    last_on: date | None


def way_of(
    status: PairStatus, cycle: int, held: Collection[Held], processes: Collection[str] = ()
) -> list[WayStep]:
    """Lay out the five meetings; what is open in its case says best which of them a pair is at."""
    counted = {one.kind: one for one in held if one.cycle == cycle or one.kind in _FOR_GOOD}
    kinds = list(MeetingKind)
    now = None if status in OVER else _now(status, counted, processes)
    here = kinds.index(now) if now else len(kinds)
    return [_step(kind, counted.get(kind), place, here) for place, kind in enumerate(kinds)]


def _now(
    status: PairStatus, held: Mapping[MeetingKind, Held], processes: Collection[str]
) -> MeetingKind | None:
    kinds = list(MeetingKind)
    open_now = [OF_PROCESSES[one] for one in processes if one in OF_PROCESSES]
    if open_now:
        return max(open_now, key=kinds.index)
    if status in _AFTER:
        return _AFTER[status]
    # A pair that stands still is where its last meeting left it.
    last = max((kinds.index(kind) for kind in held), default=-1)
    return kinds[min(last + (0 if last >= kinds.index(MeetingKind.WORKING) else 1), len(kinds) - 1)]


def _step(kind: MeetingKind, held: Held | None, place: int, here: int) -> WayStep:
    times, last_on = (held.times, held.last_on) if held else (0, None)
    if place == here:
        state = State.NOW
    elif place > here:
        state = State.AHEAD
    else:
        state = State.DONE if times else State.PASSED
    return WayStep(kind, state, times, last_on)
