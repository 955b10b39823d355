"""Invitations, sessions that were ended, passwords that have to be changed; bodies."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
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
    _add_bodies()


def _add_bodies() -> None:
    kinds = sa.Enum(
        "council", "commission", "working_group", "jury", name="bodykind", native_enum=False, length=32
    )
    duties = sa.Enum("chair", "secretary", "member", name="bodyduty", native_enum=False, length=32)
    op.create_table(
        "body",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", kinds, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_body_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body")),
    )
    op.create_index("ix_body_organisation_id_name", "body", ["organisation_id", "name"])
    op.create_table(
        "body_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("body_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("duty", duties, nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.CheckConstraint("until_on >= since_on", name=op.f("ck_body_member_ends_after_it_begins")),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"], name=op.f("fk_body_member_body_id_body")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_body_member_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_body_member")),
    )
    op.create_index(op.f("ix_body_member_body_id"), "body_member", ["body_id"])
    op.create_index(op.f("ix_body_member_person_id"), "body_member", ["person_id"])
    op.create_index(
        "uq_body_member_sitting",
        "body_member",
        ["body_id", "person_id"],
        unique=True,
        postgresql_where=sa.text("until_on IS NULL"),
    )


def downgrade() -> None:
    op.drop_table("body_member")
    op.drop_table("body")
    op.drop_table("account_link")
    op.drop_table("ended_session")
    op.create_index(op.f("ix_person_organisation_id"), "person", ["organisation_id"])
    op.drop_index("ix_person_organisation_id_full_name_id", table_name="person")
    op.drop_index("ix_person_full_name_id", table_name="person")
    op.drop_index("ix_person_email", table_name="person")
    op.drop_column("user", "must_change_password")
