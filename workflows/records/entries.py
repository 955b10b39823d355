"""What the two bases have in common: an entry is held, found, and changed in the same way in both."""

import uuid
from collections.abc import Collection
from typing import Any, TypeVar

from sqlalchemy import bindparam, select

from models.bases import MenteeEntry, MentorEntry
from workflows.refusals import NotFound
from workflows.work import Work

Entry = TypeVar("Entry", MenteeEntry, MentorEntry)
NOUNS: dict[type, str] = {MenteeEntry: "mentee", MentorEntry: "mentor"}
_OF_CASE: dict[Any, Any] = {
    kind: select(kind).where(kind.case_id == bindparam("case_id")) for kind in (MenteeEntry, MentorEntry)
}
_HELD_OF_CASE: dict[Any, Any] = {
    kind: wanted.with_for_update().execution_options(populate_existing=True)
    for kind, wanted in _OF_CASE.items()
}
_HELD_OF_PERSON: dict[Any, Any] = {
    kind: select(kind)
    .where(kind.programme_id == bindparam("programme_id"), kind.person_id == bindparam("person_id"))
    .with_for_update()
    .execution_options(populate_existing=True)
    for kind in (MenteeEntry, MentorEntry)
}


def hold(work: Work, kind: type[Entry], entry_id: uuid.UUID) -> Entry:
    """Return an entry, locked; one that this act has locked already nobody else has changed since."""
    entry = work.remembered(
        ("held entry", entry_id),
        lambda: work.session.get(kind, entry_id, with_for_update=True, populate_existing=True),
    )
    if entry is None:
        raise NotFound(noun=NOUNS[kind])
    return entry


def hold_all(work: Work, kind: type[Entry], entry_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Entry]:
    """Return these entries, all locked in one order, so that two who hold many never wait for each other."""
    wanted = select(kind).where(kind.id.in_(entry_ids)).order_by(kind.id).with_for_update()
    found = work.session.scalars(wanted.execution_options(populate_existing=True)).all()
    return {one.id: one for one in found}


def hold_by_case(work: Work, kind: type[Entry], case_id: uuid.UUID) -> Entry:
    """Return the entry whose intake this case is, locked."""
    entry: Entry | None = work.remembered(
        ("held entry of case", case_id),
        lambda: work.session.scalars(_HELD_OF_CASE[kind], {"case_id": case_id}).one_or_none(),
    )
    if entry is None:
        raise NotFound(noun=NOUNS[kind])
    return work.remembered(("held entry", entry.id), lambda: entry)


def find(work: Work, kind: type[Entry], programme_id: uuid.UUID, person_id: uuid.UUID) -> Entry | None:
    """Find somebody in the base of a programme."""
    given = {"programme_id": programme_id, "person_id": person_id}
    found: Entry | None = work.session.scalars(_HELD_OF_PERSON[kind], given).one_or_none()
    return found


def entry_of(work: Work, kind: type[Entry], case_id: uuid.UUID) -> Entry | None:
    """Find the entry whose intake this case is."""
    found: Entry | None = work.session.scalars(_OF_CASE[kind], {"case_id": case_id}).one_or_none()
    return found


def change(work: Work, entry: MenteeEntry | MentorEntry, **values: Any) -> None:
    """Write down what is now known."""
    for name, value in values.items():
        setattr(entry, name, value)
    work.session.flush()
