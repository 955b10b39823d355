"""A clock that runs through a year in seconds, and what happens by itself on the way.

Days are cut into slots. In each slot people act first, one after another and never at the same instant;
then happens by itself what is due (timers, messages, cases that were asked for), so that two runs with
the same chances write the same journal.
"""

import math
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

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
        self.next_due: datetime | None = begin
        self.stalled: list[str] = []

    def now(self) -> datetime:
        return self._at

    def move_to(self, at: datetime) -> None:
        """Let the clock go on to a moment; it never goes back."""
        self._at = max(self._at, at)

    def act(self, actor: Actor, act: Callable[[Work], Result]) -> Result:
        """Carry an act out now, in a transaction of its own, as somebody."""
        self._at += _BETWEEN_ACTS
        return carry_out(self._sessions, actor, act, clock=self.now)

    def _act_at_once(self, act: Callable[[Work], Result]) -> Result:
        """Carry out what happens by itself: it takes no time, so that the order of two acts is nothing."""
        return carry_out(self._sessions, SYSTEM, act, clock=self.now)

    def slot_after(self, planned: datetime | None, until: datetime) -> datetime:
        """Return the end of the next slot in which something is to happen; the days between are skipped."""
        due = [moment for moment in (planned, self.next_due) if moment]
        slots = max(math.ceil((min(due, default=until) - self._at) / SLOT), 1)
        return min(self._at + slots * SLOT, until)

    def happen_by_itself(self) -> int:
        """Fire what is due and do what waits for the worker, until nothing is left."""
        happened = 0
        while self._something_waits():
            while self._fire():
                happened += 1
            happened += do_errands(self._act_at_once)
        return happened

    def _something_waits(self) -> bool:
        """Ask for both at once, and when the next timer is due."""

        def ask(work: Work) -> tuple[bool, datetime | None]:
            waits, due = work.session.execute(select(errands_wait(), earliest_due())).one()
            return waits, due

        waits, self.next_due = carry_out(self._sessions, SYSTEM, ask, clock=self.now)
        return waits or (self.next_due is not None and self.next_due <= self._at)

    def _fire(self) -> bool:
        try:
            return self._act_at_once(fire_next_timer) is not None
        except Stalled as stalled:
            self.stalled.append(f"{stalled.element_name or stalled.element}: {stalled.reason}")
            return True
