"""Ask for letters: to whom they go, by what each person has chosen, in the transaction of their cause.

A letter goes to people with an address and an account, because it says no more than where to look.
"""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, cast

from sqlalchemy import ColumnElement, DateTime, Select, String, Table, case, func, literal, or_, select
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.dialects.postgresql.dml import Insert

from models.letters import Letter, LetterKind, NotificationChoice, Way
from models.people import Person, User
from workflows.work import Work

USUAL: Mapping[LetterKind, Way] = {
    LetterKind.TASK_NEW: Way.DAILY,
    LetterKind.TASK_GIVEN: Way.AT_ONCE,
    LetterKind.TASK_OVERDUE: Way.DAILY,
    LetterKind.NOTICE: Way.DAILY,
    LetterKind.MEETING: Way.AT_ONCE,
    LetterKind.COMMENT: Way.AT_ONCE,
}
"""What happens as long as somebody has chosen nothing: few letters, and those that a person asks for."""

WAYS: Mapping[LetterKind, tuple[Way, ...]] = {
    # A task stands in the inbox whatever is chosen: it is to be done.
    **dict.fromkeys(USUAL, (Way.AT_ONCE, Way.DAILY, Way.HERE)),
    LetterKind.NOTICE: tuple(Way),
}

_WRITTEN = dict.fromkeys((LetterKind.TASK_GIVEN, LetterKind.COMMENT), (Way.AT_ONCE, Way.DAILY))
"""What the daily letter could not find by itself is kept for it."""

_LETTER = cast(Table, Letter.__table__)
_COLUMNS = (
    "id",
    "organisation_id",
    "person_id",
    "kind",
    "way",
    "cause",
    "about",
    "address",
    "language",
    "asked_at",
    "next_at",
)


def way_of(kind: LetterKind) -> ColumnElement[str]:
    """Say which way somebody wants to be told; choices are joined from outside."""
    return func.coalesce(NotificationChoice.ways[kind.value].astext, literal(USUAL[kind].value, String()))


def reachable() -> ColumnElement[bool]:
    """Say that a letter can reach a person; accounts are joined."""
    return Person.email.is_not(None) & ~User.is_blocked


def letters_for(
    kind: LetterKind,
    now: datetime | ColumnElement[datetime],
    *,
    cause: ColumnElement[str],
    about: ColumnElement[Any],
) -> Select[Any]:
    """Select the rows of letters; the caller joins what causes them."""
    moment = now if isinstance(now, ColumnElement) else literal(now, DateTime(timezone=True))
    way = literal(Way.AT_ONCE.value, String()) if kind is LetterKind.DIGEST else way_of(kind)
    wants = or_(*(way == one.value for one in _WRITTEN.get(kind, (Way.AT_ONCE,))))
    return (
        select(
            func.gen_random_uuid(),
            Person.organisation_id,
            Person.id,
            literal(kind.value, String()),
            way,
            cause,
            about,
            Person.email,
            Person.language,
            moment,
            case((way == Way.AT_ONCE.value, moment)),
        )
        .select_from(Person)
        .join(User, User.person_id == Person.id)
        .outerjoin(NotificationChoice, NotificationChoice.person_id == Person.id)
        .where(reachable(), wants)
    )


def inserted(rows: Select[Any]) -> Insert:
    """Write letters down; what has been told of the same cause before is not told again."""
    written = insert(_LETTER).from_select(_COLUMNS, rows, include_defaults=False)
    return written.on_conflict_do_nothing(index_elements=["person_id", "kind", "cause"])


def ask(
    work: Work, kind: LetterKind, people: Iterable[uuid.UUID], *, cause: object, about: Mapping[str, Any]
) -> None:
    """Ask for a letter to each of these people who wants one; nobody writes to themselves."""
    wanted = {one for one in people if one != work.actor.person_id}
    if not wanted:
        return
    rows = letters_for(kind, work.now(), cause=literal(str(cause)), about=literal(dict(about), JSONB()))
    work.session.execute(inserted(rows.where(Person.id.in_(wanted))))
