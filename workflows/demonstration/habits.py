"""When people do their tasks and what they answer, where it matters for how things go on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any


class NotYet(Exception):
    """Nobody would do this today: it is tried again some days later."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What a person knows who is about to answer."""

    chance: Random
    now: datetime
    day: float
    """The day of the year that is played."""
    number: int
    """How often this task of this case has come to somebody."""
    known: Mapping[str, Any]

    def values(self, name: str) -> list[Any]:
        """Return the values that can be chosen from something known."""
        return [one["value"] for one in self.known.get(name) or [] if isinstance(one, Mapping)]


Wanted = Callable[[Turn], Mapping[str, Any]]


def nothing(_turn: Turn) -> Mapping[str, Any]:
    """Want nothing special: any fitting answer will do."""
    return {}


@dataclass(frozen=True, slots=True)
class Habit:
    """How somebody goes about a kind of task."""

    days: tuple[float, float] = (0.2, 2.5)
    """How many days after it opened it is done."""
    forgets: float = 0.0
    at_last: float | None = None
    """Who forgot remembers after so many days, when others have asked; without it never."""
    not_before: float = 0
    """The day of the year before which nobody would do it."""
    rests: bool = True
    """Whether it is left alone on Saturdays and Sundays."""
    wanted: Wanted = nothing
    by_heart: bool = False
    """What is wanted is the whole answer: the form need not be looked at."""
    again_after: float = 0
    """When it is refused because others are not ready: so many days until the next attempt."""


def fixed(**answers: Any) -> Wanted:
    """Answer always the same."""
    return lambda _turn: answers


def mostly(key: str, /, **weights: float) -> Wanted:
    """Choose one of several answers, by their weights."""
    return lambda turn: {key: turn.chance.choices(list(weights), list(weights.values()))[0]}


def both(*several: Wanted) -> Wanted:
    """Answer what several say."""
    return lambda turn: {key: value for one in several for key, value in one(turn).items()}


def all_of(**names: str) -> Wanted:
    """Choose everything that can be chosen."""
    return lambda turn: {key: turn.values(name) for key, name in names.items()}


def in_days(key: str, first: int, last: int) -> Wanted:
    """Name a day so many days ahead."""
    return lambda turn: {key: _day(turn, turn.chance.randint(first, last))}


def _day(turn: Turn, days: int) -> str:
    return (turn.now + timedelta(days=days)).date().isoformat()
