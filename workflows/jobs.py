"""Work for later: the tasks of the worker, on procrastinate.

Every task is a door like the web: it opens one `Work` for each act and commits it once. A worker may
be killed at any point; a job that was begun and not reported done is done again by another worker.
That repeats nothing, because each act takes what is still waiting, in the transaction that takes it.
"""

import asyncio
import logging
import sys
import uuid
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from procrastinate import App, PsycopgConnector, RetryStrategy
from procrastinate.jobs import Status
from sqlalchemy.exc import OperationalError

from models.database import Database
from workflows.mailing import Mailing
from workflows.operations.document_batches import make_next
from workflows.operations.drafts import forget_drafts
from workflows.operations.imports import forget_imports
from workflows.operations.incidents import stop_timer
from workflows.operations.journal import LARGEST_BLOCK, seal_journal
from workflows.operations.letters import Words, forget_letters
from workflows.operations.messages import deliver_message
from workflows.operations.migrations import migrate_next
from workflows.operations.pairs import end_pair, pause_pair, resume_pair
from workflows.operations.promises import begin_case
from workflows.operations.reminders import remind_of_meetings, remind_of_overdue, write_digests
from workflows.operations.sign_in import forget_failures
from workflows.operations.timers import fire_due_timer
from workflows.operations.users import forget_sessions
from workflows.post import Post
from workflows.queries.digests import list_mornings
from workflows.queries.organisations import list_unsealed
from workflows.queries.timers import list_due_timers
from workflows.refusals import Refusal, Stalled
from workflows.stopping import until_told_to_stop
from workflows.transaction import carry_out
from workflows.work import SYSTEM, Work, machine_clock

log = logging.getLogger(__name__)

Result = TypeVar("Result")
Clock = Callable[[], datetime]

# A job that lost its connection or met a deadlock is tried again, after 2, 4, 8 … seconds.
_AGAIN = RetryStrategy(max_attempts=8, exponential_wait=2)
_ACTS_IN_A_ROW = 500
_HOURS_TO_KEEP_FAILED = 30 * 24


WayOut = tuple[Post, Words]
"""How letters leave the house, and what finds the words for them; without it they wait."""


class Jobs:
    """The acts behind the tasks, each in a transaction of its own."""

    def __init__(self, database: Database, clock: Clock = machine_clock) -> None:
        self._sessions, self._clock = database.sessions, clock

    def act(self, act: Callable[[Work], Result]) -> Result:
        """Carry an act out as the system."""
        return carry_out(self._sessions, SYSTEM, act, clock=self._clock)

    def deliver_message(self, message_id: str) -> None:
        """Hand a message over; a case that does not await it yet asks for it when it does."""
        self._attempt(lambda work: deliver_message(work, uuid.UUID(message_id)))

    def begin_case(self, **asked: Any) -> None:
        """Begin a case that an act asked for; one that cannot begin is kept with an incident."""
        try:
            self.act(lambda work: begin_case(work, **asked))
        except Stalled as stalled:
            log.warning(
                "case %s cannot begin and is kept with an incident: %s", stalled.case_id, stalled.reason
            )
            # Asked again it finds the row and rests; had that not been kept, the job would not be done.
            self.act(lambda work: begin_case(work, **asked))
        except Refusal as refusal:
            # There is not even a version on which its row could stand: only this log can say so.
            said = (asked["case_id"], asked["process"], refusal.key, dict(refusal.values))
            log.error("case %s of the process %s cannot begin: %s %s", *said)
            raise

    def pause_pair(self, pair_id: str, reason: str) -> None:
        """Have a pair stand still because something about it must not wait."""
        self._attempt(lambda work: pause_pair(work, uuid.UUID(pair_id), reason))

    def resume_pair(self, pair_id: str) -> None:
        """Let a pair go on that stood still."""
        self._attempt(lambda work: resume_pair(work, uuid.UUID(pair_id)))

    def end_pair(self, pair_id: str, reason: str) -> None:
        """End a pair before its time."""
        self._attempt(lambda work: end_pair(work, uuid.UUID(pair_id), reason))

    def fire_due_timers(self) -> int:
        """Let fire what is due, one transaction for each timer, each tried once; return how many did."""
        due = self.act(partial(list_due_timers, limit=_ACTS_IN_A_ROW))
        return sum(self._fire(timer.id) for timer in due)

    def seal_journals(self) -> int:
        """Seal what waits in every organisation; return how many entries were sealed."""
        sealed = 0
        for organisation_id in self.act(list_unsealed):
            while count := self.act(partial(seal_journal, organisation_id=organisation_id)):
                sealed += count
                if count < LARGEST_BLOCK:
                    break
        return sealed

    def migrate_batch(self, batch_id: str) -> None:
        """Move the cases of a batch one after another."""
        while self.act(lambda work: migrate_next(work, uuid.UUID(batch_id))):
            pass

    def make_documents(self, batch_id: str) -> None:
        """Make the documents of a batch a few at a time."""
        while self.act(lambda work: make_next(work, uuid.UUID(batch_id))):
            pass

    def forget_failures(self) -> int:
        """Forget the wrong sign-ins that count no more."""
        return self.act(forget_failures)

    def forget_sessions(self) -> int:
        """Forget the ended sessions whose cookies nobody can have any more."""
        return self.act(forget_sessions)

    def forget_drafts(self) -> int:
        """Forget what was typed into tasks of cases that ended long ago."""
        return self.act(forget_drafts)

    def forget_imports(self) -> int:
        """Forget the tables of people that nobody confirmed within a day."""
        return self.act(forget_imports)

    def write_digests(self) -> int:
        """Write the daily letters where it is morning, one organisation at a time; return how many."""
        return sum(self.act(partial(write_digests, organisation_id=one)) for one in self.act(list_mornings))

    def remind(self) -> int:
        """Remind of the meetings of tomorrow and of what has become overdue."""
        return self.act(remind_of_meetings) + self.act(remind_of_overdue)

    def forget_letters(self) -> int:
        """Forget the letters of long ago."""
        return self.act(forget_letters)

    def _fire(self, timer_id: uuid.UUID) -> bool:
        """Let one timer fire; what goes wrong with it is its own matter and stops no other."""
        try:
            return self.act(partial(fire_due_timer, timer_id=timer_id))
        except Stalled as stalled:
            log.info("timer %s opened an incident: %s", timer_id, stalled.reason)
        except OperationalError:
            # The connection was lost or a lock was not had: the next sweep tries it again.
            log.warning("timer %s has to wait for the next sweep", timer_id, exc_info=True)
        except Exception as problem:
            log.exception("timer %s cannot fire", timer_id)
            self._stop(timer_id, problem)
        return False

    def _stop(self, timer_id: uuid.UUID, problem: Exception) -> None:
        """Let a timer wait for a person, so that it does not fail again at every sweep."""
        try:
            self.act(partial(stop_timer, timer_id=timer_id, problem=problem))
        except Exception:
            log.exception("timer %s could not be stopped", timer_id)

    def _attempt(self, act: Callable[[Work], Result]) -> Result | bool:
        """Carry an act out; a refusal is its outcome, and what it owes has been done by then."""
        try:
            return self.act(act)
        except Refusal as refusal:
            log.info("refused: %s %s", refusal.key, dict(refusal.values))
            return False


def make_app(
    database: Database,
    *,
    clock: Clock = machine_clock,
    stalled_after: float = 30,
    way_out: WayOut | None = None,
) -> App:
    """Return the queue with its tasks; a worker that was silent for `stalled_after` seconds is dead."""
    application = {"application_name": "tandem worker"}
    connector = PsycopgConnector(conninfo=database.conninfo, min_size=1, max_size=4, kwargs=application)
    app, jobs = App(connector=connector), Jobs(database, clock)
    _add_tasks(app, jobs)
    _add_periodic_tasks(app, jobs, way_out)
    _add_upkeep(app, stalled_after)
    return app


def _add_tasks(app: App, jobs: Jobs) -> None:
    app.task(name="begin_case", retry=_AGAIN)(jobs.begin_case)
    app.task(name="deliver_message", retry=_AGAIN)(jobs.deliver_message)
    app.task(name="pause_pair", retry=_AGAIN)(jobs.pause_pair)
    app.task(name="resume_pair", retry=_AGAIN)(jobs.resume_pair)
    app.task(name="end_pair", retry=_AGAIN)(jobs.end_pair)
    app.task(name="migrate_batch", retry=_AGAIN)(jobs.migrate_batch)
    app.task(name="make_documents", retry=_AGAIN)(jobs.make_documents)


def _add_periodic_tasks(app: App, jobs: Jobs, way_out: WayOut | None) -> None:
    acts: list[tuple[str, Callable[[], int], str]] = [
        ("fire_due_timers", jobs.fire_due_timers, "* * * * * */3"),
        ("seal_journals", jobs.seal_journals, "* * * * * */5"),
        ("forget_failures", jobs.forget_failures, "17 * * * *"),
        ("forget_sessions", jobs.forget_sessions, "47 3 * * *"),
        ("forget_drafts", jobs.forget_drafts, "41 3 * * *"),
        ("forget_imports", jobs.forget_imports, "23 * * * *"),
        ("write_digests", jobs.write_digests, "*/5 * * * *"),
        ("remind", jobs.remind, "*/10 * * * *"),
        ("forget_letters", jobs.forget_letters, "47 3 * * *"),
    ]
    if way_out:
        acts.append(("send_letters", Mailing(jobs.act, *way_out).send_letters, "* * * * * */5"))
    for name, act, every in acts:
        # One waits and one runs at most: a worker that is behind does not gather the same job.
        task = app.task(name=name, lock=name, queueing_lock=name)(_without_timestamp(act))
        app.periodic(cron=every)(task)


def _without_timestamp(act: Callable[[], Any]) -> Callable[[int], None]:
    def run(timestamp: int) -> None:  # noqa: ARG001
        act()

    return run


def _add_upkeep(app: App, stalled_after: float) -> None:
    @app.periodic(cron=f"* * * * * */{max(1, round(stalled_after / 3))}")
    @app.task(name="retry_stalled", queueing_lock="retry_stalled")
    async def retry_stalled(timestamp: int) -> None:  # noqa: ARG001
        """Give the jobs of dead workers back to the queue."""
        await retry_jobs_of_dead_workers(app, stalled_after)

    @app.periodic(cron="23 3 * * *")
    @app.task(name="delete_old_jobs", queueing_lock="delete_old_jobs")
    async def delete_old_jobs(timestamp: int) -> None:  # noqa: ARG001
        """Forget the jobs that failed or were cancelled long ago."""
        await app.job_manager.delete_old_jobs(
            _HOURS_TO_KEEP_FAILED, include_failed=True, include_cancelled=True, include_aborted=True
        )


async def retry_jobs_of_dead_workers(app: App, stalled_after: float) -> int:
    """Give back what dead workers had begun; return how many jobs there were."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=stalled_after))
    for job in stalled:
        log.warning("the worker of job %s (%s) died: it is done again", job.id, job.task_name)
        if job.queueing_lock:
            # The next of its kind is queued by the clock already, and there can be only one.
            await app.job_manager.finish_job(job, Status.FAILED, delete_job=True)
        else:
            await app.job_manager.retry_job(job)
    return len(stalled)


def run_worker(
    database: Database,
    *,
    concurrency: int = 2,
    clock: Clock = machine_clock,
    stalled_after: float = 30,
    wait: bool = True,
    way_out: WayOut | None = None,
) -> None:
    """Do jobs until told to stop; with `wait` off, until none is left."""
    app = make_app(database, clock=clock, stalled_after=stalled_after, way_out=way_out)

    async def work() -> None:
        async with app.open_async():
            # At once, not only after the first ten seconds: often this worker replaces the dead one.
            await retry_jobs_of_dead_workers(app, stalled_after)
            working = app.run_worker_async(
                concurrency=concurrency,
                wait=wait,
                delete_jobs="successful",
                fetch_job_polling_interval=min(5.0, stalled_after),
                shutdown_graceful_timeout=20,
                update_heartbeat_interval=stalled_after / 3,
                stalled_worker_timeout=stalled_after,
                install_signal_handlers=False,
            )
            await until_told_to_stop(asyncio.create_task(working))

    # psycopg needs a selector; on Windows that is not what asyncio takes by itself.
    loop = asyncio.SelectorEventLoop if sys.platform == "win32" else None
    with asyncio.Runner(loop_factory=loop) as runner:
        runner.run(work())
