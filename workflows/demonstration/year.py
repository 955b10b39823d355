"""A school year of a programme, lived by invented people through the operations of the product."""

import uuid
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from workflows.demonstration.clockwork import Clockwork
from workflows.demonstration.customs import habit_of
from workflows.demonstration.doing import Waiting, do, list_offered, list_waiting
from workflows.demonstration.habits import Habit, NotYet, Turn
from workflows.refusals import Invalid, Refusal, Stalled
from workflows.work import SYSTEM, Actor

_WORKING_DAY_BEGINS = 9


@dataclass
class Lived:
    """What came of the year: who did how much in which week, and what did not work."""

    done: Counter[str] = field(default_factory=Counter)
    by_week: dict[str, Counter[tuple[int, int]]] = field(default_factory=dict)
    forgotten: int = 0
    troubles: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def count(self, role: str, element: str, at: datetime) -> None:
        self.done[element] += 1
        year, week, _day = at.isocalendar()
        self.by_week.setdefault(role, Counter())[year, week] += 1


class Year:
    """Looks what waits for whom, and lets everybody do their part in their own time."""

    def __init__(
        self, clockwork: Clockwork, seed: int, begin: datetime, actors: Mapping[uuid.UUID, Actor]
    ) -> None:
        self.clockwork, self.seed, self.begin = clockwork, seed, begin
        self.actors = dict(actors)
        self.staff: dict[str, list[Actor]] = {}
        self.lived = Lived()
        self._seen: set[uuid.UUID] = set()
        self._looked_at = begin
        self._turns: Counter[str] = Counter()

    def chance(self, name: str) -> Random:
        """Return a chance of its own for everything that has a name, whatever else happens."""
        return Random(f"{self.seed}·{name}")  # noqa: S311

    def live(self, until: datetime) -> None:
        """Let time pass until a moment."""
        self.look()
        self.clockwork.run(until, self.look)

    def look(self) -> None:
        """Put every task that has begun to wait on the agenda of whoever will do it."""
        since, self._looked_at = self._looked_at, self.clockwork.now()
        for task in self.clockwork.act(SYSTEM, partial(list_waiting, since=since)):
            if task.id not in self._seen:
                self._seen.add(task.id)
                self._plan(task)

    def _plan(self, task: Waiting) -> None:
        self._turns[task.name] += 1
        number = self._turns[task.name]
        chance = self.chance(f"{task.name}·{number}")
        habit = habit_of(task.element, task.role)
        at = self._moment(task, habit, chance)
        if at is None:
            return
        self.clockwork.note(at, task.name, partial(self._do, task, habit, chance, number))

    def _moment(self, task: Waiting, habit: Habit, chance: Random) -> datetime | None:
        """Say when somebody does a task; some never do, until they are reminded or it passes by."""
        if chance.random() < habit.forgets:
            self.lived.forgotten += 1
            late = habit.at_last
            return None if late is None else task.opened_at + timedelta(days=late)
        at = max(task.opened_at, self.begin + timedelta(days=habit.not_before))
        at += timedelta(days=chance.uniform(*habit.days))
        if at.weekday() > 4 and habit.rests:
            at = (at + timedelta(days=7 - at.weekday())).replace(hour=_WORKING_DAY_BEGINS)
        return at

    def _do(self, task: Waiting, habit: Habit, chance: Random, number: int) -> None:
        actor = self._actor_for(task)
        if actor is None:
            self.lived.troubles.append(f"nobody can do {task.name}")
            return

        def wanted(known: Mapping[str, Any]) -> Mapping[str, Any]:
            now = self.clockwork.now()
            day = (now - self.begin) / timedelta(days=1)
            return habit.wanted(Turn(chance, now, day, number, known))

        try:
            looks_at = None if habit.by_heart else ()
            self.clockwork.act(actor, lambda work: do(work, task, chance, wanted, looks_at))
        except NotYet:
            self._try_again(task, habit, chance, number)
        except Invalid as invalid:
            if habit.again_after:
                self._try_again(task, habit, chance, number)
            else:
                self.lived.troubles.append(f"{task.name}: {dict(invalid.problems)}")
        except Stalled as stalled:
            self.lived.troubles.append(f"{task.name}: {stalled.reason}")
        except Refusal:
            # Somebody else was first, or it passed by: as in life.
            self.lived.forgotten += 1
        else:
            self.lived.count(task.role, task.element, self.clockwork.now())

    def _try_again(self, task: Waiting, habit: Habit, chance: Random, number: int) -> None:
        """Come back to it some days later: others were not ready, or there was nothing to choose from."""
        again = self.clockwork.now() + timedelta(days=habit.again_after)
        self.clockwork.note(again, task.name, partial(self._do, task, habit, chance, number))

    def _actor_for(self, task: Waiting) -> Actor | None:
        if task.assignee_id:
            return self.actors.get(task.assignee_id)
        offered = self.clockwork.act(SYSTEM, lambda work: list_offered(work, task.id))
        able = [self.actors[one] for one in offered if one in self.actors] or self.staff.get(task.role, [])
        return min(able, key=lambda actor: actor.name) if able else None

    def later(self, days: float, name: str, act: Callable[[], Any]) -> None:
        """Put an event of the story on the agenda."""
        self.clockwork.note(self.begin + timedelta(days=days), name, act)
