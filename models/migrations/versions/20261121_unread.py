"""What nobody reads is not kept: the formats of a pair, whose plan has them, and the pair of a report."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Drop what nobody reads."""
    op.drop_column("pair", "formats")
    op.drop_column("report", "pair_id")


def downgrade() -> None:
    """Make room for it again; what stood there is gone."""
    texts, nothing = postgresql.ARRAY(sa.String()), sa.text("'{}'")
    op.add_column("pair", sa.Column("formats", texts, nullable=False, server_default=nothing))
    op.alter_column("pair", "formats", server_default=None)
    op.add_column("report", sa.Column("pair_id", sa.Uuid(), nullable=True))
    op.create_foreign_key("fk_report_pair_id_pair", "report", "pair", ["pair_id"], ["id"])
    op.create_index("ix_report_pair_id", "report", ["pair_id"])
