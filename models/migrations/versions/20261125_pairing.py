"""What a curator said last about two people is found among all that was ever said in a programme."""

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_pairing_mark_programme_id_made_at", "pairing_mark", ["programme_id", "made_at"])


def downgrade() -> None:
    op.drop_index("ix_pairing_mark_programme_id_made_at", "pairing_mark")
