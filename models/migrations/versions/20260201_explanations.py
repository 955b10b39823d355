"""Incidents say why in codes, for every language; all notices of a person are read in their order."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    explanation = sa.Column(
        "explanation", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False
    )
    op.add_column("incident", explanation)
    op.create_index("ix_notice_person_id_written_at_id", "notice", ["person_id", "written_at", "id"])


def downgrade() -> None:
    op.drop_index("ix_notice_person_id_written_at_id", table_name="notice")
    op.drop_column("incident", "explanation")
