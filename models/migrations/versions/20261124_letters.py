"""Letters, what people want to be told, daily letters, private calendars."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "letter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "task_new",
                "task_given",
                "task_overdue",
                "notice",
                "meeting",
                "comment",
                "digest",
                name="letterkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column(
            "way",
            sa.Enum("at_once", "daily", "here", "not", name="way", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("about", postgresql.JSONB(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_up_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.String(), server_default="", nullable=False),
        sa.Column("subject", sa.String(), server_default="", nullable=False),
        sa.Column("body", sa.String(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_letter_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_letter_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("person_id", "kind", "cause", name=op.f("uq_letter_person_id_kind_cause")),
    )
    op.create_index(
        "ix_letter_next_at_id", "letter", ["next_at", "id"], postgresql_where=sa.text("next_at IS NOT NULL")
    )
    op.create_index(
        "ix_letter_organisation_id_asked_at_id",
        "letter",
        ["organisation_id", "asked_at", "id"],
        postgresql_where=sa.text("way = 'at_once'"),
    )
    op.create_index("ix_letter_asked_at", "letter", ["asked_at"])
    op.create_table(
        "notification_choice",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("ways", postgresql.JSONB(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_notification_choice_person_id_person")
        ),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_notification_choice")),
    )
    op.create_table(
        "digest_day",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_digest_day_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_digest_day")),
    )
    op.create_table(
        "calendar_feed",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_calendar_feed_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_feed")),
        sa.UniqueConstraint("digest", name=op.f("uq_calendar_feed_digest")),
    )
    op.create_index(
        "uq_calendar_feed_standing",
        "calendar_feed",
        ["person_id"],
        unique=True,
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_index(
        "ix_meeting_next_on", "meeting", ["next_on"], postgresql_where=sa.text("next_on IS NOT NULL")
    )
    op.create_index(
        "ix_meeting_agreed_on", "meeting", ["agreed_on"], postgresql_where=sa.text("held_on IS NULL")
    )
    op.create_index("ix_general_meeting_held_at", "general_meeting", ["held_at"])


def downgrade() -> None:
    op.drop_index("ix_general_meeting_held_at", table_name="general_meeting")
    op.drop_index("ix_meeting_agreed_on", table_name="meeting")
    op.drop_index("ix_meeting_next_on", table_name="meeting")
    op.drop_table("calendar_feed")
    op.drop_table("digest_day")
    op.drop_table("notification_choice")
    op.drop_table("letter")
