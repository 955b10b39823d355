"""The tables of the first version."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from models.migrations import guards, plain_sql, queue

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column(
            "kind",
            sa.Enum(
                "region",
                "municipality",
                "organisation",
                name="organisationkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["organisation.id"], name=op.f("fk_organisation_parent_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("path", name=op.f("uq_organisation_path")),
    )
    op.create_index(op.f("ix_organisation_parent_id"), "organisation", ["parent_id"], unique=False)
    op.create_index(
        "ix_organisation_path",
        "organisation",
        ["path"],
        unique=False,
        postgresql_ops={"path": "text_pattern_ops"},
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sign_in_name", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("failed_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sign_in_failure")),
    )
    op.create_index(
        "ix_sign_in_failure_address_failed_at", "sign_in_failure", ["address", "failed_at"], unique=False
    )
    op.create_index(
        "ix_sign_in_failure_sign_in_name_failed_at",
        "sign_in_failure",
        ["sign_in_name", "failed_at"],
        unique=False,
    )
    op.create_table(
        "journal_block",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("entry_count", sa.Integer(), nullable=False),
        sa.Column("previous_hash", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_journal_block_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_block")),
        sa.UniqueConstraint(
            "organisation_id", "number", name=op.f("uq_journal_block_organisation_id_number")
        ),
    )
    op.create_table(
        "pack",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_pack_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack")),
        sa.UniqueConstraint("organisation_id", "key", name=op.f("uq_pack_organisation_id_key")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("full_name", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_person_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    op.create_index(op.f("ix_person_organisation_id"), "person", ["organisation_id"], unique=False)
    op.create_table(
        "batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("arguments", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["asked_by_id"], ["person.id"], name=op.f("fk_batch_asked_by_id_person")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_batch_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch")),
    )
    op.create_index(
        "ix_batch_organisation_id_asked_at", "batch", ["organisation_id", "asked_at"], unique=False
    )
    op.create_table(
        "definition",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pack_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "process",
                "decision",
                "form",
                "translation",
                "settings",
                name="definitionkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["pack_id"], ["pack.id"], name=op.f("fk_definition_pack_id_pack")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_definition")),
        sa.UniqueConstraint("pack_id", "file_name", name=op.f("uq_definition_pack_id_file_name")),
    )
    op.create_table(
        "membership",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.CheckConstraint("until_on >= since_on", name=op.f("ck_membership_ends_after_it_begins")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_membership_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership")),
    )
    op.create_index(op.f("ix_membership_organisation_id"), "membership", ["organisation_id"], unique=False)
    op.create_index("ix_membership_person_id_since_on", "membership", ["person_id", "since_on"], unique=False)
    op.create_table(
        "pack_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pack_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("titles", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["pack_id"], ["pack.id"], name=op.f("fk_pack_version_pack_id_pack")),
        sa.ForeignKeyConstraint(
            ["published_by_id"], ["person.id"], name=op.f("fk_pack_version_published_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pack_version")),
        sa.UniqueConstraint("pack_id", "number", name=op.f("uq_pack_version_pack_id_number")),
    )
    op.create_table(
        "user",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("sign_in_name", sa.String(), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("is_blocked", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("session_generation", sa.Integer(), server_default="1", nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_user_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_user")),
        sa.UniqueConstraint("person_id", name=op.f("uq_user_person_id")),
        sa.UniqueConstraint("sign_in_name", name=op.f("uq_user_sign_in_name")),
    )
    op.create_table(
        "case",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("pack_version_id", sa.Uuid(), nullable=False),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "running",
                "suspended",
                "completed",
                "cancelled",
                name="casestatus",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_case_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["pack_version_id"], ["pack_version.id"], name=op.f("fk_case_pack_version_id_pack_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case")),
    )
    op.create_index(
        "ix_case_organisation_id_status_started_at",
        "case",
        ["organisation_id", "status", "started_at"],
        unique=False,
    )
    op.create_index("ix_case_pack_version_id_status", "case", ["pack_version_id", "status"], unique=False)
    op.create_table(
        "definition_version",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("definition_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_id"], ["definition.id"], name=op.f("fk_definition_version_definition_id_definition")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_definition_version")),
        sa.UniqueConstraint(
            "definition_id", "number", name=op.f("uq_definition_version_definition_id_number")
        ),
    )
    op.create_table(
        "awaited_message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("element", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", sa.String(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_awaited_message_case_id_case")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_awaited_message_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_awaited_message")),
    )
    op.create_index(
        "ix_awaited_message_case_id_name_key", "awaited_message", ["case_id", "name", "key"], unique=False
    )
    op.create_table(
        "batch_item",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("waiting", "done", "refused", name="batchitemstatus", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("reasons", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batch.id"], name=op.f("fk_batch_item_batch_id_batch")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_batch_item_case_id_case")),
        sa.PrimaryKeyConstraint("batch_id", "case_id", name=op.f("pk_batch_item")),
    )
    op.create_index("ix_batch_item_batch_id_status", "batch_item", ["batch_id", "status"], unique=False)
    op.create_table(
        "case_participant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("since_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_case_participant_case_id_case")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_case_participant_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_participant")),
    )
    op.create_index("ix_case_participant_case_id_role", "case_participant", ["case_id", "role"], unique=False)
    op.create_index("ix_case_participant_person_id", "case_participant", ["person_id"], unique=False)
    op.create_table(
        "incident",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("arguments", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("element", sa.String(), nullable=False),
        sa.Column("element_name", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column(
            "explanation",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name=op.f("fk_incident_actor_id_person")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_incident_case_id_case")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_incident_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_incident")),
    )
    op.create_index("ix_incident_case_id", "incident", ["case_id"], unique=False)
    op.create_index(
        "ix_incident_open",
        "incident",
        ["organisation_id", "opened_at"],
        unique=False,
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
    op.create_index(
        "uq_incident_open_subject",
        "incident",
        ["case_id", "act", "subject"],
        unique=True,
        postgresql_where=sa.text("resolved_at IS NULL"),
    )
    op.create_table(
        "journal_entry",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("actor_role", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("pack_version_id", sa.Uuid(), nullable=True),
        sa.Column("details", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("details_digest", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name=op.f("fk_journal_entry_actor_id_person")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_journal_entry_case_id_case")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_journal_entry_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["pack_version_id"],
            ["pack_version.id"],
            name=op.f("fk_journal_entry_pack_version_id_pack_version"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_entry")),
    )
    op.create_index("ix_journal_entry_case_id_id", "journal_entry", ["case_id", "id"], unique=False)
    op.create_index(
        "ix_journal_entry_organisation_id_id", "journal_entry", ["organisation_id", "id"], unique=False
    )
    op.create_table(
        "message",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", sa.String(), server_default="", nullable=False),
        sa.Column("payload", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sender_case_id", sa.Uuid(), nullable=True),
        sa.Column("hops", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_message_case_id_case")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_message_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["sender_case_id"], ["case.id"], name=op.f("fk_message_sender_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message")),
    )
    op.create_index(
        "ix_message_waiting",
        "message",
        ["case_id", "name", "key", "sent_at"],
        unique=False,
        postgresql_where=sa.text("received_at IS NULL"),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_notice_case_id_case")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_notice_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notice_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
    )
    op.create_index(
        "ix_notice_person_id_written_at_id", "notice", ["person_id", "written_at", "id"], unique=False
    )
    op.create_index(
        "ix_notice_unread",
        "notice",
        ["person_id", "written_at", "id"],
        unique=False,
        postgresql_where=sa.text("read_at IS NULL"),
    )
    op.create_table(
        "pack_version_item",
        sa.Column("pack_version_id", sa.Uuid(), nullable=False),
        sa.Column("definition_version_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["definition_version_id"],
            ["definition_version.id"],
            name=op.f("fk_pack_version_item_definition_version_id_definition_version"),
        ),
        sa.ForeignKeyConstraint(
            ["pack_version_id"],
            ["pack_version.id"],
            name=op.f("fk_pack_version_item_pack_version_id_pack_version"),
        ),
        sa.PrimaryKeyConstraint(
            "pack_version_id", "definition_version_id", name=op.f("pk_pack_version_item")
        ),
    )
    op.create_table(
        "task",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("element", sa.String(), nullable=False),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("case_title", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("pool_role", sa.String(), nullable=True),
        sa.Column("form", sa.String(), nullable=True),
        sa.Column(
            "status",
            sa.Enum("open", "completed", "withdrawn", name="taskstatus", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("assignee_id", sa.Uuid(), nullable=True),
        sa.Column("delegated_by_id", sa.Uuid(), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("completed_by_id", sa.Uuid(), nullable=True),
        sa.Column("answers", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True),
        sa.ForeignKeyConstraint(["assignee_id"], ["person.id"], name=op.f("fk_task_assignee_id_person")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_task_case_id_case")),
        sa.ForeignKeyConstraint(
            ["completed_by_id"], ["person.id"], name=op.f("fk_task_completed_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["delegated_by_id"], ["person.id"], name=op.f("fk_task_delegated_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_task_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_task")),
    )
    op.create_index("ix_task_case_id_status", "task", ["case_id", "status"], unique=False)
    op.create_index(
        "ix_task_open_assignee",
        "task",
        ["assignee_id", "due_at", "id"],
        unique=False,
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_index(
        "ix_task_open_organisation",
        "task",
        ["organisation_id", "due_at", "id"],
        unique=False,
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_index(
        "ix_task_open_pool",
        "task",
        ["organisation_id", "pool_role", "due_at", "id"],
        unique=False,
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_table(
        "timer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("element", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("is_paused", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_timer_case_id_case")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_timer_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_timer")),
    )
    op.create_index("ix_timer_case_id", "timer", ["case_id"], unique=False)
    op.create_index(
        "ix_timer_due_at", "timer", ["due_at"], unique=False, postgresql_where=sa.text("NOT is_paused")
    )
    op.create_table(
        "journal_link",
        sa.Column("entry_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("block_id", sa.BigInteger(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["block_id"], ["journal_block.id"], name=op.f("fk_journal_link_block_id_journal_block")
        ),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["journal_entry.id"], name=op.f("fk_journal_link_entry_id_journal_entry")
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_journal_link")),
        sa.UniqueConstraint("block_id", "position", name=op.f("uq_journal_link_block_id_position")),
    )
    op.create_table(
        "journal_unsealed",
        sa.Column("entry_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["journal_entry.id"], name=op.f("fk_journal_unsealed_entry_id_journal_entry")
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_journal_unsealed")),
    )
    op.create_index(
        "ix_journal_unsealed_organisation_id_entry_id",
        "journal_unsealed",
        ["organisation_id", "entry_id"],
        unique=False,
    )
    op.create_table(
        "task_draft",
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_task_draft_person_id_person")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_draft_task_id_task")),
        sa.PrimaryKeyConstraint("task_id", "person_id", name=op.f("pk_task_draft")),
    )
    op.create_table(
        "task_offer",
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_task_offer_person_id_person")),
        sa.ForeignKeyConstraint(["task_id"], ["task.id"], name=op.f("fk_task_offer_task_id_task")),
        sa.PrimaryKeyConstraint("task_id", "person_id", name=op.f("pk_task_offer")),
    )
    op.create_index(
        "ix_task_offer_person_id_due_at_task_id",
        "task_offer",
        ["person_id", "due_at", "task_id"],
        unique=False,
    )
    plain_sql.run(op.get_bind(), guards.INSTALL)
    plain_sql.run(op.get_bind(), queue.statements(until="03.04.00_50_post_add_retry_failed_job_procedure"))


def downgrade() -> None:
    plain_sql.run(op.get_bind(), [*guards.REMOVE, queue.REMOVE])
    op.drop_index("ix_task_offer_person_id_due_at_task_id", table_name="task_offer")
    op.drop_table("task_offer")
    op.drop_table("task_draft")
    op.drop_index("ix_journal_unsealed_organisation_id_entry_id", table_name="journal_unsealed")
    op.drop_table("journal_unsealed")
    op.drop_table("journal_link")
    op.drop_index("ix_timer_due_at", table_name="timer", postgresql_where=sa.text("NOT is_paused"))
    op.drop_index("ix_timer_case_id", table_name="timer")
    op.drop_table("timer")
    op.drop_index("ix_task_open_pool", table_name="task", postgresql_where=sa.text("status = 'open'"))
    op.drop_index("ix_task_open_organisation", table_name="task", postgresql_where=sa.text("status = 'open'"))
    op.drop_index("ix_task_open_assignee", table_name="task", postgresql_where=sa.text("status = 'open'"))
    op.drop_index("ix_task_case_id_status", table_name="task")
    op.drop_table("task")
    op.drop_table("pack_version_item")
    op.drop_index("ix_notice_unread", table_name="notice", postgresql_where=sa.text("read_at IS NULL"))
    op.drop_index("ix_notice_person_id_written_at_id", table_name="notice")
    op.drop_table("notice")
    op.drop_index("ix_message_waiting", table_name="message", postgresql_where=sa.text("received_at IS NULL"))
    op.drop_table("message")
    op.drop_index("ix_journal_entry_organisation_id_id", table_name="journal_entry")
    op.drop_index("ix_journal_entry_case_id_id", table_name="journal_entry")
    op.drop_table("journal_entry")
    op.drop_index(
        "uq_incident_open_subject", table_name="incident", postgresql_where=sa.text("resolved_at IS NULL")
    )
    op.drop_index("ix_incident_open", table_name="incident", postgresql_where=sa.text("resolved_at IS NULL"))
    op.drop_index("ix_incident_case_id", table_name="incident")
    op.drop_table("incident")
    op.drop_index("ix_case_participant_person_id", table_name="case_participant")
    op.drop_index("ix_case_participant_case_id_role", table_name="case_participant")
    op.drop_table("case_participant")
    op.drop_index("ix_batch_item_batch_id_status", table_name="batch_item")
    op.drop_table("batch_item")
    op.drop_index("ix_awaited_message_case_id_name_key", table_name="awaited_message")
    op.drop_table("awaited_message")
    op.drop_table("definition_version")
    op.drop_index("ix_case_pack_version_id_status", table_name="case")
    op.drop_index("ix_case_organisation_id_status_started_at", table_name="case")
    op.drop_table("case")
    op.drop_table("user")
    op.drop_table("pack_version")
    op.drop_index("ix_membership_person_id_since_on", table_name="membership")
    op.drop_index(op.f("ix_membership_organisation_id"), table_name="membership")
    op.drop_table("membership")
    op.drop_table("definition")
    op.drop_index("ix_batch_organisation_id_asked_at", table_name="batch")
    op.drop_table("batch")
    op.drop_index(op.f("ix_person_organisation_id"), table_name="person")
    op.drop_table("person")
    op.drop_table("pack")
    op.drop_table("journal_block")
    op.drop_index("ix_sign_in_failure_sign_in_name_failed_at", table_name="sign_in_failure")
    op.drop_index("ix_sign_in_failure_address_failed_at", table_name="sign_in_failure")
    op.drop_table("sign_in_failure")
    op.drop_index(
        "ix_organisation_path", table_name="organisation", postgresql_ops={"path": "text_pattern_ops"}
    )
    op.drop_index(op.f("ix_organisation_parent_id"), table_name="organisation")
    op.drop_table("organisation")
