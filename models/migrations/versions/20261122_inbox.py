"""The inbox: a day to look again, what is said and kept beside a task, named filters, deputies."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("task", sa.Column("follow_up_on", sa.Date(), nullable=True))
    op.create_index(
        "ix_task_open_delegated",
        "task",
        ["delegated_by_id", "due_at", "id"],
        postgresql_where=sa.text("status = 'open' AND delegated_by_id IS NOT NULL"),
    )
    op.create_index(
        "ix_task_open_follow_up_on",
        "task",
        ["follow_up_on"],
        postgresql_where=sa.text("status = 'open' AND follow_up_on IS NOT NULL"),
    )
    op.create_table(
        "task_comment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_task_comment_person_id_person")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_comment_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_comment")),
    )
    op.create_index("ix_task_comment_task_id_written_at", "task_comment", ["task_id", "written_at"])
    op.create_table(
        "task_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_task_file_person_id_person")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_file_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task_file")),
    )
    op.create_index("ix_task_file_task_id_added_at", "task_file", ["task_id", "added_at"])
    op.create_table(
        "inbox_filter",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("asked", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("is_first", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_inbox_filter_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_inbox_filter_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inbox_filter")),
    )
    op.create_index("ix_inbox_filter_person_id_name", "inbox_filter", ["person_id", "name"])
    op.create_index(
        "ix_inbox_filter_organisation_id",
        "inbox_filter",
        ["organisation_id"],
        postgresql_where=sa.text("organisation_id IS NOT NULL"),
    )
    _create_standing_in()


def _create_standing_in() -> None:
    op.create_table(
        "deputyship",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("deputy_id", sa.Uuid(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("named_by_id", sa.Uuid(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("until_on >= since_on", name=op.f("ck_deputyship_ends_after_it_begins")),
        sa.CheckConstraint("person_id <> deputy_id", name=op.f("ck_deputyship_is_for_another")),
        sa.ForeignKeyConstraint(["deputy_id"], ["person.id"], name=op.f("fk_deputyship_deputy_id_person")),
        sa.ForeignKeyConstraint(
            ["named_by_id"], ["person.id"], name=op.f("fk_deputyship_named_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_deputyship_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_deputyship_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deputyship")),
    )
    op.create_index("ix_deputyship_person_id_until_on", "deputyship", ["person_id", "until_on"])
    op.create_index("ix_deputyship_deputy_id_until_on", "deputyship", ["deputy_id", "until_on"])
    op.create_table(
        "hand_over",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_hand_over_by_id_person")),
        sa.ForeignKeyConstraint(["from_id"], ["person.id"], name=op.f("fk_hand_over_from_id_person")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_hand_over_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["to_id"], ["person.id"], name=op.f("fk_hand_over_to_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over")),
    )
    op.create_index("ix_hand_over_organisation_id_at", "hand_over", ["organisation_id", "at"])
    op.create_table(
        "hand_over_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("hand_over_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=True),
        sa.Column("task_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_hand_over_item_case_id_case")),
        sa.ForeignKeyConstraint(
            ["hand_over_id"], ["hand_over.id"], name=op.f("fk_hand_over_item_hand_over_id_hand_over")
        ),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_hand_over_item_task_id_task")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_hand_over_item")),
    )
    op.create_index("ix_hand_over_item_hand_over_id", "hand_over_item", ["hand_over_id"])


def downgrade() -> None:
    for table in (
        "hand_over_item",
        "hand_over",
        "deputyship",
        "inbox_filter",
        "task_file",
        "task_comment",
    ):
        op.drop_table(table)
    op.drop_index("ix_task_open_follow_up_on", table_name="task")
    op.drop_index("ix_task_open_delegated", table_name="task")
    op.drop_column("task", "follow_up_on")
