"""Statements that every act carries out: put into words once, then handed to the driver as they are.

SQLAlchemy writes them and turns their values over; what it does around each execution (a context, a cursor
of its own, a description of the result) costs more than PostgreSQL needs to answer, and none of it is used.
"""

from collections import namedtuple
from collections.abc import Callable, Collection, Mapping
from typing import Any

import psycopg
from sqlalchemy import Connection, Dialect, exc
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement

Turn = Callable[[Any], Any]


class Prepared:
    """One statement whose text depends on nothing but its parameters.

    `spare` are names that may be given although the statement does not ask for them.
    """

    def __init__(self, statement: ClauseElement, spare: Collection[str] = ()) -> None:
        self._statement, self._spare = statement, spare
        self._ready: _Ready | None = None

    def all(self, connection: Connection, given: Mapping[str, Any]) -> list[Any]:
        """Carry it out and return the rows, named as the columns are."""
        ready = self._ready or self._make_ready(connection.dialect)
        cursor = _carry_out(connection, ready.sql, ready.values(given))
        return [ready.row(row) for row in cursor.fetchall()]

    def find(self, connection: Connection, given: Mapping[str, Any]) -> Any:
        """Carry it out and return the first row, or None."""
        return next(iter(self.all(connection, given)), None)

    def run(self, connection: Connection, given: Mapping[str, Any]) -> None:
        """Carry it out; what it answers, if anything, is not asked for."""
        ready = self._ready or self._make_ready(connection.dialect)
        _carry_out(connection, ready.sql, ready.values(given))

    def _make_ready(self, dialect: Dialect) -> "_Ready":
        self._ready = _Ready(self._statement, self._spare, dialect)
        return self._ready


class _Ready:
    """The words of a statement, and how its values and its results are turned over."""

    def __init__(self, statement: ClauseElement, spare: Collection[str], dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        assert isinstance(compiled, SQLCompiler)
        assert not compiled.post_compile_params, "its text depends on how many values are given"
        with_defaults = [*compiled.insert_prefetch, *compiled.update_prefetch]
        assert not with_defaults, "SQLAlchemy would work out defaults"
        self.sql = compiled.string
        self._fixed: dict[str, Any] = dict(compiled.params)
        self._names = {bind.key: name for bind, name in compiled.bind_names.items()}
        self._required = {bind.key for bind in compiled.bind_names if bind.required}
        self._spare = frozenset(spare)
        self._checked: set[tuple[str, ...]] = set()
        self._turns: dict[str, Turn] = {
            name: turn
            for bind, name in compiled.bind_names.items()
            if (turn := bind.type.dialect_impl(dialect).bind_processor(dialect))
        }
        columns = compiled._result_columns
        self._back: list[tuple[int, Turn]] = [
            (place, turn)
            for place, column in enumerate(columns)
            if (turn := column.type.dialect_impl(dialect).result_processor(dialect, None))
        ]
        names = [column.keyname for column in columns]
        kind: Any = namedtuple("Row", names, rename=True)  # type: ignore[misc]  # mypy wants them written out
        self._make = kind._make

    def values(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Turn the values over that the statement asks for; refuse names it lacks or does not know."""
        if (told := tuple(given)) not in self._checked:
            self._check(told)
        names = self._names
        values = {**self._fixed, **{names[key]: value for key, value in given.items() if key in names}}
        for name, turn in self._turns.items():
            values[name] = turn(values[name])
        return values

    def _check(self, told: tuple[str, ...]) -> None:
        """Refuse these names, or remember them: the same place in the code always gives the same ones."""
        missing, unknown = self._required.difference(told), set(told).difference(self._names, self._spare)
        if missing or unknown:
            reason = f"missing {sorted(missing)}, unknown {sorted(unknown)}"
            raise TypeError(f"a statement was given wrong parameters: {reason}: {self.sql}")
        self._checked.add(told)

    def row(self, row: tuple[Any, ...]) -> Any:
        if not self._back:
            return self._make(row)
        turned = list(row)
        for place, turn in self._back:
            turned[place] = turn(turned[place])
        return self._make(turned)


def _carry_out(connection: Connection, sql: str, values: dict[str, Any]) -> psycopg.Cursor[Any]:
    driver = connection.connection.driver_connection
    assert isinstance(driver, psycopg.Connection)
    if connection._has_events or connection.engine._has_events:
        # Whoever listens to the statements of this engine hears these too.
        connection.dispatch.before_cursor_execute(connection, None, sql, values, None, False)
    try:
        return driver.execute(sql, values)
    except psycopg.Error as error:
        known: Any = error
        is_lost = connection.dialect.is_disconnect(known, connection.connection, None)
        if is_lost:
            connection.invalidate(error)
        raise exc.DBAPIError.instance(
            sql, values, error, psycopg.Error, dialect=connection.dialect, connection_invalidated=is_lost
        ) from error
