"""A school year of a programme, lived by invented people through the operations of the product."""

import heapq
import uuid
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from workflows.demonstration.clockwork import SLOT, Clockwork
from workflows.demonstration.customs import habit_of
from workflows.demonstration.doing import Waiting, list_waiting
from workflows.demonstration.habits import Habit
from workflows.demonstration.hands import Came, Cast, Chore, Doing, Done, Hand, Hands
from workflows.errands import Errand, list_errands
from workflows.queries.timers import DueTimer, list_due_timers

EVER = datetime.min.replace(tzinfo=UTC)
_FRIDAY = 4
_AT_ONCE = 500


@dataclass
class Lived:
    """What came of the year: who did how much in which week, and what did not work."""

    done: Counter[str] = field(default_factory=Counter)
    by_week: dict[str, Counter[tuple[int, int]]] = field(default_factory=dict)
    forgotten: int = 0
    troubles: list[str] = field(default_factory=list)
    stalled: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def count(self, role: str, element: str, at: datetime) -> None:
        self.done[element] += 1
        year, week, _day = at.isocalendar()
        self.by_week.setdefault(role, Counter())[year, week] += 1


class Year:
    """Looks what waits for whom, and lets everybody do their part in their own time."""

    def __init__(self, clockwork: Clockwork, cast: Cast) -> None:
        self.clockwork, self.cast = clockwork, cast
        self.hands: Hands = Hand(clockwork, cast)
        self.lived = Lived()
        self._agenda: list[tuple[datetime, str, int, Doing | Callable[[], Any]]] = []
        self._noted = 0
        self._seen: set[uuid.UUID] = set()
        self._turns: Counter[str] = Counter()

    def chance(self, name: str) -> Random:
        """Return a chance of its own for everything that has a name, whatever else happens."""
        return self.cast.chance(name)

    def later(self, days: float, name: str, act: Callable[[], Any]) -> None:
        """Put an event of the story on the agenda."""
        self._note(self.cast.begin + timedelta(days=days), name, act)

    def live(self, until: datetime) -> None:
        """Let time pass until a moment."""
        self._look(EVER)
        while self.clockwork.now() < until:
            slot_ends = self.clockwork.slot_after(self._agenda[0][0] if self._agenda else None, until)
            since = self.clockwork.now() - SLOT
            if self._happen(slot_ends):
                self._look(since)

    def _note(self, at: datetime, name: str, item: Doing | Callable[[], Any]) -> None:
        self._noted += 1
        heapq.heappush(self._agenda, (max(at, self.clockwork.now()), name, self._noted, item))

    def _happen(self, slot_ends: datetime) -> int:
        """First people act, each at their moment; then what is due by then, and what the worker would do."""
        doings: list[Doing] = []
        happened = 0
        while self._agenda and self._agenda[0][0] <= slot_ends:
            at, _name, _number, item = heapq.heappop(self._agenda)
            happened += 1
            if isinstance(item, Doing):
                doings.append(item)
            else:
                self.clockwork.move_to(at)
                item()
        for doing, done in self.hands.do_all(doings):
            assert isinstance(doing, Doing)
            self._settle(doing, done)
        self.clockwork.move_to(slot_ends)
        return happened + self.happen_by_itself()

    def happen_by_itself(self) -> int:
        """Fire what is due and do what waits for the worker, until nothing is left."""
        happened = 0
        while self.clockwork.something_waits():
            happened += self._see_to(self.clockwork.act_at_once(partial(list_due_timers, limit=_AT_ONCE)))
            happened += self._see_to(self.clockwork.act_at_once(list_errands))
        return happened

    def _see_to(self, chores: Sequence[DueTimer | Errand]) -> int:
        now = self.clockwork.now()
        for _chore, done in self.hands.do_all([Chore(now, one) for one in chores]):
            if done.came is Came.BROKEN:
                self.lived.stalled.append(done.words)
        return len(chores)

    def _look(self, since: datetime) -> None:
        """Put every task that has begun to wait on the agenda of whoever will do it."""
        # The clocks of two hands differ by what each has done: one looks further back, and knows what
        # was seen.
        for task in self.clockwork.act_at_once(partial(list_waiting, since=since, seen=self._seen)):
            self._seen.add(task.id)
            self._plan(task)

    def _plan(self, task: Waiting) -> None:
        self._turns[task.name] += 1
        number = self._turns[task.name]
        habit = habit_of(task.element, task.role)
        at = self._moment(task, habit, self.chance(f"{task.name}·{number}·when"))
        if at is not None:
            self._note(at, task.name, Doing(at, task, number))

    def _moment(self, task: Waiting, habit: Habit, chance: Random) -> datetime | None:
        """Say when somebody does a task; some never do, until they are reminded or it passes by."""
        if chance.random() < habit.forgets:
            self.lived.forgotten += 1
            late = habit.at_last
            return None if late is None else self.clockwork.by_day(task.opened_at + timedelta(days=late))
        at = max(task.opened_at, self.cast.begin + timedelta(days=habit.not_before))
        at += timedelta(days=chance.uniform(*habit.days))
        if at.weekday() > _FRIDAY and habit.rests:
            at += timedelta(days=7 - at.weekday())
        return self.clockwork.by_day(at)

    def _settle(self, doing: Doing, done: Done) -> None:
        task, habit = doing.task, habit_of(doing.task.element, doing.task.role)
        if done.came is Came.DONE:
            self.lived.count(task.role, task.element, done.at)
        elif done.came is Came.LATE:
            self.lived.forgotten += 1
        elif done.came is not Came.BROKEN and habit.again_after:
            # Others were not ready, or there was nothing to choose from: it is tried again some days later.
            again = done.at + timedelta(days=habit.again_after)
            self._note(again, task.name, replace(doing, at=again, attempt=doing.attempt + 1))
        else:
            self.lived.troubles.append(f"{task.name}: {done.words or done.came}")
