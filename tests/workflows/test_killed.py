"""The process is killed at random points: what was answered is there, nothing is there twice."""

import random
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest
from sqlalchemy import func, select

from models.cases import Case
from models.journal import JournalEntry
from models.tasks import Task, TaskStatus
from models.waiting import Timer
from workflows.operations.cases import start_case
from workflows.operations.tasks import complete_task
from workflows.transaction import carry_out

HOUSE = Path(__file__).parents[2]
COMPLETIONS, KILLS = 500, 5


@pytest.fixture
def cases(committed_database, town, clock):
    people = {"mentor": [town.mentor.person_id], "curator": [town.curator.person_id]}

    def start(work):
        return start_case(work, town.school.id, "pair", "Пара", participants=people).id

    return [carry_out(committed_database.sessions, town.curator, start, clock=clock) for _ in range(3)]


def open_tasks(database):
    with database.sessions() as session:
        return session.scalars(select(Task.id).where(Task.status == TaskStatus.OPEN).order_by(Task.id)).all()


def complete_until_killed(database, mentor, enough, chance):
    """Let a process complete tasks, kill it somewhere after so many, and return what it answered."""
    url = database.url.render_as_string(hide_password=False)
    arguments = [url, str(mentor.person_id), *map(str, open_tasks(database))]
    program = [sys.executable, "-m", "tests.workflows.completing", *arguments]
    with subprocess.Popen(program, cwd=HOUSE, stdout=subprocess.PIPE, text=True) as process:
        answered = [process.stdout.readline() for _ in range(enough)]
        time.sleep(chance.uniform(0, 0.005))
        process.kill()
        answered += process.stdout.readlines()
    return [uuid.UUID(line.strip()) for line in answered if line.endswith("\n")]


def test_what_was_answered_before_a_kill_is_there_once_and_every_case_goes_on(
    committed_database, cases, town, clock
):
    chance = random.Random(20260901)
    answered = []
    for _ in range(KILLS):
        answered += complete_until_killed(committed_database, town.mentor, COMPLETIONS // KILLS, chance)
    assert len(answered) == len(set(answered)) >= COMPLETIONS
    with committed_database.sessions() as session:
        done = set(session.scalars(select(Task.id).where(Task.status == TaskStatus.COMPLETED)))
        entries = session.scalars(
            select(JournalEntry.subject).where(JournalEntry.act == "task.completed")
        ).all()
        moves = session.scalar(select(func.sum(Case.revision - 2)))
        timers = session.scalar(select(func.count()).select_from(Timer))
    # A kill between the commit and the answer leaves at most one more than was answered.
    assert set(answered) <= done
    assert len(done) <= len(answered) + KILLS
    assert sorted(entries) == sorted(f"task:{task_id}" for task_id in done)
    assert (moves, timers) == (len(done), len(cases))
    remaining = open_tasks(committed_database)
    assert len(remaining) == len(cases)
    for task_id in remaining:
        answers = {"topic": "После всего", "is_last": False}
        carry_out(
            committed_database.sessions,
            town.mentor,
            lambda work, task_id=task_id, answers=answers: complete_task(work, task_id, answers),
            clock=clock,
        )
    assert not set(remaining) & set(open_tasks(committed_database))
