"""Invitations, sessions that were ended, passwords that have to be changed; people in the order of names."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

STANDING = sa.text("used_at IS NULL AND withdrawn_at IS NULL")


def upgrade() -> None:
    op.add_column(
        "user",
        sa.Column("must_change_password", sa.Boolean(), server_default=sa.text("false"), nullable=False),
    )
    op.create_index("ix_person_email", "person", [sa.text("lower(email)")])
    op.create_index("ix_person_full_name_id", "person", ["full_name", "id"])
    op.create_index(
        "ix_person_organisation_id_full_name_id", "person", ["organisation_id", "full_name", "id"]
    )
    op.drop_index(op.f("ix_person_organisation_id"), table_name="person")
    op.create_table(
        "ended_session",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ended_session")),
    )
    op.create_index(op.f("ix_ended_session_ended_at"), "ended_session", ["ended_at"])
    op.create_table(
        "account_link",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_account_link_person_id_person")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_account_link_user_id_user")),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_account_link_made_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_link")),
        sa.UniqueConstraint("digest", name=op.f("uq_account_link_digest")),
    )
    op.create_index(op.f("ix_account_link_person_id"), "account_link", ["person_id"])
    op.create_index(
        "uq_account_link_standing", "account_link", ["person_id"], unique=True, postgresql_where=STANDING
    )


def downgrade() -> None:
    op.drop_table("account_link")
    op.drop_table("ended_session")
    op.create_index(op.f("ix_person_organisation_id"), "person", ["organisation_id"])
    op.drop_index("ix_person_organisation_id_full_name_id", table_name="person")
    op.drop_index("ix_person_full_name_id", table_name="person")
    op.drop_index("ix_person_email", table_name="person")
    op.drop_column("user", "must_change_password")
