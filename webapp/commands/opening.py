"""Open the database for a command, and find what a person names on the command line."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import click
from sqlalchemy import select

from models.database import Database, open_database
from models.organisations import Organisation
from workflows.work import SYSTEM, Work

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
        raise click.ClickException(f"Say which organisation with --organisation: {known}")
    raise click.ClickException(
        f"There is no organisation “{named}”."
        if named
        else "There is no organisation yet: tandem user add makes it."
    )


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
