"""Bring the tables of a database to the state this version of the house needs."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from models.database import Database
from models.tables import Base

_MIGRATIONS = Path(__file__).parent / "migrations"
# Any number that nobody else locks: two processes that start together migrate one after the other.
_LOCK = 7_405_133_640_115


def upgrade(database: Database, revision: str = "head") -> None:
    """Migrate to the newest revision, or to the one given, in one transaction."""
    with database.engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        command.upgrade(_make_config(connection), revision)


def downgrade(database: Database, revision: str) -> None:
    """Go back to a revision; `base` takes every table away."""
    with database.engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        command.downgrade(_make_config(connection), revision)


def is_current(database: Database) -> bool:
    """Say whether the database stands at the newest revision."""
    return find_revision(database) == head()


def find_revision(database: Database) -> str | None:
    """Return the revision the database stands at; None when it has never been migrated."""
    with database.engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str | None:
    """Return the newest revision this version of the house knows."""
    return ScriptDirectory(str(_MIGRATIONS)).get_current_head()


def knows(revision: str) -> bool:
    """Say whether this version of the house can migrate from a revision."""
    known = ScriptDirectory(str(_MIGRATIONS)).walk_revisions()
    return any(script.revision == revision for script in known)


def find_differences(database: Database) -> list[Any]:
    """Return what the models have that the migrated tables have not, and the other way round."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=comparison())
        return list(compare_metadata(context, Base.metadata))


def comparison() -> dict[str, Any]:
    """Return how models and tables are compared, here and when a migration is generated."""
    return {"compare_type": True, "compare_server_default": True, "include_name": _is_ours}


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    return kind != "table" or not str(name).startswith("procrastinate_")


def _make_config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
