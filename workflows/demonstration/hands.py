"""Whose hands do what a moment brings: one process, or two side by side on a machine with two cores.

Tasks, timers and errands of different people who have nothing to do with each other may be done at the same
time. Which of two processes does one follows from its case, and each process keeps its own order, so that
the same seed writes the same journal whichever of them is quicker. What looks at everybody is done alone,
afterwards.
"""

import gc
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from random import Random
from typing import Any, ClassVar, Protocol

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from models.database import open_database
from workflows.demonstration.clockwork import Clockwork
from workflows.demonstration.customs import BY_FORM, SIDE_BY_SIDE, habit_of
from workflows.demonstration.doing import Waiting, do
from workflows.demonstration.habits import NotYet, Turn
from workflows.errands import Errand, do_errand
from workflows.operations.promises import BEGIN
from workflows.operations.timers import fire_due_timer
from workflows.queries.timers import DueTimer
from workflows.refusals import Invalid, Refusal, Stalled
from workflows.work import Actor, Work

_ATTEMPTS = 4
_RARELY = (10_000, 20, 50)
"""After how many new objects the garbage collector looks for cycles, of which an act makes few."""


@dataclass(frozen=True, slots=True)
class Doing:
    """A task that somebody is about to do: the how manieth of its kind, and at which attempt."""

    at: datetime
    task: Waiting
    number: int
    attempt: int = 1
    weight: ClassVar[int] = 3
    """How long it takes beside a timer that fires, roughly."""

    @property
    def name(self) -> str:
        return f"{self.task.name}·{self.number}"

    @property
    def process(self) -> str:
        return self.task.process

    @property
    def case_title(self) -> str:
        return self.task.case_title


@dataclass(frozen=True, slots=True)
class Chore:
    """What happens by itself: a timer that is due, or an errand that was asked for."""

    at: datetime
    chore: DueTimer | Errand

    @property
    def weight(self) -> int:
        return 3 if isinstance(self.chore, Errand) and self.chore.name == BEGIN else 1

    @property
    def process(self) -> str:
        return self.chore.process

    @property
    def case_title(self) -> str:
        return self.chore.case_title


Item = Doing | Chore


class Came(StrEnum):
    DONE = "done"
    LATE = "late"
    NOT_YET = "not yet"
    REFUSED = "refused"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it, when, and in which words if something went wrong."""

    came: Came
    at: datetime
    words: str = ""


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays: everybody by id, the staff by role, mentees' forms by name, the seed and the first day."""

    seed: int
    begin: datetime
    actors: Mapping[uuid.UUID, Actor]
    staff: Mapping[str, Sequence[Actor]]
    forms: Mapping[str, str]

    def chance(self, name: str) -> Random:
        """Return a chance of its own for everything that has a name, whatever else happens."""
        return Random(f"{self.seed}·{name}")  # noqa: S311


class Hands(Protocol):
    def do_all(self, items: Sequence[Item]) -> Iterator[tuple[Item, Done]]: ...


class Hand:
    """Does one after another, in this process."""

    def __init__(self, clockwork: Clockwork, cast: Cast) -> None:
        self._clockwork, self._cast = clockwork, cast

    def do_all(self, items: Sequence[Item]) -> Iterator[tuple[Item, Done]]:
        """Do these in their order; say what came of each."""
        return ((item, self.do(item)) for item in items)

    def do(self, item: Item) -> Done:
        """Do one at its moment."""
        self._clockwork.move_to(item.at)
        came, words = self._try(
            partial(self._do, item) if isinstance(item, Doing) else partial(self._see_to, item)
        )
        return Done(came, self._clockwork.now(), words)

    def _try(self, act: Callable[[], None]) -> tuple[Came, str]:
        for attempt in range(_ATTEMPTS):
            try:
                act()
            except NotYet:
                return Came.NOT_YET, ""
            except Invalid as invalid:
                return Came.REFUSED, str(dict(invalid.problems))
            except Stalled as stalled:
                return Came.BROKEN, f"{stalled.element_name or stalled.element}: {stalled.reason}"
            except Refusal:
                # Somebody else was first, or it passed by: as in life.
                return Came.LATE, ""
            except OperationalError:
                # The other hand held a row that this one wanted, and the other way round.
                if attempt == _ATTEMPTS - 1:
                    raise
            else:
                return Came.DONE, ""
        raise AssertionError("unreachable")

    def _do(self, doing: Doing) -> None:
        task, habit = doing.task, habit_of(doing.task.element, doing.task.role)
        chance = self._cast.chance(f"{doing.name}·does·{doing.attempt}")
        actor = self._actor_for(task)

        def wanted(known: Mapping[str, Any]) -> Mapping[str, Any]:
            now = self._clockwork.now()
            day = (now - self._cast.begin) / timedelta(days=1)
            return habit.wanted(Turn(chance, now, day, doing.number, known))

        looks_at = None if habit.by_heart else ()

        def act(work: Work) -> bool:
            try:
                do(work, task, chance, wanted, looks_at)
            except NotYet:
                # Somebody only looked, which ends like all reading.
                return False
            return True

        if not self._clockwork.act(actor, act):
            raise NotYet

    def _actor_for(self, task: Waiting) -> Actor:
        able = [self._cast.actors[one] for one in task.doers] or self._cast.staff[task.role]
        return min(able, key=lambda actor: actor.name)

    def _see_to(self, item: Chore) -> None:
        chore = item.chore
        if isinstance(chore, Errand):
            do_errand(self._clockwork.act_at_once, chore)
        else:
            self._clockwork.act_at_once(partial(fire_due_timer, timer_id=chore.id))


class TwoHands:
    """Shares what there is to do with a second process; what looks at everybody is done here, afterwards."""

    def __init__(self, own: Hand, other: Connection, forms: Mapping[str, str]) -> None:
        self._own, self._other, self._forms = own, other, forms

    def do_all(self, items: Sequence[Item]) -> Iterator[tuple[Item, Done]]:
        """Do side by side what can be, first by mentors, then by forms; the rest is done here, afterwards."""
        kinds = [self._kind(item) for item in items]
        for kind, whose in ((SIDE_BY_SIDE, _mentor), (BY_FORM, self._form)):
            beside = [item for item, its in zip(items, kinds, strict=True) if its is kind]
            if beside:
                yield from self._do_beside(beside, whose)
        yield from self._own.do_all([item for item, its in zip(items, kinds, strict=True) if its is None])

    def _kind(self, item: Item) -> frozenset[str] | None:
        if item.process in SIDE_BY_SIDE:
            return SIDE_BY_SIDE
        return BY_FORM if item.process in BY_FORM and self._form(item) else None

    def _form(self, item: Item) -> str:
        """Return the form of the mentee after whom the case is called."""
        return self._forms.get(item.case_title, "")

    def _do_beside(self, items: Sequence[Item], whose: Callable[[Item], str]) -> Iterator[tuple[Item, Done]]:
        own, others = _share(items, whose)
        self._other.send(others)
        mine = list(self._own.do_all(own))
        theirs = self._other.recv()
        if isinstance(theirs, Exception):
            raise theirs
        yield from mine
        yield from zip(others, theirs, strict=True)


def _share(items: Sequence[Item], whose: Callable[[Item], str]) -> tuple[list[Item], list[Item]]:
    """Give each hand about half; all that is about one of those goes to one hand, in its order."""
    load = Counter[str]()
    for item in items:
        load[whose(item)] += item.weight
    loads, of = [0, 0], dict[str, int]()
    for one, count in load.most_common():
        of[one] = loads.index(min(loads))
        loads[of[one]] += count
    own = [item for item in items if of[whose(item)] == 0]
    return own, [item for item in items if of[whose(item)] == 1]


def _mentor(item: Item) -> str:
    """Name the mentor of a pair, with whom its title begins; other cases are named after their person."""
    return item.case_title.partition(" – ")[0]


@contextmanager
def lend_a_hand(sessions: sessionmaker[Session], begin: datetime) -> Iterator[Callable[[Hand, Cast], Hands]]:
    """Start a second process at once, while this one still prepares; it joins in when the cast is known."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    url = sessions.kw["bind"].url.render_as_string(hide_password=False)
    process = context.Process(target=_serve, args=(theirs, url, begin), daemon=True)
    process.start()

    def join(own: Hand, cast: Cast) -> Hands:
        ours.send(cast)
        return TwoHands(own, ours, cast.forms)

    try:
        yield join
    finally:
        ours.close()
        process.join(10)
        process.kill()


def _serve(other: Connection, url: str, begin: datetime) -> None:
    """Do what is asked for until nobody asks any more."""
    database = open_database(url, application_name="tandem simulate")
    try:
        cast: Cast = other.recv()
        leave_alone_what_is_there()
        hand = Hand(Clockwork(database.sessions, begin), cast)
        while True:
            other.send(_answers(hand, other.recv()))
    except EOFError:
        database.close()


def leave_alone_what_is_there() -> None:
    """Keep the garbage collector from going through everything that was imported, again and again."""
    gc.freeze()
    gc.set_threshold(*_RARELY)


def _answers(hand: Hand, items: Iterable[Item]) -> list[Done] | Exception:
    try:
        return [hand.do(item) for item in items]
    except Exception as problem:
        return RuntimeError(f"{type(problem).__name__}: {problem}")
