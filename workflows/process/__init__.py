"""Move a case one step, and keep its rows in step with it.

The engine is given the saved state and answers with a new one and with what changed. Here its
answer becomes rows: tasks, timers, awaited and sent messages. Whoever moves a case holds its lock.
"""

from workflows.process.changes import Completion, Moved
from workflows.process.migrating import migrate
from workflows.process.moving import complete, fire_timer, receive, start
from workflows.process.recording import record
from workflows.process.recounting import recount
from workflows.process.sending import defer_delivery, post
from workflows.process.stopping import resume, stop, suspend

__all__ = [
    "Completion",
    "Moved",
    "complete",
    "defer_delivery",
    "fire_timer",
    "migrate",
    "post",
    "receive",
    "record",
    "recount",
    "resume",
    "start",
    "stop",
    "suspend",
]
