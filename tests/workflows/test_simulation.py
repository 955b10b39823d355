"""A simulated year is the same at every run with the same seed, and another with another."""

from datetime import UTC, datetime
from pathlib import Path
from random import Random

import pytest

import bpmn
from workflows.demonstration.names import invent_names
from workflows.demonstration.outcome import journal_digest, look_back
from workflows.demonstration.simulation import Scale, Simulation
from workflows.work import SYSTEM, Work

PACK = Path(bpmn.__file__).parent / "target-model"
BEGIN = datetime(2026, 9, 1, 6, tzinfo=UTC)
DAYS = 19
"""Long enough for the first papers and the first applications."""


@pytest.fixture
def played(templates):
    """Play the first weeks of a year in a database of its own and return its digest and its outcome."""
    made = []

    def play(seed):
        made.append(templates.copy())
        year = Simulation(made[-1].sessions, Scale(4, 2, seed), PACK, BEGIN, name="Колледж")
        year.play(DAYS)
        with made[-1].sessions() as session:
            work = Work(session, SYSTEM, year.clockwork.now)
            assert year.year.lived.troubles == []
            return journal_digest(work), look_back(work)

    yield play
    for database in made:
        templates.drop(database)


def test_the_same_seed_writes_the_same_journal_and_another_seed_another(played):
    digest, outcome = played(7)
    assert outcome.entries > 30
    assert outcome.incidents == {}
    assert played(7)[0] == digest
    assert played(8)[0] != digest


@pytest.mark.parametrize("count", [10, 500, 2000, 3509])
def test_no_two_people_are_called_the_same(count):
    names = invent_names(count, Random(3))
    assert len(names) == len(set(names)) == count
