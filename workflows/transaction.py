"""A door's part of an act: one transaction, kept when the act returns, undone when it raises.

What a person typed and what a case could not do must not be undone with the rest. Such refusals owe
something, and it is done here in a transaction of its own before the refusal goes on to the door.
"""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session, sessionmaker

from workflows.operations.incidents import open_incident
from workflows.operations.sign_in import note_failure
from workflows.operations.tasks import save_draft
from workflows.refusals import Refusal, Stalled, TooLate, WrongGuess, WrongSignIn
from workflows.work import SYSTEM, Actor, Work, machine_clock

Result = TypeVar("Result")


def carry_out(
    sessions: sessionmaker[Session],
    actor: Actor,
    act: Callable[[Work], Result],
    *,
    clock: Callable[[], datetime] = machine_clock,
) -> Result:
    """Open a session, do the act in one transaction and close the session."""
    with sessions() as session, committed(Work(session, actor, clock)) as work:
        return act(work)


@contextmanager
def committed(work: Work) -> Iterator[Work]:
    """Commit what is done inside; undo it all when it raises, and do what the refusal owes.

    Reading ends by a commit too: a rollback makes the driver forget the statements it has prepared.
    """
    try:
        yield work
        work.session.commit()
    except Refusal as refusal:
        work.session.rollback()
        pay(work, refusal)
        raise
    except BaseException:
        work.session.rollback()
        raise


def pay(work: Work, refusal: Refusal) -> None:
    """Open the incident or keep the draft that a refused act leaves behind, once it is rolled back."""
    try:
        if isinstance(refusal, Stalled):
            open_incident(_as_system(work), refusal, actor_id=work.actor.person_id)
        elif isinstance(refusal, TooLate) and not work.actor.is_system:
            save_draft(work, uuid.UUID(refusal.task_id), refusal.answers, was_refused=True)
        elif isinstance(refusal, WrongSignIn | WrongGuess):
            note_failure(work, refusal.name, refusal.address)
        else:
            return
        work.session.commit()
    except Refusal:
        # The case or the right to it went away in between, or what was typed is too large to keep:
        # the person is told what went wrong with the act, not what went wrong after it.
        work.session.rollback()


def _as_system(work: Work) -> Work:
    return Work(work.session, SYSTEM, work.clock)
