"""List the mentees of a programme, by name, as far as the reader may see them."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, false, func, null, select

from models.bases import EntryStatus, MenteeEntry
from models.people import Person
from workflows.access import Permission, can
from workflows.queries.bases.conditions import (
    PAGE,
    PairRow,
    after,
    is_minor,
    lacks_consents,
    named,
    pairs_of,
    reads_consents,
    waits_since,
)
from workflows.queries.bases.places import BasePlace
from workflows.work import Work


@dataclass(frozen=True)
class MenteeFilters:
    """Which mentees are wanted; what is empty does not matter."""

    search: str = ""
    status: EntryStatus | None = None
    form: str = ""
    group: str = ""
    problem: str = ""
    minor: bool = False
    lacking: bool = False
    waiting: int = 0
    """For how many days at least without a pair."""


@dataclass(frozen=True)
class MenteeRow:
    """A mentee in the list."""

    id: uuid.UUID
    person_id: uuid.UUID
    name: str
    group: str | None
    form: str
    problems: Sequence[str]
    wants: str
    status: EntryStatus
    applied_at: datetime
    is_minor: bool
    lacks_consents: bool
    waits_since: datetime | None
    email: str | None
    phone: str | None
    pairs: Sequence[PairRow] = field(default=())


def list_mentees(
    work: Work,
    place: BasePlace,
    filters: MenteeFilters,
    *,
    after_id: uuid.UUID | None = None,
    size: int = PAGE,
) -> tuple[list[MenteeRow], uuid.UUID | None]:
    """List mentees by name, and after which one the next page begins."""
    wanted = _wanted(work, place, filters)
    if after_id:
        wanted = wanted.where(after(MenteeEntry, after_id, place.programme.id))
    rows = work.session.execute(wanted.limit(size + 1)).all()
    pairs = pairs_of(work, place.programme.id, (row.person_id for row in rows), "mentee") if rows else {}
    found = [replace(MenteeRow(*row), pairs=pairs.get(row.person_id, ())) for row in rows[:size]]
    return found, found[-1].id if len(rows) > size else None


def count_mentees(work: Work, place: BasePlace, filters: MenteeFilters) -> int:
    """Count the mentees of a list."""
    found = _wanted(work, place, filters).order_by(None).with_only_columns(MenteeEntry.id).subquery()
    return work.session.execute(select(func.count()).select_from(found)).scalar_one()


def _wanted(work: Work, place: BasePlace, filters: MenteeFilters) -> Select[Any]:
    shows_contacts = can(work, Permission.PERSON_READ_CONTACTS, place.subject)
    contacts = (Person.email, Person.phone) if shows_contacts else (null(), null())
    return (
        select(
            MenteeEntry.id,
            MenteeEntry.person_id,
            Person.full_name,
            Person.study_group,
            MenteeEntry.form,
            MenteeEntry.problems,
            MenteeEntry.wants,
            MenteeEntry.status,
            MenteeEntry.applied_at,
            is_minor(place.today),
            lacks_consents(MenteeEntry, place.today) if reads_consents(work, place) else false(),
            waits_since(),
            *contacts,
        )
        .join(Person, Person.id == MenteeEntry.person_id)
        .where(MenteeEntry.programme_id == place.programme.id, *_conditions(work, place, filters))
        .order_by(Person.full_name, MenteeEntry.id)
    )


def _conditions(work: Work, place: BasePlace, filters: MenteeFilters) -> list[ColumnElement[bool]]:
    wanted = named(filters.search)
    if filters.status:
        wanted.append(MenteeEntry.status == filters.status)
    if filters.form:
        wanted.append(MenteeEntry.form == filters.form)
    if filters.group:
        wanted.append(Person.study_group == filters.group)
    if filters.problem:
        wanted.append(MenteeEntry.problems.contains([filters.problem]))
    if filters.minor:
        wanted.append(is_minor(place.today))
    if filters.lacking and reads_consents(work, place):
        wanted.append(lacks_consents(MenteeEntry, place.today))
    if filters.waiting:
        wanted.append(waits_since() <= work.now() - timedelta(days=filters.waiting))
    return wanted


def count_by_status(work: Work, place: BasePlace) -> Mapping[EntryStatus, int]:
    """Count the mentees of a programme by how far they have come."""
    counts = (
        select(MenteeEntry.status, func.count())
        .where(MenteeEntry.programme_id == place.programme.id)
        .group_by(MenteeEntry.status)
    )
    return dict(work.session.execute(counts).tuples().all())


def list_groups(work: Work, place: BasePlace) -> list[str]:
    """List the study groups and classes from which mentees of a programme come."""
    wanted = (
        select(Person.study_group)
        .join(MenteeEntry, MenteeEntry.person_id == Person.id)
        .where(MenteeEntry.programme_id == place.programme.id, Person.study_group.is_not(None))
        .distinct()
        .order_by(Person.study_group)
    )
    return [one for one in work.session.scalars(wanted) if one]
