"""Move a case one step, and keep its rows in step with it.

The engine is given the saved state and answers with a new one and with what changed. Here its
answer becomes rows: tasks, timers, awaited and sent messages. Whoever moves a case holds its lock.
"""

from workflows.process.beginning import begin_by_now, enter, keep_promise, people_of, stand_on
from workflows.process.changes import Completion, Moved
from workflows.process.migrating import migrate
from workflows.process.moving import complete, fire_timer, receive, start
from workflows.process.recording import record, record_start
from workflows.process.recounting import recount
from workflows.process.reopening import reopen
from workflows.process.stopping import resume, stop, suspend
from workflows.records.messages import defer_delivery, post

__all__ = [
    "Completion",
    "Moved",
    "begin_by_now",
    "complete",
    "defer_delivery",
    "enter",
    "fire_timer",
    "keep_promise",
    "migrate",
    "people_of",
    "post",
    "receive",
    "record",
    "record_start",
    "recount",
    "reopen",
    "resume",
    "stand_on",
    "start",
    "stop",
    "suspend",
]
