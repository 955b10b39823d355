"""Play a school year of 200 mentees on two cores; the reference is a year of a quarter of the people.

How long a year may take is said for two cores that have nothing else to do. A machine that is slower, or
busy, takes as much longer for a loop of Python on both cores, which runs before and after each year.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

from sqlalchemy import text

import bpmn
from benchmarks.measuring import Finding, at_most, plain
from models import schema
from models.database import Database, open_database
from workflows.demonstration.outcome import journal_digest, look_back
from workflows.demonstration.simulation import Scale, Simulation
from workflows.work import SYSTEM, Work

PACK = Path(bpmn.__file__).parent / "target-model"
BEGIN = datetime(2025, 9, 1, 6, tzinfo=UTC)
LARGE, SMALL = Scale(mentees=200, mentors=80, seed=7), Scale(mentees=50, mentors=20, seed=7)
MOST_SECONDS = 60
_TURNS = 23_000_000
"""Of the loop, which takes a second on each of two quiet cores of the machine for which the bar was set."""


@dataclass(frozen=True)
class Played:
    """How long a year took, how much was done in it, and what its journal comes to."""

    seconds: float
    slowness: float
    """How many times as long as on quiet cores the loop took before and after."""
    tasks: int
    digest: str

    @property
    def milliseconds_a_task(self) -> float:
        return self.seconds * 1000 / self.tasks / self.slowness


def measure() -> list[Finding]:
    """Return the table rows of the simulation."""
    small, again, large = _play(SMALL), _play(SMALL), _play(LARGE)
    if small.digest != again.digest:
        raise RuntimeError("two years with the same seed are not the same")
    quiet = large.seconds / large.slowness
    what = f"{LARGE.mentees} mentees × {LARGE.mentors} mentors, {large.tasks} tasks"
    growth = large.milliseconds_a_task / small.milliseconds_a_task
    return [
        plain(f"simulation: a task of the year of {LARGE.mentees} mentees", large.milliseconds_a_task),
        plain(f"simulation: a task of the year of {SMALL.mentees} mentees", small.milliseconds_a_task),
        at_most("simulation: a task of the large year ÷ of the small one", growth, 1.2),
        Finding(f"simulation: a year, {what}", f"{large.seconds:.1f} s"),
        Finding("simulation: a loop of Python then ÷ on quiet cores", f"{large.slowness:.2f}"),
        at_most("simulation: seconds of that year on quiet cores", quiet, MOST_SECONDS),
    ]


def _play(scale: Scale) -> Played:
    """Play a year from an empty database to the closed programme; everything that takes time counts."""
    before = _slowness()
    began = time.monotonic()
    with _database() as database:
        year = Simulation(database.sessions, scale, PACK, BEGIN)
        year.play(side_by_side=True)
        seconds = time.monotonic() - began
        with database.sessions() as session:
            work = Work(session, SYSTEM, year.clockwork.now)
            outcome, digest = look_back(work), journal_digest(work)
    if outcome.programme != "closed" or outcome.incidents or year.year.lived.troubles:
        raise RuntimeError(f"the year did not come to its end: {outcome}")
    slowness = (before + _slowness()) / 2
    return Played(seconds, slowness, sum(year.year.lived.done.values()), digest)


def _slowness() -> float:
    """Return how long the loop takes on both cores at once, in seconds: one, where they are quiet."""
    with get_context("spawn").Pool(2) as pool:
        return sum(pool.map(_turn, [_TURNS] * 2, chunksize=1)) / 2


def _turn(times: int) -> float:
    began, total = time.monotonic(), 0
    for number in range(times):
        total += number * number % 7
    return time.monotonic() - began


@contextmanager
def _database() -> Iterator[Database]:
    with tempfile.TemporaryDirectory(prefix="tandem-") as folder:
        database = open_database("", var=Path(folder))
        try:
            schema.upgrade(database)
            with database.engine.begin() as connection:
                name = connection.dialect.identifier_preparer.quote(str(database.url.database))
                connection.execute(text(f"ALTER DATABASE {name} SET synchronous_commit = off"))
            database.engine.dispose()
            yield database
        finally:
            database.close()
