"""A clock that runs through a year in seconds, and everything that happens on the way, in the order of time.

Days are cut into slots. In each slot first what is due happens by itself (timers, messages, cases that
were asked for), then people act, one after another and never at the same instant, so that two runs with
the same chances write the same journal.
"""

import heapq
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from sqlalchemy.orm import Session, sessionmaker

from workflows.errands import do_errands
from workflows.operations.timers import fire_next_timer
from workflows.refusals import Stalled
from workflows.transaction import carry_out
from workflows.work import SYSTEM, Actor, Work

Result = TypeVar("Result")

SLOT = timedelta(hours=3)
_BETWEEN_ACTS = timedelta(seconds=1)


class Clockwork:
    """Carries acts out at the moments of a virtual clock."""

    def __init__(self, sessions: sessionmaker[Session], begin: datetime) -> None:
        self._sessions, self._at = sessions, begin
        self._agenda: list[tuple[datetime, str, int, Callable[[], Any]]] = []
        self._noted = 0
        self.stalled: list[str] = []

    def now(self) -> datetime:
        return self._at

    def note(self, at: datetime, name: str, act: Callable[[], Any]) -> None:
        """Put an act on the agenda; `name` says which of two at the same moment comes first."""
        self._noted += 1
        heapq.heappush(self._agenda, (max(at, self._at), name, self._noted, act))

    def act(self, actor: Actor, act: Callable[[Work], Result]) -> Result:
        """Carry an act out now, in a transaction of its own, as somebody."""
        self._at += _BETWEEN_ACTS
        return carry_out(self._sessions, actor, act, clock=self.now)

    def run(self, until: datetime, look: Callable[[], Any]) -> None:
        """Let time pass; `look` is called after every slot in which something happened."""
        while self._at < until:
            slot_ends = min(self._at + SLOT, until)
            if self._happen(slot_ends):
                look()
            self._at = max(self._at, slot_ends)

    def _happen(self, slot_ends: datetime) -> int:
        happened = self._by_itself()
        while self._agenda and self._agenda[0][0] <= slot_ends:
            at, _name, _number, act = heapq.heappop(self._agenda)
            self._at = max(self._at, at)
            act()
            happened += 1 + self._by_itself()
        return happened

    def _by_itself(self) -> int:
        """Fire what is due and do what waits for the worker."""
        happened = 0
        while self._fire():
            happened += 1
        return happened + do_errands(partial(self.act, SYSTEM))

    def _fire(self) -> bool:
        try:
            return self.act(SYSTEM, fire_next_timer) is not None
        except Stalled as stalled:
            self.stalled.append(f"{stalled.element_name or stalled.element}: {stalled.reason}")
            return True
