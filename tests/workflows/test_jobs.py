"""Work for later: it exists if its act was committed, and a killed worker costs nothing."""

import asyncio
import os
import signal
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select, text, update

from models.cases import Case
from models.database import Database
from models.journal import JournalEntry, JournalUnsealed
from models.organisations import Organisation
from models.waiting import Incident, Message, Timer
from tests.apart import apart
from workflows import jobs, later
from workflows.operations.cases import start_case
from workflows.operations.messages import send_message
from workflows.operations.tasks import complete_task
from workflows.operations.verification import verify_journal
from workflows.stopping import until_told_to_stop
from workflows.transaction import carry_out
from workflows.work import SYSTEM, Actor, Work

# A worker that looks for work often and is thought dead soon, so that tests need not wait.
_WORKER = """
import os
from models.database import open_database
from workflows.jobs import run_worker
run_worker(open_database(os.environ["TANDEM_DATABASE_URL"]), stalled_after=1.5)
"""


@pytest.fixture
def start_worker(committed_database: Database) -> Iterator[Callable[[], subprocess.Popen[bytes]]]:
    started: list[subprocess.Popen[bytes]] = []

    def start() -> subprocess.Popen[bytes]:
        url = committed_database.url.render_as_string(hide_password=False)
        process = subprocess.Popen(
            [sys.executable, "-c", _WORKER],
            env=os.environ | {"TANDEM_DATABASE_URL": url},
            stderr=subprocess.DEVNULL,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def act(committed_database: Database) -> Callable[..., object]:
    """Carry out an act as a door does; for the system unless somebody is named."""

    def act(do: Callable[[Work], object], actor: Actor = SYSTEM) -> object:
        return carry_out(committed_database.sessions, actor, do)

    return act


@pytest.fixture
def waiting(act: Callable[..., object], town: SimpleNamespace) -> list[uuid.UUID]:
    """Six programmes, each awaiting a message."""

    def start(work: Work) -> uuid.UUID:
        people = {"curator": [town.curator.person_id]}
        case = start_case(work, town.school.id, "programme", "2026/27", participants=people)
        complete_task(work, case.opened[0], {})
        return case.id

    return [act(start, town.curator) for _ in range(6)]  # type: ignore[misc]


def until(is_so: Callable[[], object], seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.05)


def queued(session: object, task: str) -> int:
    count = text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = :task AND status = 'todo'")
    return session.scalar(count, {"task": task})  # type: ignore[attr-defined]


def test_a_job_exists_if_and_only_if_its_act_was_committed(committed_database: Database) -> None:
    with committed_database.sessions() as session:
        later.defer(Work(session, SYSTEM), "deliver_message", message_id=uuid.uuid4())
        session.rollback()
        assert queued(session, "deliver_message") == 0
        later.defer(Work(session, SYSTEM), "deliver_message", message_id=uuid.uuid4())
        session.commit()
        assert queued(session, "deliver_message") == 1


def test_a_job_is_cancelled_with_the_act_that_cancels_it(committed_database: Database) -> None:
    with committed_database.sessions() as session:
        work = Work(session, SYSTEM)
        job_id = later.defer(work, "deliver_message", message_id=uuid.uuid4())
        session.commit()
        assert later.cancel(work, job_id)
        session.rollback()
        assert queued(session, "deliver_message") == 1
        assert later.cancel(work, job_id)
        session.commit()
        assert queued(session, "deliver_message") == 0
        assert not later.cancel(work, job_id)


def test_a_job_may_be_for_a_later_time(committed_database: Database) -> None:
    with committed_database.sessions() as session:
        at = datetime(2030, 1, 1, tzinfo=UTC)
        later.defer(Work(session, SYSTEM), "deliver_message", at=at, message_id=uuid.uuid4())
        assert session.scalar(text("SELECT scheduled_at FROM procrastinate_jobs")) == at


def test_every_task_that_is_deferred_by_name_exists(committed_database: Database) -> None:
    tasks = jobs.make_app(committed_database).tasks
    assert {"deliver_message", "migrate_batch", "fire_due_timers", "seal_journals", "retry_stalled"} <= set(
        tasks
    )


def test_the_worker_hands_over_what_was_sent(
    committed_database: Database, act: Callable[..., object], waiting: list[uuid.UUID]
) -> None:
    for case_id in waiting:
        act(lambda work, to=case_id: send_message(work, to, "pair_ready", payload={"case": str(to)}))
    apart(jobs.run_worker, committed_database, wait=False)
    with committed_database.sessions() as session:
        assert session.scalar(_unreceived(waiting)) == 0
        assert queued(session, "deliver_message") == 0


def test_a_message_that_no_longer_exists_is_no_reason_to_fail(
    committed_database: Database,
) -> None:
    with committed_database.sessions() as session:
        later.defer(Work(session, SYSTEM), "deliver_message", message_id=uuid.uuid4())
        session.commit()
    apart(jobs.run_worker, committed_database, wait=False)
    with committed_database.sessions() as session:
        assert session.scalar(text("SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'")) == 0


def test_due_timers_fire_once_each(
    committed_database: Database, act: Callable[..., object], town: SimpleNamespace
) -> None:
    people = {"mentor": [town.mentor.person_id], "mentee": [town.mentee.person_id]}
    for number in range(3):
        act(
            lambda work, n=number: start_case(work, town.school.id, "pair", f"Пара {n}", participants=people),
            town.curator,
        )
    with committed_database.sessions.begin() as session:
        timers = session.scalar(select(func.count()).select_from(Timer))
        session.execute(update(Timer).values(due_at=datetime(2026, 1, 1, tzinfo=UTC)))
    assert timers == 3
    assert jobs.Jobs(committed_database).fire_due_timers() == 3
    assert jobs.Jobs(committed_database).fire_due_timers() == 0
    with committed_database.sessions() as session:
        fired = select(func.count()).where(JournalEntry.act == "timer.fired")
        assert session.scalar(fired) == 3
        assert session.scalar(select(func.count()).select_from(Incident)) == 0


@pytest.fixture
def three_due(committed_database: Database, act: Callable[..., object], town: SimpleNamespace) -> list[Timer]:
    """Three pairs whose reminders are due, the longest first."""
    for number in range(3):
        people = {"mentor": [town.mentor.person_id], "mentee": [town.mentee.person_id]}
        act(
            lambda work, n=number, people=people: start_case(
                work, town.school.id, "pair", f"Пара {n}", participants=people
            ),
            town.curator,
        )
    with committed_database.sessions() as session:
        timers = list(session.scalars(select(Timer).order_by(Timer.id)))
        for day, timer in enumerate(timers, 1):
            timer.due_at = datetime(2026, 1, day, tzinfo=UTC)
        session.commit()
        return timers


def test_a_timer_that_its_case_does_not_know_stops_no_other_timer(
    committed_database: Database, three_due: list[Timer]
) -> None:
    poisoned = uuid.uuid4()
    with committed_database.sessions.begin() as session:
        session.execute(update(Timer).where(Timer.id == three_due[0].id).values(id=poisoned))
    assert jobs.Jobs(committed_database).fire_due_timers() == 2
    assert jobs.Jobs(committed_database).fire_due_timers() == 0
    with committed_database.sessions() as session:
        (left,) = session.scalars(select(Timer))
        assert (left.id, left.is_paused) == (poisoned, True)
        (incident,) = session.scalars(select(Incident))
        assert (incident.act, incident.subject, incident.element) == (
            "fire_timer",
            str(poisoned),
            left.element,
        )
        assert incident.attempts == 1


def test_what_nobody_foresaw_at_one_timer_stops_no_timer_of_another_organisation(
    committed_database: Database, three_due: list[Timer], town: SimpleNamespace
) -> None:
    with committed_database.sessions.begin() as session:
        # Another school, whose time zone is one that this machine does not know.
        case = update(Case).where(Case.id == three_due[0].case_id)
        session.execute(case.values(organisation_id=town.other.id))
        session.execute(
            update(Organisation).where(Organisation.id == town.other.id).values(time_zone="Moon/Crater")
        )
    assert jobs.Jobs(committed_database).fire_due_timers() == 2
    with committed_database.sessions() as session:
        assert session.scalars(select(Timer.is_paused)).all() == [True]
        (incident,) = session.scalars(select(Incident))
        assert incident.case_id == three_due[0].case_id
        assert "Moon/Crater" in incident.reason


def test_a_timer_that_fails_is_not_counted_as_fired(
    committed_database: Database, three_due: list[Timer]
) -> None:
    with committed_database.sessions.begin() as session:
        session.execute(update(Case).where(Case.id == three_due[0].case_id).values(state=b"nothing"))
    assert jobs.Jobs(committed_database).fire_due_timers() == 2
    with committed_database.sessions() as session:
        assert session.scalar(select(func.count()).select_from(Incident)) == 1


def test_what_was_journaled_is_sealed(committed_database: Database, town: SimpleNamespace) -> None:
    with committed_database.sessions() as session:
        waiting = session.scalar(select(func.count()).select_from(JournalUnsealed))
    assert jobs.Jobs(committed_database).seal_journals() == waiting > 0
    with committed_database.sessions() as session:
        assert verify_journal(Work(session, SYSTEM), town.school.id).is_sound
        assert session.scalar(select(func.count()).select_from(JournalUnsealed)) == 0


def test_a_worker_killed_in_the_middle_of_a_job_loses_and_repeats_nothing(
    committed_database: Database,
    act: Callable[..., object],
    waiting: list[uuid.UUID],
    start_worker: Callable[[], subprocess.Popen[bytes]],
) -> None:
    for case_id in waiting:
        act(lambda work, to=case_id: send_message(work, to, "pair_ready", payload={"case": str(to)}))
    with committed_database.sessions() as holding:
        # With three cases held, the worker does some jobs and is in the middle of others.
        holding.execute(select(Case.id).where(Case.id.in_(waiting[:3])).with_for_update())
        first = start_worker()
        until(lambda: _doing(committed_database) == 2)
        first.send_signal(signal.SIGKILL)
        first.wait()
        assert _doing(committed_database) == 2
    second = start_worker()
    until(lambda: _left(committed_database, "deliver_message") == 0)
    second.send_signal(signal.SIGTERM)
    assert second.wait(10) == 0
    with committed_database.sessions() as session:
        assert session.scalar(_unreceived(waiting)) == 0
        delivered = select(JournalEntry.subject).where(JournalEntry.act == "message.delivered")
        times = Counter(subject for subject in session.scalars(delivered))
        assert set(times.values()) == {1}
        assert len(times) >= len(waiting)


def test_a_worker_killed_after_the_commit_repeats_nothing(
    committed_database: Database, act: Callable[..., object], waiting: list[uuid.UUID]
) -> None:
    """The act was committed, the job was not reported done: it is done again, and finds nothing to do."""
    message_id = act(
        lambda work: send_message(work, waiting[0], "pair_ready", payload={"case": str(waiting[1])})
    )
    jobs.Jobs(committed_database).deliver_message(str(message_id))
    jobs.Jobs(committed_database).deliver_message(str(message_id))
    with committed_database.sessions() as session:
        delivered = select(func.count()).where(JournalEntry.act == "message.delivered")
        assert session.scalar(delivered) == 1


def test_a_periodic_job_of_a_dead_worker_makes_room_for_the_next(committed_database: Database) -> None:
    with committed_database.sessions.begin() as session:
        session.execute(
            text(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, status, lock, queueing_lock, args) "
                "VALUES ('default', 'seal_journals', 'doing', 'seal_journals', 'seal_journals', '{}')"
            )
        )

    async def give_back() -> int:
        app = jobs.make_app(committed_database)
        async with app.open_async():
            return await jobs.retry_jobs_of_dead_workers(app, 0.1)

    assert apart(asyncio.run, give_back()) == 1
    assert _left(committed_database, "seal_journals") == 0


def _unreceived(waiting: list[uuid.UUID]) -> object:
    return select(func.count()).where(
        Message.case_id.in_(waiting), Message.name == "pair_ready", Message.received_at.is_(None)
    )


def _doing(database: Database) -> int:
    with database.sessions() as session:
        return session.scalar(
            text(
                "SELECT count(*) FROM procrastinate_jobs "
                "WHERE status = 'doing' AND task_name = 'deliver_message'"
            )
        )


def _left(database: Database, task: str) -> int:
    unfinished = (
        "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND task_name = :task"
    )
    with database.sessions() as session:
        return session.scalar(text(unfinished), {"task": task})


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_who_is_told_to_stop_twice_still_finishes_what_was_begun():
    finished = []

    async def work() -> None:
        try:
            await asyncio.sleep(10)
        except asyncio.CancelledError:
            os.kill(os.getpid(), signal.SIGTERM)
            await asyncio.sleep(0.05)
            finished.append("the letter")
            raise

    async def run() -> None:
        asyncio.get_running_loop().call_later(0.05, os.kill, os.getpid(), signal.SIGINT)
        await until_told_to_stop(asyncio.create_task(work()))

    asyncio.run(run())
    assert finished == ["the letter"]
