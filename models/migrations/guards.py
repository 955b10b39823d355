"""Triggers by which the database itself refuses to change what must never change.

Migrations that were released use these texts: a change here is a new function beside the old one.
"""

from collections.abc import Iterable

ADDED_TO_ONLY = ("journal_block", "journal_link", "definition_version", "pack_version", "pack_version_item")


def added_to_only(tables: Iterable[str]) -> list[str]:
    """Return what makes the database refuse every change of these tables but new rows."""
    return [
        f"""
        CREATE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION tandem_refuse_change()
        """
        for table in tables
    ]


INSTALL = [
    """
    CREATE FUNCTION tandem_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION '% of % is refused: its rows are never changed', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    END
    $$
    """,
    """
    CREATE FUNCTION tandem_refuse_change_of_entry() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        -- The one exception: the details of an erased person go, together with their salt.
        IF current_setting('tandem.erasing', true) = 'yes' THEN
            OLD.details := NULL;
            OLD.salt := NULL;
            IF NEW IS NOT DISTINCT FROM OLD THEN
                RETURN NEW;
            END IF;
        END IF;
        RAISE EXCEPTION 'UPDATE of journal_entry is refused: its rows are never changed'
            USING ERRCODE = 'restrict_violation';
    END
    $$
    """,
    """
    CREATE TRIGGER refuse_change BEFORE UPDATE ON journal_entry
        FOR EACH ROW EXECUTE FUNCTION tandem_refuse_change_of_entry()
    """,
    """
    CREATE TRIGGER refuse_removal BEFORE DELETE OR TRUNCATE ON journal_entry
        FOR EACH STATEMENT EXECUTE FUNCTION tandem_refuse_change()
    """,
    *added_to_only(ADDED_TO_ONLY),
]

REMOVE = [
    "DROP FUNCTION tandem_refuse_change() CASCADE",
    "DROP FUNCTION tandem_refuse_change_of_entry() CASCADE",
]
