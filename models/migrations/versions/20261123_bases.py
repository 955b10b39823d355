"""Tables that are being imported, and who looked at the profile of a child."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column(
            "base",
            sa.Enum("mentees", "mentors", name="importedbase", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("rows", postgresql.JSONB(), nullable=False),
        sa.Column("staged_by_id", sa.Uuid(), nullable=False),
        sa.Column("staged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_import_batch_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(
            ["staged_by_id"], ["person.id"], name=op.f("fk_import_batch_staged_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    op.create_index("ix_import_batch_programme_id", "import_batch", ["programme_id"])
    op.create_index("ix_import_batch_staged_by_id", "import_batch", ["staged_by_id"])
    op.create_index("ix_import_batch_expires_at", "import_batch", ["expires_at"])
    op.create_table(
        "profile_view",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("viewer_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("hour_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_profile_view_person_id_person")),
        sa.ForeignKeyConstraint(["viewer_id"], ["person.id"], name=op.f("fk_profile_view_viewer_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profile_view")),
        sa.UniqueConstraint(
            "person_id", "viewer_id", "hour_at", name=op.f("uq_profile_view_person_id_viewer_id_hour_at")
        ),
    )
    op.create_index(op.f("ix_profile_view_viewer_id"), "profile_view", ["viewer_id"])
    op.create_index("ix_profile_view_person_id_at", "profile_view", ["person_id", "at"])


def downgrade() -> None:
    op.drop_table("profile_view")
    op.drop_table("import_batch")
