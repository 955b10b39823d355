"""A clock that runs through a year in seconds, and everything that happens on the way, in the order of time.

Days are cut into slots. In each slot people act first, one after another and never at the same instant;
then happens by itself what is due (timers, messages, cases that were asked for), so that two runs with
the same chances write the same journal.
"""

import heapq
import math
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from workflows.errands import do_errands, errands_wait
from workflows.operations.timers import fire_next_timer
from workflows.queries.timers import earliest_due
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
        self._next_due: datetime | None = begin
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
            slot_ends = min(self._next_slot(until), until)
            if self._happen(slot_ends):
                look()
            self._at = max(self._at, slot_ends)

    def _next_slot(self, until: datetime) -> datetime:
        """Return the end of the next slot in which something is to happen; the days between are skipped."""
        due = [moment for moment in (self._agenda[0][0] if self._agenda else None, self._next_due) if moment]
        slots = max(math.ceil((min(due, default=until) - self._at) / SLOT), 1)
        return self._at + slots * SLOT

    def _happen(self, slot_ends: datetime) -> int:
        """First people act, each at their moment; then what is due by then, and what the worker would do."""
        happened = 0
        while self._agenda and self._agenda[0][0] <= slot_ends:
            at, _name, _number, act = heapq.heappop(self._agenda)
            self._at = max(self._at, at)
            act()
            happened += 1
        self._at = max(self._at, slot_ends)
        return happened + self._by_itself()

    def _by_itself(self) -> int:
        """Fire what is due and do what waits for the worker, until nothing is left."""
        happened = 0
        while self._something_waits():
            while self._fire():
                happened += 1
            happened += do_errands(partial(self.act, SYSTEM))
        return happened

    def _something_waits(self) -> bool:
        """Ask for both at once, and when the next timer is due."""
        with self._sessions() as session:
            waits, self._next_due = session.execute(select(errands_wait(), earliest_due())).one()
            session.commit()
        return waits or (self._next_due is not None and self._next_due <= self._at)

    def _fire(self) -> bool:
        try:
            return self.act(SYSTEM, fire_next_timer) is not None
        except Stalled as stalled:
            self.stalled.append(f"{stalled.element_name or stalled.element}: {stalled.reason}")
            return True
