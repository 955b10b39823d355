"""Read letters: those of the organisations that somebody looks after, one of them, what one is about."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, literal, or_, select, tuple_

from models.letters import Letter, LetterKind, Way
from models.organisations import Organisation
from models.people import Person
from workflows.access import Permission, Subject, require
from workflows.access.reach import BRANCH_ROLES
from workflows.refusals import NotFound
from workflows.work import Work

PAGE = 50
READERS = frozenset({"administrator"})


class LetterState(StrEnum):
    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given_up"


@dataclass(frozen=True)
class LetterPlace:
    """After which letter the next page begins."""

    asked_at: datetime
    id: uuid.UUID


@dataclass(frozen=True)
class LetterRow:
    """A letter in the list: to whom and of what kind, not what it says."""

    id: uuid.UUID
    kind: LetterKind
    to: str
    address: str
    asked_at: datetime
    sent_at: datetime | None
    given_up_at: datetime | None
    attempts: int
    failure: str

    @property
    def state(self) -> LetterState:
        """Say what has become of it."""
        if self.sent_at:
            return LetterState.SENT
        return LetterState.GIVEN_UP if self.given_up_at else LetterState.WAITING


def may_read_letters(work: Work) -> bool:
    """Say whether the actor looks after an organisation whose letters may be seen."""
    return any(role.name in READERS for role in work.actor.roles)


def list_letters(
    work: Work,
    *,
    state: LetterState | None = None,
    search: str = "",
    after: LetterPlace | None = None,
    size: int = PAGE,
) -> tuple[list[LetterRow], LetterPlace | None]:
    """List the letters where the actor is administrator, the newest first, and where the next page begins."""
    if not may_read_letters(work):
        raise NotFound(noun="letter")
    found = work.session.execute(_page(work, state, search, after).limit(size + 1)).all()
    rows = [LetterRow(*row) for row in found[:size]]
    following = LetterPlace(rows[-1].asked_at, rows[-1].id) if len(found) > size else None
    return rows, following


def get_letter(work: Work, letter_id: uuid.UUID) -> tuple[Letter, Subject]:
    """Return a letter that the actor may read, and what permissions are asked about."""
    found = work.session.execute(
        select(Letter, Organisation.path)
        .join(Organisation, Organisation.id == Letter.organisation_id)
        .where(Letter.id == letter_id, Letter.way == Way.AT_ONCE)
    ).one_or_none()
    if found is None:
        raise NotFound(noun="letter")
    letter, path = found
    subject = Subject(letter.organisation_id, path)
    require(work, Permission.LETTER_READ, subject)
    return letter, subject


def _page(work: Work, state: LetterState | None, search: str, after: LetterPlace | None) -> Select[Any]:
    wanted: list[ColumnElement[bool]] = [Letter.way == Way.AT_ONCE, _reach(work)]
    if state:
        wanted.append(_STATES[state])
    wanted += [_is_to(word) for word in search.split()]
    if after:
        wanted.append(tuple_(Letter.asked_at, Letter.id) < tuple_(literal(after.asked_at), literal(after.id)))
    return (
        select(
            Letter.id,
            Letter.kind,
            Person.full_name,
            Letter.address,
            Letter.asked_at,
            Letter.sent_at,
            Letter.given_up_at,
            Letter.attempts,
            Letter.failure,
        )
        .join(Person, Person.id == Letter.person_id)
        .where(*wanted)
        .order_by(Letter.asked_at.desc(), Letter.id.desc())
    )


_STATES = {
    LetterState.WAITING: Letter.next_at.is_not(None),
    LetterState.SENT: Letter.sent_at.is_not(None),
    LetterState.GIVEN_UP: Letter.given_up_at.is_not(None),
}


def _is_to(word: str) -> ColumnElement[bool]:
    columns = (Person.full_name, Letter.address)
    return or_(*(column.icontains(word, autoescape=True) for column in columns))


def _reach(work: Work) -> ColumnElement[bool]:
    """Keep the letters of the organisations that the actor administers, with the branch below each."""
    assert READERS <= BRANCH_ROLES
    paths = {role.path for role in work.actor.roles if role.name in READERS}
    below = or_(*(Organisation.path.startswith(path, autoescape=True) for path in sorted(paths)))
    return Letter.organisation_id.in_(select(Organisation.id).where(below))
