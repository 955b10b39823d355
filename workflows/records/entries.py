"""What the two bases have in common: an entry is held, found, and changed in the same way in both."""

import uuid
from collections.abc import Collection
from typing import Any, TypeVar

from sqlalchemy import select

from models.bases import MenteeEntry, MentorEntry
from workflows.refusals import NotFound
from workflows.work import Work

Entry = TypeVar("Entry", MenteeEntry, MentorEntry)
NOUNS: dict[type, str] = {MenteeEntry: "mentee", MentorEntry: "mentor"}


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
    wanted = select(kind).where(kind.case_id == case_id).with_for_update()
    entry = work.remembered(
        ("held entry of case", case_id),
        lambda: work.session.scalars(wanted.execution_options(populate_existing=True)).one_or_none(),
    )
    if entry is None:
        raise NotFound(noun=NOUNS[kind])
    return work.remembered(("held entry", entry.id), lambda: entry)


def find(work: Work, kind: type[Entry], programme_id: uuid.UUID, person_id: uuid.UUID) -> Entry | None:
    """Find somebody in the base of a programme."""
    wanted = select(kind).where(kind.programme_id == programme_id, kind.person_id == person_id)
    wanted = wanted.with_for_update().execution_options(populate_existing=True)
    return work.session.scalars(wanted).one_or_none()


def entry_of(work: Work, kind: type[Entry], case_id: uuid.UUID) -> Entry | None:
    """Find the entry whose intake this case is."""
    return work.session.scalars(select(kind).where(kind.case_id == case_id)).one_or_none()


def change(work: Work, entry: MenteeEntry | MentorEntry, **values: Any) -> None:
    """Write down what is now known."""
    for name, value in values.items():
        setattr(entry, name, value)
    work.session.flush()
