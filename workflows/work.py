"""One piece of work: one actor, one session, one clock.

Operations take a `Work` as their first argument and never commit. The doors of the house (a
request, a command, the worker, a test) open it and commit it. Nothing in the house reads the
machine's clock except through `Work.now`, so that a year can be simulated in seconds.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from models.organisations import Organisation
from models.people import Person
from models.programmes import Programme

Result = TypeVar("Result")
_MEMORY = "what was read in a transaction"
_ASKED_FOR_AGAIN = (Organisation, Person, Programme)


@dataclass(frozen=True)
class Role:
    """A role the actor holds today in an organisation, and so in the branch below it."""

    name: str
    organisation_id: uuid.UUID
    path: str


@dataclass(frozen=True)
class Actor:
    """Who acts: a person with today's roles, or the system itself (no person)."""

    person_id: uuid.UUID | None
    name: str
    language: str = "ru"
    roles: tuple[Role, ...] = ()
    stands_for: tuple[uuid.UUID, ...] = ()
    """The people whose deputy the actor is today: what is theirs to do, the actor may do."""

    @property
    def is_system(self) -> bool:
        return self.person_id is None

    def is_or_stands_for(self, person_id: uuid.UUID | None) -> bool:
        """Say whether this is the actor, or somebody whose deputy the actor is."""
        return person_id is not None and (person_id == self.person_id or person_id in self.stands_for)


SYSTEM = Actor(person_id=None, name="system")


def machine_clock() -> datetime:
    return datetime.now(UTC)


@dataclass
class Work:
    """First argument of every operation and query."""

    session: Session
    actor: Actor
    clock: Callable[[], datetime] = field(default=machine_clock)

    def now(self) -> datetime:
        return self.clock()

    def remembered(self, key: tuple[str, Any], read: Callable[[], Result]) -> Result:
        """Return what was read under this key in this transaction; the first time, read it.

        For rows that many floors of one act ask for. Whoever adds to what is remembered forgets it;
        what was not there is looked for again.
        """
        memory = self._memory()
        if key in memory:
            known: Result = memory[key]
            return known
        found = read()
        if found is not None:
            memory[key] = found
        return found

    def forget(self, key: tuple[str, Any]) -> None:
        """Let something be read anew."""
        self._memory().pop(key, None)

    def _memory(self) -> dict[Any, Any]:
        memory: dict[Any, Any] = self.session.info.setdefault(_MEMORY, {})
        return memory


@event.listens_for(Session, "loaded_as_persistent")
def _keep(session: Session, row: object) -> None:
    """Keep what many floors ask for by its id while the transaction lasts; the session lets it go."""
    if isinstance(row, _ASKED_FOR_AGAIN):
        session.info.setdefault(_MEMORY, {})[id(row)] = row


@event.listens_for(Session, "after_transaction_end")
def _forget_all(session: Session, transaction: SessionTransaction) -> None:
    """Let nothing that was read outlive its transaction, or keep old rows alive."""
    if transaction.parent is None:
        session.info.pop(_MEMORY, None)


class WriteInReadOnlyWork(RuntimeError):
    """A GET request tried to change the database."""


def forbid_writes(session: Session) -> None:
    """Make this session refuse to write, in the house and in the database."""

    @event.listens_for(session, "after_begin")
    def set_read_only(_session: Session, _transaction: object, connection: object) -> None:
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")  # type: ignore[attr-defined]

    @event.listens_for(session, "before_flush")
    def refuse(session: Session, _context: object, _instances: object) -> None:
        changed = [*session.new, *session.dirty, *session.deleted]
        if changed:
            raise WriteInReadOnlyWork(f"{changed}")
