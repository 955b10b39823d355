"""Databases of their own for the tests of the floor below everything, empty ones and migrated ones."""

import uuid
from collections.abc import Callable, Iterator

import psycopg
import pytest

from models import schema
from models.database import Database, open_database


@pytest.fixture
def make_empty_database(server: Database) -> Iterator[Callable[[], Database]]:
    """Make empty databases, reached by URL like those of any other server."""
    opened: list[Database] = []

    def make() -> Database:
        opened.append(_create(server, "template0"))
        return opened[-1]

    yield make
    for database in opened:
        database.close()


@pytest.fixture(scope="session")
def template(server: Database) -> str:
    """The name of a database that was migrated once, to be copied."""
    database = _create(server, "template0")
    schema.upgrade(database)
    database.close()
    return str(database.url.database)


@pytest.fixture
def migrated(server: Database, template: str) -> Iterator[Database]:
    database = _create(server, template)
    yield database
    database.close()


def _create(server: Database, template: str) -> Database:
    name = f"tandem_models_{uuid.uuid4().hex}"
    with psycopg.connect(server.conninfo, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return open_database(server.url.set(database=name).render_as_string(hide_password=False))
