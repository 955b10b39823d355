"""Open the database for a command, and find what a person names on the command line."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

import click
from sqlalchemy import or_, select

from models.database import Database, open_database
from models.organisations import Organisation
from models.people import Person, User
from workflows.work import SYSTEM, Work

if TYPE_CHECKING:
    from workflows.queries.definitions import PackVersionRow

Result = TypeVar("Result")


@contextmanager
def opened(name: str, *, must_be_current: bool = True) -> Iterator[Database]:
    """Open the database for as long as the command runs; one of an older version is refused."""
    database = open_database(application_name=f"tandem {name}")
    try:
        if must_be_current:
            _refuse_other_version(database)
        yield database
    finally:
        database.close()


def carried_out(database: Database, act: Callable[[Work], Result]) -> Result:
    """Do an act as the system: whoever may run the command on this machine may do everything."""
    from workflows.transaction import carry_out

    return carry_out(database.sessions, SYSTEM, act)


def find_organisation(work: Work, named: str | None) -> Organisation:
    """Return the organisation with this name or id; without a name the only one there is."""
    chosen = select(Organisation).order_by(Organisation.name)
    if named:
        chosen = chosen.where((Organisation.name == named) | (Organisation.id == _as_id(named)))
    found = work.session.scalars(chosen.limit(2)).all()
    if len(found) == 1:
        return found[0]
    if found:
        known = ", ".join(f"{one.name} ({one.id})" for one in work.session.scalars(chosen))
        how = (
            f"Several are called “{named}”; say which one by id" if named else "Say which with --organisation"
        )
        raise click.ClickException(f"{how}: {known}")
    raise click.ClickException(
        f"There is no organisation “{named}”."
        if named
        else "There is no organisation yet: tandem user add makes it."
    )


def find_person(work: Work, named: str) -> uuid.UUID:
    """Return the person with this sign-in name, full name or id."""
    from workflows.passwords import normalise_name

    chosen = (
        select(Person.id, Person.full_name, Organisation.name)
        .join(Organisation, Organisation.id == Person.organisation_id)
        .outerjoin(User, User.person_id == Person.id)
        .where(
            or_(
                User.sign_in_name == normalise_name(named),
                Person.full_name == named,
                Person.id == _as_id(named),
            )
        )
        .order_by(Person.id)
    )
    found = work.session.execute(chosen).all()
    if len(found) == 1:
        return found[0]._tuple()[0]
    if found:
        known = ", ".join(f"{row.id} ({row.full_name}, {row.name})" for row in found)
        raise click.ClickException(f"Several people are called “{named}”. Say which one by id: {known}")
    raise click.ClickException(f"There is nobody called “{named}”, and nobody who signs in by that name.")


def find_user(work: Work, sign_in_name: str) -> uuid.UUID:
    """Return the account that signs in by this name."""
    from workflows.passwords import normalise_name

    found = work.session.scalar(select(User.id).where(User.sign_in_name == normalise_name(sign_in_name)))
    if found is None:
        raise click.ClickException(f"Nobody signs in as “{sign_in_name}”.")
    return found


def find_pack_version(work: Work, key: str, organisation: str | None, number: int | None) -> "PackVersionRow":
    """Return a version of the pack that counts in an organisation; the newest one without a number."""
    from workflows.queries.definitions import list_latest_versions, list_versions

    latest = list_latest_versions(work, find_organisation(work, organisation))
    found = next((version for version in latest if version.key == key), None)
    if found is None:
        known = ", ".join(sorted({version.key for version in latest})) or "none"
        raise click.ClickException(f"There is no pack “{key}” here. Installed are: {known}.")
    if number is None:
        return found
    versions = {version.number: version for version in list_versions(work, found.pack_id)}
    if number not in versions:
        numbers = ", ".join(str(one) for one in sorted(versions))
        raise click.ClickException(f"“{key}” has no version {number}. There are: {numbers}.")
    return versions[number]


def _as_id(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _refuse_other_version(database: Database) -> None:
    from models import schema

    found = schema.find_revision(database)
    if found is None:
        raise click.ClickException("The database is empty: make its tables with `tandem database upgrade`.")
    if found != schema.head():
        older = schema.knows(found)
        raise click.ClickException(
            "The database is of an older version: bring it up to date with `tandem database upgrade`."
            if older
            else "The database is of a newer version of Tandem: install that version."
        )
