"""Documents made from what is on record: templates, numbers, files, and many of them at once."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "document_counter",
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("register", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_document_counter_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("organisation_id", "register", "year", name=op.f("pk_document_counter")),
    )
    op.create_table(
        "document_template",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("uploaded_by_id", sa.Uuid(), nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_document_template_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["uploaded_by_id"], ["person.id"], name=op.f("fk_document_template_uploaded_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_template")),
        sa.UniqueConstraint(
            "organisation_id", "kind", "number", name=op.f("uq_document_template_organisation_id_kind_number")
        ),
    )
    op.create_index(
        "uq_document_template_in_use",
        "document_template",
        ["organisation_id", "kind"],
        unique=True,
        postgresql_where=sa.text("retired_at IS NULL"),
    )
    op.create_table(
        "document_batch",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("asked", postgresql.JSONB(), nullable=False),
        sa.Column("asked_by_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("together", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["person.id"], name=op.f("fk_document_batch_asked_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_document_batch_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_document_batch_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_batch")),
    )
    op.create_index(
        "ix_document_batch_programme_id_asked_at",
        "document_batch",
        ["programme_id", "asked_at"],
        unique=False,
    )
    op.create_table(
        "document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("pair_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("partner_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("register", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("previous_id", sa.Uuid(), nullable=True),
        sa.Column("template_id", sa.Uuid(), nullable=True),
        sa.Column("template_digest", sa.String(), nullable=False),
        sa.Column("values", postgresql.JSONB(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "issued",
                "signed",
                "replaced",
                "withdrawn",
                name="documentstatus",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("made_by_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_by_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_because", sa.String(), nullable=False),
        sa.CheckConstraint("sequence > 0 AND version > 0", name=op.f("ck_document_counted_from_one")),
        sa.ForeignKeyConstraint(["made_by_id"], ["person.id"], name=op.f("fk_document_made_by_id_person")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_document_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_document_pair_id_pair")),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_document_partner_id_partner")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_document_person_id_person")),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["document.id"], name=op.f("fk_document_previous_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_document_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(
            ["template_id"], ["document_template.id"], name=op.f("fk_document_template_id_document_template")
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["person.id"], name=op.f("fk_document_withdrawn_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint(
            "organisation_id",
            "register",
            "year",
            "sequence",
            "version",
            name=op.f("uq_document_organisation_id_register_year_sequence_version"),
        ),
    )
    op.create_index(
        "ix_document_organisation_id_made_at_id",
        "document",
        ["organisation_id", "made_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_document_pair_id_made_at",
        "document",
        ["pair_id", "made_at"],
        unique=False,
        postgresql_where=sa.text("pair_id IS NOT NULL"),
    )
    op.create_index(op.f("ix_document_partner_id"), "document", ["partner_id"], unique=False)
    op.create_index(
        "ix_document_person_id_kind",
        "document",
        ["person_id", "kind"],
        unique=False,
        postgresql_where=sa.text("person_id IS NOT NULL"),
    )
    op.create_index("ix_document_previous_id", "document", ["previous_id"], unique=False)
    op.create_index(
        "ix_document_programme_id_made_at_id", "document", ["programme_id", "made_at", "id"], unique=False
    )
    op.create_index(op.f("ix_document_template_id"), "document", ["template_id"], unique=False)
    op.create_index(
        "ix_document_words",
        "document",
        [sa.literal_column("to_tsvector('russian'::regconfig, title)")],
        unique=False,
        postgresql_using="gin",
    )
    op.create_table(
        "document_batch_entry",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("waiting", "done", "refused", name="batchentrystatus", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("document_id", sa.Uuid(), nullable=True),
        sa.Column("missing", postgresql.JSONB(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["document_batch.id"], name=op.f("fk_document_batch_entry_batch_id_document_batch")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_document_batch_entry_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_document_batch_entry_person_id_person")
        ),
        sa.PrimaryKeyConstraint("batch_id", "person_id", name=op.f("pk_document_batch_entry")),
    )
    op.create_index(
        "ix_document_batch_entry_batch_id_status_position",
        "document_batch_entry",
        ["batch_id", "status", "position"],
        unique=False,
    )
    op.create_index(
        "ix_document_batch_entry_document_id", "document_batch_entry", ["document_id"], unique=False
    )
    op.create_table(
        "document_file",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("document_id", sa.Uuid(), nullable=False),
        sa.Column(
            "role",
            sa.Enum("docx", "pdf", "scan", name="filerole", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("added_by_id", sa.Uuid(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["added_by_id"], ["person.id"], name=op.f("fk_document_file_added_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_document_file_document_id_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document_file")),
    )
    op.create_index(
        "ix_document_file_document_id_role", "document_file", ["document_id", "role"], unique=False
    )


def downgrade() -> None:
    op.drop_table("document_file")
    op.drop_table("document_batch_entry")
    op.drop_table("document")
    op.drop_table("document_batch")
    op.drop_table("document_template")
    op.drop_table("document_counter")
