"""List the mentors of a programme, by name, with what was checked of them and whom they can still take."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, null, select

from models.bases import EntryStatus, MentorCheck, MentorEntry, MentorTraining
from models.pairs import Pair, PairMember
from models.partners import Partner
from models.people import Person
from workflows.access import Permission, can
from workflows.queries.bases.conditions import (
    GONE,
    PAGE,
    PairRow,
    after,
    lacks_consents,
    named,
    pairs_of,
    reads_consents,
)
from workflows.queries.bases.places import BasePlace
from workflows.records.consent_effects import OVER
from workflows.work import Work

SOON = timedelta(days=30)
"""How long before its end a document is shown as ending."""


@dataclass(frozen=True)
class MentorFilters:
    """Which mentors are wanted; what is empty does not matter."""

    search: str = ""
    status: EntryStatus | None = None
    form: str = ""
    source: str = ""
    problem: str = ""
    free: bool = False
    expiring: bool = False


@dataclass(frozen=True)
class MentorRow:
    """A mentor in the list."""

    id: uuid.UUID
    person_id: uuid.UUID
    name: str
    position: str | None
    group: str | None
    source: str
    partner: str | None
    forms: Sequence[str]
    status: EntryStatus
    capacity: int
    taken: int
    expires_on: date | None
    """The first day after which a document that was shown does not count any more."""
    has_passed: bool
    lacks_consents: bool
    applied_at: datetime
    email: str | None
    phone: str | None
    pairs: Sequence[PairRow] = field(default=())

    @property
    def free(self) -> int:
        """Say how many more mentees the mentor can take."""
        return 0 if self.status in GONE else max(0, self.capacity - self.taken)


def list_mentors(
    work: Work,
    place: BasePlace,
    filters: MentorFilters,
    *,
    after_id: uuid.UUID | None = None,
    size: int = PAGE,
) -> tuple[list[MentorRow], uuid.UUID | None]:
    """List mentors by name, and after which one the next page begins."""
    wanted = _wanted(work, place, filters)
    if after_id:
        wanted = wanted.where(after(MentorEntry, after_id, place.programme.id))
    rows = work.session.execute(wanted.limit(size + 1)).all()
    pairs = pairs_of(work, place.programme.id, (row.person_id for row in rows), "mentor") if rows else {}
    found = [replace(MentorRow(*row), pairs=pairs.get(row.person_id, ())) for row in rows[:size]]
    return found, found[-1].id if len(rows) > size else None


def count_mentors(work: Work, place: BasePlace, filters: MentorFilters) -> int:
    """Count the mentors of a list."""
    found = _wanted(work, place, filters).order_by(None).with_only_columns(MentorEntry.id).subquery()
    return work.session.execute(select(func.count()).select_from(found)).scalar_one()


def _wanted(work: Work, place: BasePlace, filters: MentorFilters) -> Select[Any]:
    shows_contacts = can(work, Permission.PERSON_READ_CONTACTS, place.subject)
    contacts = (Person.email, Person.phone) if shows_contacts else (null(), null())
    return (
        select(
            MentorEntry.id,
            MentorEntry.person_id,
            Person.full_name,
            Person.position,
            Person.study_group,
            MentorEntry.source,
            Partner.name,
            MentorEntry.forms,
            MentorEntry.status,
            MentorEntry.capacity,
            _taken(),
            _expires_on(),
            _has_passed(),
            lacks_consents(MentorEntry, place.today) if reads_consents(work, place) else false(),
            MentorEntry.applied_at,
            *contacts,
        )
        .join(Person, Person.id == MentorEntry.person_id)
        .outerjoin(Partner, Partner.id == MentorEntry.partner_id)
        .where(MentorEntry.programme_id == place.programme.id, *_conditions(place, filters))
        .order_by(Person.full_name, MentorEntry.id)
    )


def _conditions(place: BasePlace, filters: MentorFilters) -> list[ColumnElement[bool]]:
    wanted = named(filters.search)
    if filters.status:
        wanted.append(MentorEntry.status == filters.status)
    if filters.source:
        wanted.append(MentorEntry.source == filters.source)
    if filters.form:
        wanted.append(MentorEntry.forms.contains([filters.form]))
    if filters.problem:
        wanted.append(MentorEntry.helps_with.contains([filters.problem]))
    if filters.free:
        wanted.append(and_(MentorEntry.status.not_in(GONE), _taken() < MentorEntry.capacity))
    if filters.expiring:
        wanted.append(and_(MentorEntry.status.not_in(GONE), _expires_on() <= place.today + SOON))
    return wanted


def _taken() -> ColumnElement[int]:
    """Count the mentees whom a mentor has today."""
    own, mentee = PairMember.__table__.alias("own"), PairMember.__table__.alias("taken")
    return (
        select(func.count(mentee.c.id))
        .select_from(own)
        .join(Pair, Pair.id == own.c.pair_id)
        .join(mentee, mentee.c.pair_id == Pair.id)
        .where(own.c.mentor_entry_id == MentorEntry.id, own.c.until_on.is_(None), Pair.status.not_in(OVER))
        .where(mentee.c.role == "mentee", mentee.c.until_on.is_(None))
        .correlate(MentorEntry)
        .scalar_subquery()
    )


def _expires_on() -> ColumnElement[date]:
    """Say when the first document ends; of several of one kind the one that lasts longest counts."""
    lasting = (
        select(func.max(func.coalesce(MentorCheck.expires_on, date.max)).label("until"))
        .where(MentorCheck.mentor_entry_id == MentorEntry.id)
        .correlate(MentorEntry)
        .group_by(MentorCheck.kind)
        .subquery()
    )
    return select(func.nullif(func.min(lasting.c.until), date.max)).scalar_subquery()


def _has_passed() -> ColumnElement[bool]:
    """Say that a mentor has passed a training with ethics and safety."""
    return exists().where(
        MentorTraining.mentor_entry_id == MentorEntry.id, MentorTraining.with_ethics, MentorTraining.is_passed
    )


def count_by_status(work: Work, place: BasePlace) -> Mapping[EntryStatus, int]:
    """Count the mentors of a programme by how far they have come."""
    return dict(_counts(work, place, MentorEntry.status))


def count_by_source(work: Work, place: BasePlace) -> Mapping[str, int]:
    """Count the mentors of each sub-base who are still there."""
    return dict(_counts(work, place, MentorEntry.source, MentorEntry.status.not_in(GONE)))


def _counts(work: Work, place: BasePlace, column: Any, *more: ColumnElement[bool]) -> Sequence[Any]:
    wanted = select(column, func.count()).where(MentorEntry.programme_id == place.programme.id, *more)
    return work.session.execute(wanted.group_by(column)).tuples().all()
