"""Do at once what otherwise waits for the worker: begin cases, hand messages over.

A year that is played in seconds, and a test, cannot wait for another process. They do the same acts in
the same order as the worker would, by their own clock.
"""

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from sqlalchemy import Boolean, ColumnElement, literal_column, text

from models.prepared import Prepared
from workflows.operations.messages import deliver_message
from workflows.operations.pairs import end_pair, pause_pair, resume_pair
from workflows.operations.promises import begin_case
from workflows.refusals import Refusal
from workflows.work import Work

Result = TypeVar("Result")

_OURS = (
    "job.status = 'todo' AND job.task_name IN "
    "('begin_case', 'deliver_message', 'end_pair', 'pause_pair', 'resume_pair')"
)
_WAITING = text(
    "SELECT job.id, job.task_name, job.args, coalesce(job.args->>'process', addressed.process, 'pair'),"  # noqa: S608 - made of literals
    " coalesce(job.args->>'title', addressed.title, pair.title)"
    " FROM procrastinate_jobs AS job"
    " LEFT JOIN message ON message.id = (job.args->>'message_id')::uuid"
    ' LEFT JOIN "case" AS addressed ON addressed.id = message.case_id'
    " LEFT JOIN pair ON pair.id = (job.args->>'pair_id')::uuid"
    f" WHERE {_OURS} ORDER BY job.id LIMIT 500"
)
_ANY_WAITS = f"EXISTS (SELECT 1 FROM procrastinate_jobs AS job WHERE {_OURS})"  # noqa: S608 - made of literals
_DONE = Prepared(text("DELETE FROM procrastinate_jobs WHERE id = :id"))


class Act(Protocol):
    """Carries an act out as the system, in a transaction of its own."""

    def __call__(self, act: Callable[[Work], Result], /) -> Result: ...


@dataclass(frozen=True, slots=True)
class Errand:
    """A job that waits, and the case that it is about."""

    id: int
    name: str
    arguments: Mapping[str, Any]
    process: str
    case_title: str


def errands_wait() -> ColumnElement[bool]:
    """Say whether there is anything to do, for a query that asks for more than that."""
    return literal_column(_ANY_WAITS, Boolean())


def list_errands(work: Work) -> list[Errand]:
    """List what waits, in the order in which it was asked for."""
    return [Errand(*row) for row in work.session.connection().execute(_WAITING)]


def do_errands(carry_out: Act) -> int:
    """Do what waits until nothing is left; return how much there was."""
    done = 0
    while errands := carry_out(list_errands):
        for errand in errands:
            do_errand(carry_out, errand)
            done += 1
    return done


def do_errand(carry_out: Act, errand: Errand) -> None:
    """Do one errand; a refusal ends it too, for what it owes (an incident) has been done by the door."""

    def act(work: Work) -> None:
        ERRANDS[errand.name](work, errand.arguments)
        _end(work, errand)

    try:
        carry_out(act)
    except Refusal:
        carry_out(lambda work: _end(work, errand))


def _end(work: Work, errand: Errand) -> None:
    _DONE.run(work.session.connection(), {"id": errand.id})


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


ERRANDS: Mapping[str, Callable[[Work, Mapping[str, Any]], Any]] = {
    "begin_case": _begin_case,
    "deliver_message": _deliver_message,
    "end_pair": _end_pair,
    "pause_pair": _pause_pair,
    "resume_pair": _resume_pair,
}
