"""The tables of procrastinate, kept in step by our own migrations.

Procrastinate ships every change its tables ever had, one file each. A migration of ours applies
them up to a name, so that an old migration does the same whatever version is installed by then.
"""

from pathlib import Path

from procrastinate.schema import SchemaManager

REMOVE = """
DO $$
DECLARE
    thing record;
BEGIN
    FOR thing IN SELECT oid::regclass AS name FROM pg_class
        WHERE relkind = 'r' AND relname LIKE 'procrastinate\\_%' AND pg_table_is_visible(oid)
    LOOP EXECUTE 'DROP TABLE ' || thing.name || ' CASCADE'; END LOOP;
    FOR thing IN SELECT oid::regprocedure AS name FROM pg_proc
        WHERE proname LIKE 'procrastinate\\_%' AND pg_function_is_visible(oid)
    LOOP EXECUTE 'DROP FUNCTION ' || thing.name || ' CASCADE'; END LOOP;
    FOR thing IN SELECT oid::regtype AS name FROM pg_type
        WHERE typname LIKE 'procrastinate\\_%' AND pg_type_is_visible(oid) AND typtype IN ('e', 'c')
    LOOP EXECUTE 'DROP TYPE ' || thing.name || ' CASCADE'; END LOOP;
END
$$
"""


def newest() -> str:
    """Return the name of the newest change the installed procrastinate knows."""
    return _files()[-1].stem


def statements(*, after: str = "", until: str) -> list[str]:
    """Return the changes after one name, up to and with another."""
    return [file.read_text(encoding="utf-8") for file in _files() if after < file.stem <= until]


def _files() -> list[Path]:
    return sorted(Path(SchemaManager.get_migrations_path()).glob("*.sql"))
