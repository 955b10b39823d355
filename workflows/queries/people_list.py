"""The people whom the actor looks after, page by page: found by name, role, organisation and account."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, literal, select, tuple_

from models.account_links import AccountLink
from models.organisations import Organisation
from models.people import Membership, Person, User
from models.searching import sought, words_of
from workflows.queries.invitations import stands
from workflows.queries.people_sight import oversees
from workflows.work import Work

PAGE = 50
COUNTED = 1000
MOST_WORDS = 5
_WORD = re.compile(r"\w+")


class Account(StrEnum):
    """How somebody stands with an account."""

    OPEN = "open"
    INVITED = "invited"
    NONE = "none"
    BLOCKED = "blocked"


@dataclass(frozen=True)
class PeopleFilters:
    """Which people are wanted; what is empty does not matter."""

    search: str = ""
    role: str = ""
    organisation: uuid.UUID | None = None
    account: Account | None = None


@dataclass(frozen=True)
class PersonRow:
    """A person in the list."""

    id: uuid.UUID
    name: str
    organisation: str
    study_group: str | None
    position: str | None
    roles: Sequence[str]
    has_account: bool
    is_blocked: bool
    is_invited: bool

    @property
    def account(self) -> Account:
        """Say how it stands with the account."""
        if self.has_account:
            return Account.BLOCKED if self.is_blocked else Account.OPEN
        return Account.INVITED if self.is_invited else Account.NONE


def list_people(
    work: Work, filters: PeopleFilters, *, after_id: uuid.UUID | None = None, size: int = PAGE
) -> tuple[list[PersonRow], uuid.UUID | None]:
    """List people by name, and after whom the next page begins."""
    wanted = _rows(work).where(*_conditions(work, filters)).order_by(Person.full_name, Person.id)
    if after_id:
        place = select(Person.full_name, Person.id).where(Person.id == literal(after_id))
        wanted = wanted.where(tuple_(Person.full_name, Person.id) > place.scalar_subquery())
    rows = [PersonRow(*row) for row in work.session.execute(wanted.limit(size + 1))]
    return rows[:size], rows[size - 1].id if len(rows) > size else None


def count_people(work: Work, filters: PeopleFilters) -> int:
    """Count the people of a list, up to one more than are counted."""
    found = (
        select(Person.id)
        .join(Organisation, Organisation.id == Person.organisation_id)
        .outerjoin(User, User.person_id == Person.id)
        .where(*_conditions(work, filters))
        .limit(COUNTED + 1)
        .subquery()
    )
    return work.session.execute(select(func.count()).select_from(found)).scalar_one()


def words_sought(text: str, *, whole: bool = False) -> str:
    """Return what a text looks for: every word of it, or what begins with it."""
    end = "" if whole else ":*"
    return " & ".join(f"{word.lower()}{end}" for word in _WORD.findall(text)[:MOST_WORDS])


def list_organisations_overseen(work: Work) -> list[tuple[uuid.UUID, str]]:
    """List the organisations whose people the actor may know, by name."""
    wanted = select(Organisation.id, Organisation.name).where(oversees(work))
    return list(work.session.execute(wanted.order_by(Organisation.name).limit(COUNTED)).tuples())


def _rows(work: Work) -> Select[Any]:
    roles = (
        select(func.array_agg(Membership.role.distinct()))
        .where(Membership.person_id == Person.id, Membership.counts_at(work.now()))
        .correlate(Person)
        .scalar_subquery()
    )
    return (
        select(
            Person.id,
            Person.full_name,
            Organisation.name,
            Person.study_group,
            Person.position,
            func.coalesce(roles, []),
            User.id.is_not(None),
            func.coalesce(User.is_blocked, False),
            _is_invited(work),
        )
        .join(Organisation, Organisation.id == Person.organisation_id)
        .outerjoin(User, User.person_id == Person.id)
    )


def _is_invited(work: Work) -> ColumnElement[bool]:
    return exists().where(AccountLink.person_id == Person.id, stands(work.now()))


def _conditions(work: Work, filters: PeopleFilters) -> list[ColumnElement[bool]]:
    wanted = [oversees(work)]
    if words := words_sought(filters.search):
        wanted.append(words_of(Person.full_name).op("@@")(sought(words)))
    if filters.organisation:
        wanted.append(Person.organisation_id == filters.organisation)
    if filters.role:
        wanted.append(_holds(work, filters.role))
    if filters.account:
        wanted.append(_account(work, filters.account))
    return wanted


def _holds(work: Work, role: str) -> ColumnElement[bool]:
    """Say that somebody holds a role today, wherever it is."""
    place = Organisation.__table__.alias("place")
    day = func.timezone(place.c.time_zone, work.now()).cast(Membership.since_on.type)
    return exists().where(
        Membership.person_id == Person.id,
        Membership.role == role,
        place.c.id == Membership.organisation_id,
        Membership.since_on <= day,
        (Membership.until_on.is_(None)) | (Membership.until_on >= day),
    )


def _account(work: Work, account: Account) -> ColumnElement[bool]:
    has_none = User.id.is_(None)
    return {
        Account.OPEN: User.is_blocked.is_(False),
        Account.BLOCKED: User.is_blocked.is_(True),
        Account.INVITED: has_none & _is_invited(work),
        Account.NONE: has_none & ~_is_invited(work),
    }[account]
