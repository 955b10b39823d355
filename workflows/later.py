"""Ask for work to be done later, by the name of its task.

The job is written on the connection of the act that asks for it: it exists if and only if the act
was committed. `jobs` holds the tasks and stands above the operations, so they are named, not imported.
"""

import uuid
from datetime import date, datetime
from typing import Any

from procrastinate import SyncPsycopgConnector
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

from workflows.work import Work

# It is never opened: every statement travels on the connection that is handed over.
_manager = JobManager(SyncPsycopgConnector())


def defer(
    work: Work,
    task: str,
    /,
    *,
    at: datetime | None = None,
    lock: str | None = None,
    **arguments: Any,
) -> int:
    """Write a job for the worker and return its id; jobs of one `lock` run one after another."""
    deferrer = configure_task(
        name=task, job_manager=_manager, schedule_at=at, lock=lock, connection=_connection_of(work)
    )
    return deferrer.defer(**{name: _plain(value) for name, value in arguments.items()})


def cancel(work: Work, job_id: int) -> bool:
    """Cancel a job that has not begun; say whether there was one."""
    return _manager.cancel_job_by_id(job_id, connection=_connection_of(work))


def _connection_of(work: Work) -> Any:
    return work.session.connection().connection.driver_connection


def _plain(value: Any) -> Any:
    """Return ids and instants as text, which is how a job keeps its arguments."""
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return value
