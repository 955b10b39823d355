"""Words of people, cases and tasks are found in whatever form they stand."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_WORDS = {
    "ix_person_words": ("person", ("full_name",), ""),
    "ix_case_words": ('"case"', ("title",), ""),
    "ix_task_open_words": ("task", ("name", "case_title"), " WHERE status = 'open'"),
}


def upgrade() -> None:
    """Index the words."""
    for index, (table, columns, which) in _WORDS.items():
        words = ", ".join(f"to_tsvector('russian'::regconfig, {column})" for column in columns)
        op.execute(f"CREATE INDEX {index} ON {table} USING gin ({words}){which}")


def downgrade() -> None:
    """Forget them."""
    for index in _WORDS:
        op.execute(f"DROP INDEX {index}")
