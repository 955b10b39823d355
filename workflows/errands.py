"""Do at once what otherwise waits for the worker: begin cases, hand messages over.

A year that is played in seconds, and a test, cannot wait for another process. They do the same acts in
the same order as the worker would, by their own clock.
"""

import uuid
from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

from sqlalchemy import Boolean, ColumnElement, literal_column, text

from workflows.operations.messages import deliver_message
from workflows.operations.pairs import end_pair, pause_pair, resume_pair
from workflows.operations.promises import begin_case
from workflows.refusals import Refusal
from workflows.work import Work

Result = TypeVar("Result")
Errand = Callable[[Work, Mapping[str, Any]], Any]

_OURS = (
    "FROM procrastinate_jobs WHERE status = 'todo' AND task_name IN "
    "('begin_case', 'deliver_message', 'end_pair', 'pause_pair', 'resume_pair')"
)
_WAITING = text(f"SELECT id, task_name, args {_OURS} ORDER BY id LIMIT 500")
_DONE = text("DELETE FROM procrastinate_jobs WHERE id = :id")


class Act(Protocol):
    """Carries an act out as the system, in a transaction of its own."""

    def __call__(self, act: Callable[[Work], Result], /) -> Result: ...


def errands_wait() -> ColumnElement[bool]:
    """Say whether there is anything to do, for a query that asks for more than that."""
    return literal_column(f"EXISTS (SELECT 1 {_OURS})", Boolean())


def do_errands(carry_out: Act) -> int:
    """Do what waits until nothing is left; return how much there was."""
    done = 0
    while jobs := carry_out(lambda work: work.session.execute(_WAITING).all()):
        for job_id, name, arguments in jobs:
            _do(carry_out, job_id, ERRANDS[name], arguments)
            done += 1
    return done


def _do(carry_out: Act, job_id: int, errand: Errand, arguments: Mapping[str, Any]) -> None:
    def act(work: Work) -> None:
        errand(work, arguments)
        work.session.execute(_DONE, {"id": job_id})

    try:
        carry_out(act)
    except Refusal:
        # What the refusal owes (an incident) has been done by the door; the errand itself is over.
        carry_out(lambda work: work.session.execute(_DONE, {"id": job_id}))


def _begin_case(work: Work, arguments: Mapping[str, Any]) -> None:
    begin_case(work, **arguments)


def _deliver_message(work: Work, arguments: Mapping[str, Any]) -> None:
    deliver_message(work, uuid.UUID(arguments["message_id"]))


def _pause_pair(work: Work, arguments: Mapping[str, Any]) -> None:
    pause_pair(work, uuid.UUID(arguments["pair_id"]), arguments["reason"])


def _resume_pair(work: Work, arguments: Mapping[str, Any]) -> None:
    resume_pair(work, uuid.UUID(arguments["pair_id"]))


def _end_pair(work: Work, arguments: Mapping[str, Any]) -> None:
    end_pair(work, uuid.UUID(arguments["pair_id"]), arguments["reason"])


ERRANDS: Mapping[str, Errand] = {
    "begin_case": _begin_case,
    "deliver_message": _deliver_message,
    "end_pair": _end_pair,
    "pause_pair": _pause_pair,
    "resume_pair": _resume_pair,
}
