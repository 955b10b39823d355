"""What lists of the bases say in SQL: who is a child, whose consent is missing, how long somebody waits."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, case, exists, func, literal, or_, select, tuple_

from models.bases import EntryStatus, EntryStatusChange, MenteeEntry, MentorEntry
from models.consents import Consent
from models.pairs import Pair, PairMember
from models.people import Guardianship, Person
from workflows.access import Permission, can
from workflows.queries.bases.places import BasePlace
from workflows.records.consent_effects import OVER
from workflows.records.consents import AS_GUARDIAN, AS_ONESELF, REQUIRED
from workflows.records.guardians import GROWN_UP_AT
from workflows.records.statuses import OUT
from workflows.work import Work

PAGE = 50
GONE = (*OUT, EntryStatus.COMPLETED)
"""Whoever is here is not waited for any more."""
WAITING = (EntryStatus.READY, EntryStatus.SEARCHING)
Entry = type[MenteeEntry] | type[MentorEntry]


def years_before(day: date, years: int) -> date:
    """Return the same day some years earlier."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def is_minor(today: date) -> ColumnElement[bool]:
    """Say that a person is a child, as `guardians.is_minor` does."""
    has_guardian = exists().where(Guardianship.child_id == Person.id)
    return or_(
        func.coalesce(Person.born_on > years_before(today, GROWN_UP_AT), False),
        and_(Person.born_on.is_(None), has_guardian),
    )


def reads_consents(work: Work, place: BasePlace) -> bool:
    """Say whether the reader may know who has signed."""
    return can(work, Permission.CONSENT_READ, place.subject)


def lacks_consents(entry: Entry, today: date) -> ColumnElement[bool]:
    """Say that somebody still in the base has not signed all that must be, or no guardian of a child has."""
    own, guardians = _signed(entry, AS_ONESELF), _signed(entry, AS_GUARDIAN)
    lacking = or_(own < len(REQUIRED), and_(is_minor(today), guardians < len(REQUIRED)))
    return and_(entry.status.not_in(GONE), lacking)


def _signed(entry: Entry, signed_as: str) -> ColumnElement[int]:
    """Count the purposes nobody may do without for which a consent of this kind stands."""
    return (
        select(func.count(Consent.purpose.distinct()))
        .where(
            Consent.person_id == entry.person_id,
            Consent.programme_id == entry.programme_id,
            Consent.purpose.in_(REQUIRED),
            Consent.signed_as == signed_as,
            Consent.is_given,
            Consent.withdrawn_at.is_(None),
        )
        .correlate(entry)
        .scalar_subquery()
    )


def waits_since() -> ColumnElement[datetime]:
    """Say since when a mentee has been without a pair; empty unless one is looked for."""
    change = EntryStatusChange
    own = change.mentee_entry_id == MenteeEntry.id
    other = (
        select(func.max(change.at))
        .where(own, change.status.not_in(WAITING))
        .correlate(MenteeEntry)
        .scalar_subquery()
    )
    since = select(func.min(change.at)).where(
        own, change.status.in_(WAITING), or_(other.is_(None), change.at >= other)
    )
    moment = func.coalesce(since.correlate(MenteeEntry).scalar_subquery(), MenteeEntry.applied_at)
    return case((MenteeEntry.status.in_(WAITING), moment))


def named(search: str) -> list[ColumnElement[bool]]:
    """Say that the name holds every word."""
    return [Person.full_name.icontains(word, autoescape=True) for word in search.split()]


def after(entry: Entry, entry_id: uuid.UUID, programme_id: uuid.UUID) -> ColumnElement[bool]:
    """Say that a row comes after another one in the order of names; no name stands in an address.

    After one of another programme comes nobody: else its place would tell how that person is called.
    """
    place = (
        select(Person.full_name, entry.id)
        .join(entry, entry.person_id == Person.id)
        .where(entry.id == literal(entry_id), entry.programme_id == literal(programme_id))
    )
    return tuple_(Person.full_name, entry.id) > place.scalar_subquery()


@dataclass(frozen=True)
class PairRow:
    """A pair to which somebody belongs today."""

    pair_id: uuid.UUID
    others: tuple[str, ...]


def pairs_of(
    work: Work, programme_id: uuid.UUID, people: Iterable[uuid.UUID], role: str
) -> dict[uuid.UUID, list[PairRow]]:
    """Map people of a page to the pairs they are in today, each with those on the other side."""
    own, other = PairMember, PairMember.__table__.alias("other")
    wanted = (
        select(own.person_id, Pair.id, func.array_agg(Person.full_name))
        .join(Pair, Pair.id == own.pair_id)
        .join(other, other.c.pair_id == Pair.id)
        .join(Person, Person.id == other.c.person_id)
        .where(
            own.person_id.in_(list(people)),
            own.role == role,
            own.until_on.is_(None),
            Pair.programme_id == programme_id,
            Pair.status.not_in(OVER),
            other.c.role == {"mentee": "mentor", "mentor": "mentee"}[role],
            other.c.until_on.is_(None),
        )
        .group_by(own.person_id, Pair.id)
        .order_by(Pair.id)
    )
    found: dict[uuid.UUID, list[PairRow]] = {}
    for person_id, pair_id, names in work.session.execute(wanted):
        found.setdefault(person_id, []).append(PairRow(pair_id, tuple(sorted(names))))
    return found
