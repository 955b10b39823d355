"""The database of the house and sessions on it.

`TANDEM_DATABASE_URL` names a PostgreSQL server. Unset, the embedded PostgreSQL runs in
`var/postgres`; it is imported only then.
"""

import atexit
import json
import os
import select
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from sqlalchemy import URL, Engine, create_engine, event, exc, make_url
from sqlalchemy.orm import Session, sessionmaker

from models.embedded.errors import DatabaseUnavailable

__all__ = ["Database", "DatabaseUnavailable", "find_url", "open_database", "var_folder"]


@dataclass(frozen=True)
class Database:
    """One process's way to the database."""

    url: URL
    engine: Engine
    sessions: sessionmaker[Session]
    embedded_in: Path | None

    @property
    def conninfo(self) -> str:
        """Return the same place for those who speak to it through psycopg alone."""
        return self.url.set(drivername="postgresql").render_as_string(hide_password=False)

    def close(self) -> None:
        """Give back the connections; leave the embedded server."""
        atexit.unregister(self.close)
        self.engine.dispose()
        if self.embedded_in:
            from models.embedded import server

            server.detach(self.embedded_in)


def var_folder() -> Path:
    """Return where the house keeps what it makes by itself: TANDEM_VAR, or `var` of the project."""
    if chosen := os.environ.get("TANDEM_VAR"):
        return Path(chosen).expanduser().absolute()
    project = Path(__file__).parent.parent
    return (project if (project / "pyproject.toml").exists() else Path.cwd()).absolute() / "var"


def find_url(given: str | None = None) -> URL | None:
    """Return the URL given or set in the environment, for our driver; None means: embedded."""
    text = os.environ.get("TANDEM_DATABASE_URL", "") if given is None else given
    if not text:
        return None
    try:
        url = make_url(text)
    except (exc.ArgumentError, ValueError):
        url = None
    if url is None or url.drivername not in ("postgresql", "postgresql+psycopg"):
        raise DatabaseUnavailable(
            "TANDEM_DATABASE_URL must look like postgresql://user:password@host:5432/database; unset it "
            "to use the embedded PostgreSQL."
        )
    return url.set(drivername="postgresql+psycopg")


def open_database(
    url: str | None = None, *, var: Path | None = None, application_name: str = "tandem", pool_size: int = 5
) -> Database:
    """Return the database, checked to answer; without a URL start or join the embedded one."""
    found, embedded_in = find_url(url), None
    if found is None:
        from models.embedded import server

        embedded_in = (var or var_folder()) / "postgres"
        found = server.attach(embedded_in)
    engine = _make_engine(found, application_name, pool_size)
    database = Database(found, engine, sessionmaker(engine, expire_on_commit=False), embedded_in)
    atexit.register(database.close)
    try:
        _check(database)
    except BaseException:
        database.close()
        raise
    return database


def _make_engine(url: URL, application_name: str, pool_size: int) -> Engine:
    engine = create_engine(
        url,
        pool_size=pool_size,
        max_overflow=10,
        pool_timeout=15,
        pool_recycle=1800,
        pool_use_lifo=True,
        json_serializer=_as_json,
        connect_args={"application_name": application_name, "connect_timeout": 10},
    )
    event.listen(engine, "connect", _let_prepare)
    event.listen(engine, "checkout", _refuse_dead)
    return engine


def _let_prepare(connection: Any, _record: object) -> None:
    """Let the server keep the plans of everything that the house asks for again and again.

    Even a small year asks 240 statements five times or more, and the driver by itself keeps a hundred; after
    a rollback, which makes it forget them all, each would be planned anew five times.
    """
    connection.prepared_max = 600
    connection.prepare_threshold = 2


def _as_json(value: Any) -> bytes:
    """Write JSON as UTF-8, as the column keeps it; what is written faster cannot hold, the library writes."""
    try:
        return orjson.dumps(value)
    except TypeError:
        return json.dumps(value).encode()


def _refuse_dead(connection: Any, _record: object, _proxy: object) -> None:
    """Replace a connection whose server has gone, at the price of one look at the socket.

    An idle connection has nothing to read unless the server said goodbye, so that a restart of
    PostgreSQL costs no request its answer, and no request a question "are you there" beforehand.
    """
    if connection.closed or _has_something_to_read(connection.fileno()):
        raise exc.DisconnectionError("the server closed this connection")


def _has_something_to_read(descriptor: int) -> bool:
    if hasattr(select, "poll"):
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        return bool(poll.poll(0))
    return bool(select.select([descriptor], [], [], 0)[0])


def _check(database: Database) -> None:
    try:
        with database.engine.connect():
            pass
    except exc.OperationalError as failure:
        lines = str(failure.orig).strip().splitlines()
        raise DatabaseUnavailable(
            f"The database {database.url.render_as_string(hide_password=True)} does not answer: {lines[0]}"
        ) from failure
