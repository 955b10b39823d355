"""Whose hands do the tasks of a moment: one process, or two side by side on a machine with two cores.

Tasks of different people who have nothing to do with each other may be done at the same time. Which of two
processes does a task follows from its case, and each process keeps its own order, so that the same seed
writes the same journal whichever of them is quicker. What looks at everybody is done alone, afterwards.
"""

import uuid
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from multiprocessing import get_context
from multiprocessing.connection import Connection
from random import Random
from typing import Any, Protocol

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker

from models.database import open_database
from workflows.demonstration.clockwork import Clockwork
from workflows.demonstration.customs import SIDE_BY_SIDE, habit_of
from workflows.demonstration.doing import Waiting, do, list_offered
from workflows.demonstration.habits import NotYet, Turn
from workflows.refusals import Invalid, Refusal, Stalled
from workflows.work import SYSTEM, Actor

_ATTEMPTS = 4


@dataclass(frozen=True, slots=True)
class Doing:
    """A task that somebody is about to do: the how manieth of its kind, and at which attempt."""

    at: datetime
    task: Waiting
    number: int
    attempt: int = 1

    @property
    def name(self) -> str:
        return f"{self.task.name}·{self.number}"


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
    """Who plays: everybody by id, the staff by role, the seed and the first day."""

    seed: int
    begin: datetime
    actors: Mapping[uuid.UUID, Actor]
    staff: Mapping[str, Sequence[Actor]]

    def chance(self, name: str) -> Random:
        """Return a chance of its own for everything that has a name, whatever else happens."""
        return Random(f"{self.seed}·{name}")  # noqa: S311


class Hands(Protocol):
    def do_all(self, doings: Sequence[Doing]) -> Iterator[tuple[Doing, Done]]: ...


class Hand:
    """Does tasks one after another, in this process."""

    def __init__(self, clockwork: Clockwork, cast: Cast) -> None:
        self._clockwork, self._cast = clockwork, cast

    def do_all(self, doings: Sequence[Doing]) -> Iterator[tuple[Doing, Done]]:
        """Do these tasks in their order; say what came of each."""
        return ((doing, self.do(doing)) for doing in doings)

    def do(self, doing: Doing) -> Done:
        """Do one task at its moment."""
        self._clockwork.move_to(doing.at)
        came, words = self._try(doing)
        return Done(came, self._clockwork.now(), words)

    def _try(self, doing: Doing) -> tuple[Came, str]:
        for attempt in range(_ATTEMPTS):
            try:
                self._do(doing)
            except NotYet:
                return Came.NOT_YET, ""
            except Invalid as invalid:
                return Came.REFUSED, str(dict(invalid.problems))
            except Stalled as stalled:
                return Came.BROKEN, stalled.reason
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
        self._clockwork.act(actor, lambda work: do(work, task, chance, wanted, looks_at))

    def _actor_for(self, task: Waiting) -> Actor:
        if task.assignee_id:
            return self._cast.actors[task.assignee_id]
        offered = self._clockwork.act(SYSTEM, lambda work: list_offered(work, task.id))
        able = [self._cast.actors[one] for one in offered] or self._cast.staff[task.role]
        return min(able, key=lambda actor: actor.name)


class TwoHands:
    """Shares the tasks with a second process; what looks at everybody is done here, afterwards."""

    def __init__(self, own: Hand, other: Connection) -> None:
        self._own, self._other = own, other

    def do_all(self, doings: Sequence[Doing]) -> Iterator[tuple[Doing, Done]]:
        """Do these tasks side by side; say what came of each."""
        beside = [one for one in doings if one.task.process in SIDE_BY_SIDE]
        others = [one for one in beside if _is_for_the_other(one)]
        self._other.send(others)
        mine = [pair for one in beside if not _is_for_the_other(one) for pair in self._own.do_all([one])]
        theirs = self._other.recv()
        if isinstance(theirs, Exception):
            raise theirs
        yield from mine
        yield from zip(others, theirs, strict=True)
        yield from self._own.do_all([one for one in doings if one.task.process not in SIDE_BY_SIDE])


def _is_for_the_other(doing: Doing) -> bool:
    """Let all cases of a mentor be one process's: the title of a pair begins with the mentor."""
    whose = doing.task.case_title.partition(" – ")[0]
    return zlib.crc32(whose.encode()) % 2 == 1


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
        return TwoHands(own, ours)

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
        hand = Hand(Clockwork(database.sessions, begin), cast)
        while True:
            other.send(_answers(hand, other.recv()))
    except EOFError:
        database.close()


def _answers(hand: Hand, doings: Iterable[Doing]) -> list[Done] | Exception:
    try:
        return [hand.do(doing) for doing in doings]
    except Exception as problem:
        return RuntimeError(f"{type(problem).__name__}: {problem}")
