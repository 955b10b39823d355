"""A clock that runs through a year in seconds, and the acts that are carried out at its moments.

Days are cut into slots, of which people use the first of each day. In each slot people act first, one
after another and never at the same instant; then happens by itself what is due (timers, messages, cases
that were asked for), so that two runs with the same chances write the same journal.
"""

import math
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from workflows.errands import errands_wait
from workflows.queries.timers import earliest_due
from workflows.transaction import carry_out
from workflows.work import SYSTEM, Actor, Work

Result = TypeVar("Result")

SLOT = timedelta(hours=12)
_DAY = timedelta(days=1)
_BETWEEN_ACTS = timedelta(seconds=1)


class Clockwork:
    """Carries acts out at the moments of a virtual clock."""

    def __init__(self, sessions: sessionmaker[Session], begin: datetime) -> None:
        self._sessions, self._begin, self._at = sessions, begin, begin
        self.next_due: datetime | None = begin

    def now(self) -> datetime:
        return self._at

    def move_to(self, at: datetime) -> None:
        """Let the clock go on to a moment; it never goes back."""
        self._at = max(self._at, at)

    def act(self, actor: Actor, act: Callable[[Work], Result]) -> Result:
        """Carry an act out now, in a transaction of its own, as somebody."""
        self._at += _BETWEEN_ACTS
        return carry_out(self._sessions, actor, act, clock=self.now)

    def act_at_once(self, act: Callable[[Work], Result]) -> Result:
        """Carry out what happens by itself: it takes no time, so that the order of two acts is nothing."""
        return carry_out(self._sessions, SYSTEM, act, clock=self.now)

    def by_day(self, at: datetime) -> datetime:
        """Return the moment of the same day at which somebody who is awake would do it."""
        days, of_day = divmod(at - self._begin, _DAY)
        return self._begin + days * _DAY + of_day * (SLOT / _DAY)

    def slot_after(self, planned: datetime | None, until: datetime) -> datetime:
        """Return the end of the next slot in which something is to happen; the days between are skipped."""
        due = min((moment for moment in (planned, self.next_due) if moment), default=until)
        slots = math.ceil((max(due, self._at + _BETWEEN_ACTS) - self._begin) / SLOT)
        return min(self._begin + slots * SLOT, until)

    def something_waits(self) -> bool:
        """Say whether something is due or has been asked for, and note when the next timer is due."""

        def ask(work: Work) -> tuple[bool, datetime | None]:
            waits, due = work.session.connection().execute(_WAITS).one()
            return waits, due

        waits, self.next_due = self.act_at_once(ask)
        return waits or (self.next_due is not None and self.next_due <= self._at)


_WAITS = select(errands_wait(), earliest_due())
