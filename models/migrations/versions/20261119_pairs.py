"""Pairs are listed by name, in one organisation and in many."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_pair_title_id", "pair", ["title", "id"])
    op.create_index("ix_pair_organisation_id_title_id", "pair", ["organisation_id", "title", "id"])


def downgrade() -> None:
    op.drop_index("ix_pair_organisation_id_title_id", table_name="pair")
    op.drop_index("ix_pair_title_id", table_name="pair")
