"""The tables of the field: programmes, bases, pairs, meetings, and what stands beside them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from models.migrations import guards, plain_sql

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_ADDED_TO_ONLY = ("entry_status_change", "pair_status_change")


def upgrade() -> None:
    op.create_table(
        "break",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("holiday", "vacation", "exams", name="breakkind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.CheckConstraint("until_on >= since_on", name=op.f("ck_break_ends_after_it_begins")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_break_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_break")),
    )
    op.create_index(
        "ix_break_organisation_id_since_on", "break", ["organisation_id", "since_on"], unique=False
    )
    op.create_table(
        "avoidance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("mentor_person_id", sa.Uuid(), nullable=False),
        sa.Column("mentee_person_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["mentee_person_id"], ["person.id"], name=op.f("fk_avoidance_mentee_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["mentor_person_id"], ["person.id"], name=op.f("fk_avoidance_mentor_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_avoidance_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_avoidance")),
        sa.UniqueConstraint(
            "mentor_person_id",
            "mentee_person_id",
            name=op.f("uq_avoidance_mentor_person_id_mentee_person_id"),
        ),
    )
    op.create_index(op.f("ix_avoidance_mentee_person_id"), "avoidance", ["mentee_person_id"], unique=False)
    op.create_index(op.f("ix_avoidance_organisation_id"), "avoidance", ["organisation_id"], unique=False)
    op.create_table(
        "guardianship",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("child_id", sa.Uuid(), nullable=False),
        sa.Column("guardian_id", sa.Uuid(), nullable=False),
        sa.Column("kin", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["child_id"], ["person.id"], name=op.f("fk_guardianship_child_id_person")),
        sa.ForeignKeyConstraint(
            ["guardian_id"], ["person.id"], name=op.f("fk_guardianship_guardian_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guardianship")),
        sa.UniqueConstraint("child_id", "guardian_id", name=op.f("uq_guardianship_child_id_guardian_id")),
    )
    op.create_index(op.f("ix_guardianship_guardian_id"), "guardianship", ["guardian_id"], unique=False)
    op.create_table(
        "partner",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["contact_id"], ["person.id"], name=op.f("fk_partner_contact_id_person")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_partner_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_partner")),
    )
    op.create_index("ix_partner_organisation_id_name", "partner", ["organisation_id", "name"], unique=False)
    op.create_table(
        "contract",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["partner_id"], ["partner.id"], name=op.f("fk_contract_partner_id_partner")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
    )
    op.create_index("ix_contract_partner_id", "contract", ["partner_id"], unique=False)
    op.create_table(
        "programme",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("previous_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("variant", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("running", "closed", "stopped", name="programmestatus", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("tasks", sa.String(), nullable=False),
        sa.Column("expected_results", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("stopped_because", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_programme_case_id_case")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_programme_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["previous_id"], ["programme.id"], name=op.f("fk_programme_previous_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme")),
        sa.UniqueConstraint("case_id", name=op.f("uq_programme_case_id")),
    )
    op.create_index(
        "ix_programme_organisation_id_starts_on", "programme", ["organisation_id", "starts_on"], unique=False
    )
    op.create_table(
        "announcement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column(
            "contour", sa.Enum("inner", "outer", name="contour", native_enum=False, length=32), nullable=False
        ),
        sa.Column("activity", sa.String(), nullable=False),
        sa.Column("audience", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.Column("reached", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_announcement_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
    )
    op.create_index(
        "ix_announcement_programme_id_stage", "announcement", ["programme_id", "stage"], unique=False
    )
    op.create_table(
        "appointment",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=True),
        sa.Column("order_number", sa.String(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_appointment_person_id_person")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_appointment_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appointment")),
    )
    op.create_index(op.f("ix_appointment_person_id"), "appointment", ["person_id"], unique=False)
    op.create_index("ix_appointment_programme_id_role", "appointment", ["programme_id", "role"], unique=False)
    op.create_table(
        "audience",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("met_at", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_audience_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audience")),
    )
    op.create_index("ix_audience_programme_id", "audience", ["programme_id"], unique=False)
    op.create_table(
        "consent",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column(
            "purpose",
            sa.Enum(
                "participation",
                "personal_data",
                "publicity",
                name="consentpurpose",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("text_version", sa.String(), nullable=False),
        sa.Column("signed_by_id", sa.Uuid(), nullable=False),
        sa.Column("signed_as", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("is_given", sa.Boolean(), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by_id", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_because", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["person.id"], name=op.f("fk_consent_entered_by_id_person")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_consent_person_id_person")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_consent_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(["signed_by_id"], ["person.id"], name=op.f("fk_consent_signed_by_id_person")),
        sa.ForeignKeyConstraint(
            ["withdrawn_by_id"], ["person.id"], name=op.f("fk_consent_withdrawn_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(
        "ix_consent_person_id_programme_id_purpose",
        "consent",
        ["person_id", "programme_id", "purpose"],
        unique=False,
    )
    op.create_index("ix_consent_programme_id", "consent", ["programme_id"], unique=False)
    op.create_table(
        "decision",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("is_advice", sa.Boolean(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("protocol_number", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("entered_by_id", sa.Uuid(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["person.id"], name=op.f("fk_decision_entered_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_decision_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decision")),
    )
    op.create_index(
        "ix_decision_programme_id_decided_on", "decision", ["programme_id", "decided_on"], unique=False
    )
    op.create_table(
        "festival",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("audiences", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("pair_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("jury_ids", postgresql.ARRAY(sa.Uuid()), nullable=False),
        sa.Column("guests", sa.Integer(), nullable=True),
        sa.Column("story", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_festival_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_festival")),
        sa.UniqueConstraint("programme_id", name=op.f("uq_festival_programme_id")),
    )
    op.create_table(
        "general_meeting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("held_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("minutes_per_round", sa.Integer(), nullable=False),
        sa.Column("tables", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("forms", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_general_meeting_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_general_meeting")),
    )
    op.create_index(op.f("ix_general_meeting_case_id"), "general_meeting", ["case_id"], unique=False)
    op.create_index(
        "ix_general_meeting_programme_id_held_at",
        "general_meeting",
        ["programme_id", "held_at"],
        unique=False,
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("activity", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("comes_from", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("reply", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_invitation_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitation")),
    )
    op.create_index("ix_invitation_programme_id_stage", "invitation", ["programme_id", "stage"], unique=False)
    op.create_table(
        "measure_result",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("activity", sa.String(), nullable=False),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("entered_by_id", sa.Uuid(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["person.id"], name=op.f("fk_measure_result_entered_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_measure_result_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_measure_result")),
    )
    op.create_index(
        "ix_measure_result_programme_id_stage", "measure_result", ["programme_id", "stage"], unique=False
    )
    op.create_table(
        "mentee_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "applied",
                "consented",
                "selected",
                "reserved",
                "ready",
                "searching",
                "matched",
                "paused",
                "completed",
                "declined",
                "left",
                name="entrystatus",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("role_model", sa.String(), nullable=False),
        sa.Column("problems", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("wants", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("interests", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("times", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("study_level", sa.Integer(), nullable=True),
        sa.Column("experience_years", sa.Integer(), nullable=True),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("told_by", sa.String(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("most_mentors", sa.Integer(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("has_full_cycle", sa.Boolean(), nullable=True),
        sa.Column("urgent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("full_cycle_marked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("full_cycle_marked_by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["full_cycle_marked_by_id"],
            ["person.id"],
            name=op.f("fk_mentee_entry_full_cycle_marked_by_id_person"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_mentee_entry_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mentee_entry_person_id_person")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_mentee_entry_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentee_entry")),
        sa.UniqueConstraint("programme_id", "person_id", name=op.f("uq_mentee_entry_programme_id_person_id")),
    )
    op.create_index(op.f("ix_mentee_entry_case_id"), "mentee_entry", ["case_id"], unique=False)
    op.create_index(op.f("ix_mentee_entry_person_id"), "mentee_entry", ["person_id"], unique=False)
    op.create_index(
        "ix_mentee_entry_programme_id_status_id",
        "mentee_entry",
        ["programme_id", "status", "id"],
        unique=False,
    )
    op.create_table(
        "mentor_entry",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("partner_id", sa.Uuid(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "applied",
                "consented",
                "selected",
                "reserved",
                "ready",
                "searching",
                "matched",
                "paused",
                "completed",
                "declined",
                "left",
                name="entrystatus",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("forms", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("competences", sa.String(), nullable=False),
        sa.Column("helps_with", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("motivation", sa.String(), nullable=False),
        sa.Column("interests", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("times", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("study_level", sa.Integer(), nullable=True),
        sa.Column("experience_years", sa.Integer(), nullable=True),
        sa.Column("mentee_age_from", sa.Integer(), nullable=True),
        sa.Column("mentee_age_to", sa.Integer(), nullable=True),
        sa.Column("hours_per_week", sa.Integer(), nullable=True),
        sa.Column("periodicity", sa.String(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retained_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("capacity >= 0", name=op.f("ck_mentor_entry_capacity_not_negative")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_mentor_entry_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["partner_id"], ["partner.id"], name=op.f("fk_mentor_entry_partner_id_partner")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_mentor_entry_person_id_person")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_mentor_entry_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_entry")),
        sa.UniqueConstraint("programme_id", "person_id", name=op.f("uq_mentor_entry_programme_id_person_id")),
    )
    op.create_index(op.f("ix_mentor_entry_case_id"), "mentor_entry", ["case_id"], unique=False)
    op.create_index(op.f("ix_mentor_entry_partner_id"), "mentor_entry", ["partner_id"], unique=False)
    op.create_index(op.f("ix_mentor_entry_person_id"), "mentor_entry", ["person_id"], unique=False)
    op.create_index(
        "ix_mentor_entry_programme_id_status_id",
        "mentor_entry",
        ["programme_id", "status", "id"],
        unique=False,
    )
    op.create_table(
        "mentoring_form",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_mentoring_form_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentoring_form")),
        sa.UniqueConstraint("programme_id", "code", name=op.f("uq_mentoring_form_programme_id_code")),
    )
    op.create_table(
        "pair",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("support_case_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "approved",
                "acquainted",
                "tried",
                "planned",
                "working",
                "paused",
                "concluding",
                "completed",
                "refused",
                "parted",
                "ended_early",
                name="pairstatus",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("role_model", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("formats", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("order_number", sa.String(), nullable=False),
        sa.Column("formed_on", sa.Date(), nullable=False),
        sa.Column("planned_end_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("contacts_shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_met_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_pair_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_pair_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pair")),
        sa.UniqueConstraint("case_id", name=op.f("uq_pair_case_id")),
        sa.UniqueConstraint("support_case_id", name=op.f("uq_pair_support_case_id")),
    )
    op.create_index("ix_pair_organisation_id_status", "pair", ["organisation_id", "status"], unique=False)
    op.create_index("ix_pair_programme_id_status_id", "pair", ["programme_id", "status", "id"], unique=False)
    op.create_table(
        "preliminary_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.CheckConstraint("requests >= 0", name=op.f("ck_preliminary_request_requests_not_negative")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_preliminary_request_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preliminary_request")),
    )
    op.create_index(
        "ix_preliminary_request_programme_id", "preliminary_request", ["programme_id"], unique=False
    )
    op.create_table(
        "programme_document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=True),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("entered_by_id", sa.Uuid(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["entered_by_id"], ["person.id"], name=op.f("fk_programme_document_entered_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_programme_document_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_programme_document")),
    )
    op.create_index(
        "ix_programme_document_programme_id_kind",
        "programme_document",
        ["programme_id", "kind"],
        unique=False,
    )
    op.create_table(
        "report_duty",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_report_duty_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report_duty")),
        sa.UniqueConstraint("programme_id", "kind", name=op.f("uq_report_duty_programme_id_kind")),
    )
    op.create_table(
        "roadmap_item",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("responsible", sa.String(), nullable=False),
        sa.Column("resources", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_roadmap_item_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roadmap_item")),
    )
    op.create_index(
        "ix_roadmap_item_programme_id_position", "roadmap_item", ["programme_id", "position"], unique=False
    )
    op.create_table(
        "stage",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("result", sa.String(), nullable=False),
        sa.CheckConstraint("number BETWEEN 1 AND 7", name=op.f("ck_stage_is_one_of_seven")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_stage_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage")),
        sa.UniqueConstraint("programme_id", "number", name=op.f("uq_stage_programme_id_number")),
    )
    op.create_table(
        "award",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("pair_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("awarded_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_award_pair_id_pair")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_award_person_id_person")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_award_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award")),
    )
    op.create_index(op.f("ix_award_pair_id"), "award", ["pair_id"], unique=False)
    op.create_index(op.f("ix_award_person_id"), "award", ["person_id"], unique=False)
    op.create_index("ix_award_programme_id_awarded_on", "award", ["programme_id", "awarded_on"], unique=False)
    op.create_table(
        "award_point",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("pair_id", sa.Uuid(), nullable=False),
        sa.Column("activity", sa.String(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("is_counted", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_award_point_pair_id_pair")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_award_point_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award_point")),
    )
    op.create_index(op.f("ix_award_point_pair_id"), "award_point", ["pair_id"], unique=False)
    op.create_index(
        "ix_award_point_programme_id_pair_id", "award_point", ["programme_id", "pair_id"], unique=False
    )
    op.create_table(
        "choice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("general_meeting_id", sa.Uuid(), nullable=False),
        sa.Column("mentee_entry_id", sa.Uuid(), nullable=False),
        sa.Column("mentor_entry_id", sa.Uuid(), nullable=False),
        sa.Column(
            "chosen_by",
            sa.Enum("mentor", "mentee", name="chosenby", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["general_meeting_id"],
            ["general_meeting.id"],
            name=op.f("fk_choice_general_meeting_id_general_meeting"),
        ),
        sa.ForeignKeyConstraint(
            ["mentee_entry_id"], ["mentee_entry.id"], name=op.f("fk_choice_mentee_entry_id_mentee_entry")
        ),
        sa.ForeignKeyConstraint(
            ["mentor_entry_id"], ["mentor_entry.id"], name=op.f("fk_choice_mentor_entry_id_mentor_entry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_choice")),
        sa.UniqueConstraint(
            "general_meeting_id",
            "mentee_entry_id",
            "mentor_entry_id",
            "chosen_by",
            name=op.f("uq_choice_general_meeting_id_mentee_entry_id_mentor_entry_id_chosen_by"),
        ),
    )
    op.create_index(op.f("ix_choice_mentee_entry_id"), "choice", ["mentee_entry_id"], unique=False)
    op.create_index(op.f("ix_choice_mentor_entry_id"), "choice", ["mentor_entry_id"], unique=False)
    op.create_table(
        "concern",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("pair_id", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("raised_by_id", sa.Uuid(), nullable=True),
        sa.Column("raised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("closed_by_id", sa.Uuid(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["closed_by_id"], ["person.id"], name=op.f("fk_concern_closed_by_id_person")),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_concern_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_concern_pair_id_pair")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_concern_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(["raised_by_id"], ["person.id"], name=op.f("fk_concern_raised_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern")),
        sa.UniqueConstraint("case_id", name=op.f("uq_concern_case_id")),
    )
    op.create_index(
        "ix_concern_organisation_id_closed_at", "concern", ["organisation_id", "closed_at"], unique=False
    )
    op.create_index(op.f("ix_concern_pair_id"), "concern", ["pair_id"], unique=False)
    op.create_index(op.f("ix_concern_programme_id"), "concern", ["programme_id"], unique=False)
    op.create_table(
        "entry_status_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mentee_entry_id", sa.Uuid(), nullable=True),
        sa.Column("mentor_entry_id", sa.Uuid(), nullable=True),
        sa.Column(
            "status",
            sa.Enum(
                "applied",
                "consented",
                "selected",
                "reserved",
                "ready",
                "searching",
                "matched",
                "paused",
                "completed",
                "declined",
                "left",
                name="entrystatus",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "num_nonnulls(mentee_entry_id, mentor_entry_id) = 1",
            name=op.f("ck_entry_status_change_belongs_to_one"),
        ),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_entry_status_change_by_id_person")),
        sa.ForeignKeyConstraint(
            ["mentee_entry_id"],
            ["mentee_entry.id"],
            name=op.f("fk_entry_status_change_mentee_entry_id_mentee_entry"),
        ),
        sa.ForeignKeyConstraint(
            ["mentor_entry_id"],
            ["mentor_entry.id"],
            name=op.f("fk_entry_status_change_mentor_entry_id_mentor_entry"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_status_change")),
    )
    op.create_index(
        "ix_entry_status_change_mentee_entry_id_at",
        "entry_status_change",
        ["mentee_entry_id", "at"],
        unique=False,
    )
    op.create_index(
        "ix_entry_status_change_mentor_entry_id_at",
        "entry_status_change",
        ["mentor_entry_id", "at"],
        unique=False,
    )
    op.create_table(
        "general_meeting_guest",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("general_meeting_id", sa.Uuid(), nullable=False),
        sa.Column("mentee_entry_id", sa.Uuid(), nullable=True),
        sa.Column("mentor_entry_id", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("has_come", sa.Boolean(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "num_nonnulls(mentee_entry_id, mentor_entry_id) = 1",
            name=op.f("ck_general_meeting_guest_belongs_to_one"),
        ),
        sa.ForeignKeyConstraint(
            ["general_meeting_id"],
            ["general_meeting.id"],
            name=op.f("fk_general_meeting_guest_general_meeting_id_general_meeting"),
        ),
        sa.ForeignKeyConstraint(
            ["mentee_entry_id"],
            ["mentee_entry.id"],
            name=op.f("fk_general_meeting_guest_mentee_entry_id_mentee_entry"),
        ),
        sa.ForeignKeyConstraint(
            ["mentor_entry_id"],
            ["mentor_entry.id"],
            name=op.f("fk_general_meeting_guest_mentor_entry_id_mentor_entry"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_general_meeting_guest")),
        sa.UniqueConstraint(
            "general_meeting_id",
            "mentee_entry_id",
            "mentor_entry_id",
            name=op.f("uq_general_meeting_guest_general_meeting_id_mentee_entry_id_mentor_entry_id"),
        ),
    )
    op.create_index(
        op.f("ix_general_meeting_guest_case_id"), "general_meeting_guest", ["case_id"], unique=False
    )
    op.create_index(
        op.f("ix_general_meeting_guest_mentee_entry_id"),
        "general_meeting_guest",
        ["mentee_entry_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_general_meeting_guest_mentor_entry_id"),
        "general_meeting_guest",
        ["mentor_entry_id"],
        unique=False,
    )
    op.create_table(
        "goal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pair_id", sa.Uuid(), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("indicators", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reached_on", sa.Date(), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_goal_pair_id_pair")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal")),
    )
    op.create_index("ix_goal_pair_id_cycle_position", "goal", ["pair_id", "cycle", "position"], unique=False)
    op.create_table(
        "interview",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mentor_entry_id", sa.Uuid(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("interviewer_id", sa.Uuid(), nullable=False),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["interviewer_id"], ["person.id"], name=op.f("fk_interview_interviewer_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["mentor_entry_id"], ["mentor_entry.id"], name=op.f("fk_interview_mentor_entry_id_mentor_entry")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_interview")),
    )
    op.create_index("ix_interview_mentor_entry_id", "interview", ["mentor_entry_id"], unique=False)
    op.create_table(
        "jury_vote",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("pair_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("voted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_jury_vote_pair_id_pair")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_jury_vote_person_id_person")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_jury_vote_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jury_vote")),
        sa.UniqueConstraint(
            "programme_id", "pair_id", "person_id", name=op.f("uq_jury_vote_programme_id_pair_id_person_id")
        ),
    )
    op.create_index(op.f("ix_jury_vote_pair_id"), "jury_vote", ["pair_id"], unique=False)
    op.create_table(
        "meeting",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pair_id", sa.Uuid(), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "acquaintance",
                "trial",
                "planning",
                "working",
                "final",
                name="meetingkind",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("activity", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_meeting_pair_id_pair")),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_meeting_recorded_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    op.create_index("ix_meeting_pair_id_held_on", "meeting", ["pair_id", "held_on"], unique=False)
    op.create_table(
        "mentee_category",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mentee_entry_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mentee_entry_id"],
            ["mentee_entry.id"],
            name=op.f("fk_mentee_category_mentee_entry_id_mentee_entry"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentee_category")),
        sa.UniqueConstraint(
            "mentee_entry_id", "category", name=op.f("uq_mentee_category_mentee_entry_id_category")
        ),
    )
    op.create_table(
        "mentee_search",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("mentee_entry_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mentee_entry_id"],
            ["mentee_entry.id"],
            name=op.f("fk_mentee_search_mentee_entry_id_mentee_entry"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_mentee_search_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentee_search")),
    )
    op.create_index(op.f("ix_mentee_search_case_id"), "mentee_search", ["case_id"], unique=False)
    op.create_index(op.f("ix_mentee_search_programme_id"), "mentee_search", ["programme_id"], unique=False)
    op.create_index(
        "uq_mentee_search_going_on",
        "mentee_search",
        ["mentee_entry_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.create_table(
        "mentor_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mentor_entry_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("accepted_by_id", sa.Uuid(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["accepted_by_id"], ["person.id"], name=op.f("fk_mentor_check_accepted_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["mentor_entry_id"],
            ["mentor_entry.id"],
            name=op.f("fk_mentor_check_mentor_entry_id_mentor_entry"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_check")),
    )
    op.create_index("ix_mentor_check_expires_on", "mentor_check", ["expires_on"], unique=False)
    op.create_index("ix_mentor_check_mentor_entry_id", "mentor_check", ["mentor_entry_id"], unique=False)
    op.create_table(
        "mentor_question",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mentor_entry_id", sa.Uuid(), nullable=False),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["mentor_entry_id"],
            ["mentor_entry.id"],
            name=op.f("fk_mentor_question_mentor_entry_id_mentor_entry"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_question")),
    )
    op.create_index(op.f("ix_mentor_question_case_id"), "mentor_question", ["case_id"], unique=False)
    op.create_index(
        "ix_mentor_question_mentor_entry_id_asked_at",
        "mentor_question",
        ["mentor_entry_id", "asked_at"],
        unique=False,
    )
    op.create_table(
        "mentor_training",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("mentor_entry_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("topics", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("with_ethics", sa.Boolean(), nullable=False),
        sa.Column("is_passed", sa.Boolean(), nullable=False),
        sa.Column("style", sa.String(), nullable=False),
        sa.Column("advice", sa.String(), nullable=False),
        sa.Column("recorded_by_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["mentor_entry_id"],
            ["mentor_entry.id"],
            name=op.f("fk_mentor_training_mentor_entry_id_mentor_entry"),
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by_id"], ["person.id"], name=op.f("fk_mentor_training_recorded_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mentor_training")),
    )
    op.create_index(
        "ix_mentor_training_mentor_entry_id_held_on",
        "mentor_training",
        ["mentor_entry_id", "held_on"],
        unique=False,
    )
    op.create_table(
        "pair_member",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pair_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("mentee_entry_id", sa.Uuid(), nullable=True),
        sa.Column("mentor_entry_id", sa.Uuid(), nullable=True),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=True),
        sa.Column("left_because", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["mentee_entry_id"], ["mentee_entry.id"], name=op.f("fk_pair_member_mentee_entry_id_mentee_entry")
        ),
        sa.ForeignKeyConstraint(
            ["mentor_entry_id"], ["mentor_entry.id"], name=op.f("fk_pair_member_mentor_entry_id_mentor_entry")
        ),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_pair_member_pair_id_pair")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_pair_member_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pair_member")),
    )
    op.create_index(op.f("ix_pair_member_mentee_entry_id"), "pair_member", ["mentee_entry_id"], unique=False)
    op.create_index(op.f("ix_pair_member_mentor_entry_id"), "pair_member", ["mentor_entry_id"], unique=False)
    op.create_index("ix_pair_member_pair_id_role", "pair_member", ["pair_id", "role"], unique=False)
    op.create_index(
        "ix_pair_member_person_id_until_on", "pair_member", ["person_id", "until_on"], unique=False
    )
    op.create_table(
        "pair_status_change",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pair_id", sa.Uuid(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "approved",
                "acquainted",
                "tried",
                "planned",
                "working",
                "paused",
                "concluding",
                "completed",
                "refused",
                "parted",
                "ended_early",
                name="pairstatus",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_pair_status_change_by_id_person")),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_pair_status_change_pair_id_pair")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pair_status_change")),
    )
    op.create_index("ix_pair_status_change_pair_id_at", "pair_status_change", ["pair_id", "at"], unique=False)
    op.create_table(
        "pairing_mark",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("mentee_entry_id", sa.Uuid(), nullable=False),
        sa.Column("mentor_entry_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum("pinned", "forbidden", name="markkind", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_pairing_mark_made_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["mentee_entry_id"],
            ["mentee_entry.id"],
            name=op.f("fk_pairing_mark_mentee_entry_id_mentee_entry"),
        ),
        sa.ForeignKeyConstraint(
            ["mentor_entry_id"],
            ["mentor_entry.id"],
            name=op.f("fk_pairing_mark_mentor_entry_id_mentor_entry"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_pairing_mark_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pairing_mark")),
    )
    op.create_index(
        op.f("ix_pairing_mark_mentee_entry_id"), "pairing_mark", ["mentee_entry_id"], unique=False
    )
    op.create_index(
        op.f("ix_pairing_mark_mentor_entry_id"), "pairing_mark", ["mentor_entry_id"], unique=False
    )
    op.create_index(
        "uq_pairing_mark_standing",
        "pairing_mark",
        ["programme_id", "mentee_entry_id", "mentor_entry_id"],
        unique=True,
        postgresql_where=sa.text("removed_at IS NULL"),
    )
    op.create_table(
        "practice",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("pair_id", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum(
                "draft",
                "published",
                "declined",
                "withdrawn",
                name="practicestatus",
                native_enum=False,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("why_not", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_practice_pair_id_pair")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_practice_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice")),
    )
    op.create_index(op.f("ix_practice_case_id"), "practice", ["case_id"], unique=False)
    op.create_index(op.f("ix_practice_pair_id"), "practice", ["pair_id"], unique=False)
    op.create_index("ix_practice_programme_id_status", "practice", ["programme_id", "status"], unique=False)
    op.create_table(
        "proposal_run",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("mentee_entry_id", sa.Uuid(), nullable=True),
        sa.Column("groups", postgresql.ARRAY(sa.String()), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("left_over", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_proposal_run_made_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["mentee_entry_id"],
            ["mentee_entry.id"],
            name=op.f("fk_proposal_run_mentee_entry_id_mentee_entry"),
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_proposal_run_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_run")),
    )
    op.create_index("ix_proposal_run_case_id_made_at", "proposal_run", ["case_id", "made_at"], unique=False)
    op.create_index(
        op.f("ix_proposal_run_mentee_entry_id"), "proposal_run", ["mentee_entry_id"], unique=False
    )
    op.create_index(
        "ix_proposal_run_programme_id_made_at", "proposal_run", ["programme_id", "made_at"], unique=False
    )
    op.create_table(
        "report",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("pair_id", sa.Uuid(), nullable=True),
        sa.Column("case_id", sa.Uuid(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column(
            "status",
            sa.Enum("submitted", "returned", "accepted", name="reportstatus", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("until_on", sa.Date(), nullable=False),
        sa.Column("facts", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("submitted_by_id", sa.Uuid(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked_by_id", sa.Uuid(), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("remarks", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["person.id"], name=op.f("fk_report_checked_by_id_person")
        ),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_report_pair_id_pair")),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_report_programme_id_programme")
        ),
        sa.ForeignKeyConstraint(
            ["submitted_by_id"], ["person.id"], name=op.f("fk_report_submitted_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_report")),
    )
    op.create_index(op.f("ix_report_case_id"), "report", ["case_id"], unique=False)
    op.create_index(op.f("ix_report_pair_id"), "report", ["pair_id"], unique=False)
    op.create_index(
        "ix_report_programme_id_kind_until_on", "report", ["programme_id", "kind", "until_on"], unique=False
    )
    op.create_table(
        "support_contact",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pair_id", sa.Uuid(), nullable=False),
        sa.Column("with_role", sa.String(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("made_by_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_support_contact_made_by_id_person")
        ),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_support_contact_pair_id_pair")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_support_contact")),
    )
    op.create_index(
        "ix_support_contact_pair_id_made_on", "support_contact", ["pair_id", "made_on"], unique=False
    )
    op.create_table(
        "survey_request",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by_case_id", sa.Uuid(), nullable=True),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("pair_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("instrument", sa.String(), nullable=False),
        sa.Column(
            "moment",
            sa.Enum("entry", "middle", "exit", name="surveymoment", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("case_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("missed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_survey_request_pair_id_pair")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_survey_request_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_survey_request_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_request")),
        sa.UniqueConstraint("case_id", name=op.f("uq_survey_request_case_id")),
        sa.UniqueConstraint(
            "round_id",
            "person_id",
            "instrument",
            "pair_id",
            name=op.f("uq_survey_request_round_id_person_id_instrument_pair_id"),
            postgresql_nulls_not_distinct=True,
        ),
    )
    op.create_index(op.f("ix_survey_request_pair_id"), "survey_request", ["pair_id"], unique=False)
    op.create_index(op.f("ix_survey_request_person_id"), "survey_request", ["person_id"], unique=False)
    op.create_index(
        "ix_survey_request_programme_id_moment", "survey_request", ["programme_id", "moment"], unique=False
    )
    op.create_table(
        "survey_response",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("pair_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=True),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("instrument", sa.String(), nullable=False),
        sa.Column("pack_version_id", sa.Uuid(), nullable=False),
        sa.Column(
            "moment",
            sa.Enum("entry", "middle", "exit", name="surveymoment", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["about_id"], ["person.id"], name=op.f("fk_survey_response_about_id_person")),
        sa.ForeignKeyConstraint(
            ["pack_version_id"],
            ["pack_version.id"],
            name=op.f("fk_survey_response_pack_version_id_pack_version"),
        ),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_survey_response_pair_id_pair")),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_survey_response_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["programme_id"], ["programme.id"], name=op.f("fk_survey_response_programme_id_programme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_survey_response")),
    )
    op.create_index(op.f("ix_survey_response_pair_id"), "survey_response", ["pair_id"], unique=False)
    op.create_index("ix_survey_response_person_id", "survey_response", ["person_id"], unique=False)
    op.create_index(
        "ix_survey_response_programme_id_instrument_moment",
        "survey_response",
        ["programme_id", "instrument", "moment"],
        unique=False,
    )
    op.create_table(
        "wish",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("pair_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("wish", sa.String(), nullable=False),
        sa.Column("has", sa.String(), nullable=False),
        sa.Column("lacks", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("time_needed", sa.String(), nullable=False),
        sa.Column("is_main", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_wish_pair_id_pair")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_wish_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wish")),
    )
    op.create_index("ix_wish_pair_id_cycle_position", "wish", ["pair_id", "cycle", "position"], unique=False)
    op.create_table(
        "concern_note",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("concern_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("written_by_id", sa.Uuid(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["concern_id"], ["concern.id"], name=op.f("fk_concern_note_concern_id_concern")
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["person.id"], name=op.f("fk_concern_note_written_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_concern_note")),
    )
    op.create_index(
        "ix_concern_note_concern_id_written_at", "concern_note", ["concern_id", "written_at"], unique=False
    )
    op.create_table(
        "goal_progress",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=True),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_goal_progress_goal_id_goal")),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_goal_progress_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_goal_progress_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goal_progress")),
    )
    op.create_index(
        "ix_goal_progress_goal_id_noted_at", "goal_progress", ["goal_id", "noted_at"], unique=False
    )
    op.create_index(op.f("ix_goal_progress_meeting_id"), "goal_progress", ["meeting_id"], unique=False)
    op.create_table(
        "meeting_answer",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_answer_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_meeting_answer_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_answer")),
        sa.UniqueConstraint(
            "meeting_id", "person_id", "form", name=op.f("uq_meeting_answer_meeting_id_person_id_form")
        ),
    )
    op.create_index(op.f("ix_meeting_answer_person_id"), "meeting_answer", ["person_id"], unique=False)
    op.create_table(
        "meeting_attendance",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("meeting_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("has_come", sa.Boolean(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_attendance_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_meeting_attendance_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_attendance")),
        sa.UniqueConstraint(
            "meeting_id", "person_id", name=op.f("uq_meeting_attendance_meeting_id_person_id")
        ),
    )
    op.create_index(
        op.f("ix_meeting_attendance_person_id"), "meeting_attendance", ["person_id"], unique=False
    )
    op.create_table(
        "plan_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["goal_id"], ["goal.id"], name=op.f("fk_plan_step_goal_id_goal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_step")),
    )
    op.create_index("ix_plan_step_goal_id_position", "plan_step", ["goal_id", "position"], unique=False)
    op.create_table(
        "practice_agreement",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("practice_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("is_given", sa.Boolean(), nullable=False),
        sa.Column("said_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_practice_agreement_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["practice_id"], ["practice.id"], name=op.f("fk_practice_agreement_practice_id_practice")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practice_agreement")),
        sa.UniqueConstraint(
            "practice_id", "person_id", name=op.f("uq_practice_agreement_practice_id_person_id")
        ),
    )
    op.create_index(
        op.f("ix_practice_agreement_person_id"), "practice_agreement", ["person_id"], unique=False
    )
    op.create_table(
        "proposal",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("proposal_run_id", sa.Uuid(), nullable=False),
        sa.Column("mentee_entry_id", sa.Uuid(), nullable=False),
        sa.Column("mentor_entry_id", sa.Uuid(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("is_pinned", sa.Boolean(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reasons", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("against", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "status",
            sa.Enum("proposed", "approved", "refused", name="proposalstatus", native_enum=False, length=32),
            nullable=False,
        ),
        sa.Column("decision_id", sa.Uuid(), nullable=True),
        sa.Column("refused_because", sa.String(), nullable=False),
        sa.Column("order_number", sa.String(), nullable=False),
        sa.Column("pair_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["decision_id"], ["decision.id"], name=op.f("fk_proposal_decision_id_decision")
        ),
        sa.ForeignKeyConstraint(
            ["mentee_entry_id"], ["mentee_entry.id"], name=op.f("fk_proposal_mentee_entry_id_mentee_entry")
        ),
        sa.ForeignKeyConstraint(
            ["mentor_entry_id"], ["mentor_entry.id"], name=op.f("fk_proposal_mentor_entry_id_mentor_entry")
        ),
        sa.ForeignKeyConstraint(["pair_id"], ["pair.id"], name=op.f("fk_proposal_pair_id_pair")),
        sa.ForeignKeyConstraint(
            ["proposal_run_id"], ["proposal_run.id"], name=op.f("fk_proposal_proposal_run_id_proposal_run")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
    )
    op.create_index(op.f("ix_proposal_decision_id"), "proposal", ["decision_id"], unique=False)
    op.create_index(op.f("ix_proposal_mentee_entry_id"), "proposal", ["mentee_entry_id"], unique=False)
    op.create_index(op.f("ix_proposal_mentor_entry_id"), "proposal", ["mentor_entry_id"], unique=False)
    op.create_index(op.f("ix_proposal_pair_id"), "proposal", ["pair_id"], unique=False)
    op.create_index(
        "ix_proposal_proposal_run_id_score", "proposal", ["proposal_run_id", "score"], unique=False
    )
    op.add_column(
        "notice",
        sa.Column(
            "values", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False
        ),
    )
    op.add_column("person", sa.Column("phone", sa.String(), nullable=True))
    op.add_column("person", sa.Column("born_on", sa.Date(), nullable=True))
    op.add_column("person", sa.Column("study_group", sa.String(), nullable=True))
    op.add_column("person", sa.Column("position", sa.String(), nullable=True))
    op.add_column("task", sa.Column("waits_since_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("task", sa.Column("waits_until_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("timer", sa.Column("waits_since_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("timer", sa.Column("waits_until_at", sa.DateTime(timezone=True), nullable=True))
    plain_sql.run(op.get_bind(), guards.added_to_only(_ADDED_TO_ONLY))


def downgrade() -> None:
    op.drop_column("timer", "waits_until_at")
    op.drop_column("timer", "waits_since_at")
    op.drop_column("task", "waits_until_at")
    op.drop_column("task", "waits_since_at")
    op.drop_column("person", "position")
    op.drop_column("person", "study_group")
    op.drop_column("person", "born_on")
    op.drop_column("person", "phone")
    op.drop_column("notice", "values")
    op.drop_index("ix_proposal_proposal_run_id_score", table_name="proposal")
    op.drop_index(op.f("ix_proposal_pair_id"), table_name="proposal")
    op.drop_index(op.f("ix_proposal_mentor_entry_id"), table_name="proposal")
    op.drop_index(op.f("ix_proposal_mentee_entry_id"), table_name="proposal")
    op.drop_index(op.f("ix_proposal_decision_id"), table_name="proposal")
    op.drop_table("proposal")
    op.drop_index(op.f("ix_practice_agreement_person_id"), table_name="practice_agreement")
    op.drop_table("practice_agreement")
    op.drop_index("ix_plan_step_goal_id_position", table_name="plan_step")
    op.drop_table("plan_step")
    op.drop_index(op.f("ix_meeting_attendance_person_id"), table_name="meeting_attendance")
    op.drop_table("meeting_attendance")
    op.drop_index(op.f("ix_meeting_answer_person_id"), table_name="meeting_answer")
    op.drop_table("meeting_answer")
    op.drop_index(op.f("ix_goal_progress_meeting_id"), table_name="goal_progress")
    op.drop_index("ix_goal_progress_goal_id_noted_at", table_name="goal_progress")
    op.drop_table("goal_progress")
    op.drop_index("ix_concern_note_concern_id_written_at", table_name="concern_note")
    op.drop_table("concern_note")
    op.drop_index("ix_wish_pair_id_cycle_position", table_name="wish")
    op.drop_table("wish")
    op.drop_index("ix_survey_response_programme_id_instrument_moment", table_name="survey_response")
    op.drop_index("ix_survey_response_person_id", table_name="survey_response")
    op.drop_index(op.f("ix_survey_response_pair_id"), table_name="survey_response")
    op.drop_table("survey_response")
    op.drop_index("ix_survey_request_programme_id_moment", table_name="survey_request")
    op.drop_index(op.f("ix_survey_request_person_id"), table_name="survey_request")
    op.drop_index(op.f("ix_survey_request_pair_id"), table_name="survey_request")
    op.drop_table("survey_request")
    op.drop_index("ix_support_contact_pair_id_made_on", table_name="support_contact")
    op.drop_table("support_contact")
    op.drop_index("ix_report_programme_id_kind_until_on", table_name="report")
    op.drop_index(op.f("ix_report_pair_id"), table_name="report")
    op.drop_index(op.f("ix_report_case_id"), table_name="report")
    op.drop_table("report")
    op.drop_index("ix_proposal_run_programme_id_made_at", table_name="proposal_run")
    op.drop_index(op.f("ix_proposal_run_mentee_entry_id"), table_name="proposal_run")
    op.drop_index("ix_proposal_run_case_id_made_at", table_name="proposal_run")
    op.drop_table("proposal_run")
    op.drop_index("ix_practice_programme_id_status", table_name="practice")
    op.drop_index(op.f("ix_practice_pair_id"), table_name="practice")
    op.drop_index(op.f("ix_practice_case_id"), table_name="practice")
    op.drop_table("practice")
    op.drop_index(
        "uq_pairing_mark_standing", table_name="pairing_mark", postgresql_where=sa.text("removed_at IS NULL")
    )
    op.drop_index(op.f("ix_pairing_mark_mentor_entry_id"), table_name="pairing_mark")
    op.drop_index(op.f("ix_pairing_mark_mentee_entry_id"), table_name="pairing_mark")
    op.drop_table("pairing_mark")
    op.drop_index("ix_pair_status_change_pair_id_at", table_name="pair_status_change")
    op.drop_table("pair_status_change")
    op.drop_index("ix_pair_member_person_id_until_on", table_name="pair_member")
    op.drop_index("ix_pair_member_pair_id_role", table_name="pair_member")
    op.drop_index(op.f("ix_pair_member_mentor_entry_id"), table_name="pair_member")
    op.drop_index(op.f("ix_pair_member_mentee_entry_id"), table_name="pair_member")
    op.drop_table("pair_member")
    op.drop_index("ix_mentor_training_mentor_entry_id_held_on", table_name="mentor_training")
    op.drop_table("mentor_training")
    op.drop_index("ix_mentor_question_mentor_entry_id_asked_at", table_name="mentor_question")
    op.drop_index(op.f("ix_mentor_question_case_id"), table_name="mentor_question")
    op.drop_table("mentor_question")
    op.drop_index("ix_mentor_check_mentor_entry_id", table_name="mentor_check")
    op.drop_index("ix_mentor_check_expires_on", table_name="mentor_check")
    op.drop_table("mentor_check")
    op.drop_index(
        "uq_mentee_search_going_on", table_name="mentee_search", postgresql_where=sa.text("ended_at IS NULL")
    )
    op.drop_index(op.f("ix_mentee_search_programme_id"), table_name="mentee_search")
    op.drop_index(op.f("ix_mentee_search_case_id"), table_name="mentee_search")
    op.drop_table("mentee_search")
    op.drop_table("mentee_category")
    op.drop_index("ix_meeting_pair_id_held_on", table_name="meeting")
    op.drop_table("meeting")
    op.drop_index(op.f("ix_jury_vote_pair_id"), table_name="jury_vote")
    op.drop_table("jury_vote")
    op.drop_index("ix_interview_mentor_entry_id", table_name="interview")
    op.drop_table("interview")
    op.drop_index("ix_goal_pair_id_cycle_position", table_name="goal")
    op.drop_table("goal")
    op.drop_index(op.f("ix_general_meeting_guest_mentor_entry_id"), table_name="general_meeting_guest")
    op.drop_index(op.f("ix_general_meeting_guest_mentee_entry_id"), table_name="general_meeting_guest")
    op.drop_index(op.f("ix_general_meeting_guest_case_id"), table_name="general_meeting_guest")
    op.drop_table("general_meeting_guest")
    op.drop_index("ix_entry_status_change_mentor_entry_id_at", table_name="entry_status_change")
    op.drop_index("ix_entry_status_change_mentee_entry_id_at", table_name="entry_status_change")
    op.drop_table("entry_status_change")
    op.drop_index(op.f("ix_concern_programme_id"), table_name="concern")
    op.drop_index(op.f("ix_concern_pair_id"), table_name="concern")
    op.drop_index("ix_concern_organisation_id_closed_at", table_name="concern")
    op.drop_table("concern")
    op.drop_index(op.f("ix_choice_mentor_entry_id"), table_name="choice")
    op.drop_index(op.f("ix_choice_mentee_entry_id"), table_name="choice")
    op.drop_table("choice")
    op.drop_index("ix_award_point_programme_id_pair_id", table_name="award_point")
    op.drop_index(op.f("ix_award_point_pair_id"), table_name="award_point")
    op.drop_table("award_point")
    op.drop_index("ix_award_programme_id_awarded_on", table_name="award")
    op.drop_index(op.f("ix_award_person_id"), table_name="award")
    op.drop_index(op.f("ix_award_pair_id"), table_name="award")
    op.drop_table("award")
    op.drop_table("stage")
    op.drop_index("ix_roadmap_item_programme_id_position", table_name="roadmap_item")
    op.drop_table("roadmap_item")
    op.drop_table("report_duty")
    op.drop_index("ix_programme_document_programme_id_kind", table_name="programme_document")
    op.drop_table("programme_document")
    op.drop_index("ix_preliminary_request_programme_id", table_name="preliminary_request")
    op.drop_table("preliminary_request")
    op.drop_index("ix_pair_programme_id_status_id", table_name="pair")
    op.drop_index("ix_pair_organisation_id_status", table_name="pair")
    op.drop_table("pair")
    op.drop_table("mentoring_form")
    op.drop_index("ix_mentor_entry_programme_id_status_id", table_name="mentor_entry")
    op.drop_index(op.f("ix_mentor_entry_person_id"), table_name="mentor_entry")
    op.drop_index(op.f("ix_mentor_entry_partner_id"), table_name="mentor_entry")
    op.drop_index(op.f("ix_mentor_entry_case_id"), table_name="mentor_entry")
    op.drop_table("mentor_entry")
    op.drop_index("ix_mentee_entry_programme_id_status_id", table_name="mentee_entry")
    op.drop_index(op.f("ix_mentee_entry_person_id"), table_name="mentee_entry")
    op.drop_index(op.f("ix_mentee_entry_case_id"), table_name="mentee_entry")
    op.drop_table("mentee_entry")
    op.drop_index("ix_measure_result_programme_id_stage", table_name="measure_result")
    op.drop_table("measure_result")
    op.drop_index("ix_invitation_programme_id_stage", table_name="invitation")
    op.drop_table("invitation")
    op.drop_index("ix_general_meeting_programme_id_held_at", table_name="general_meeting")
    op.drop_index(op.f("ix_general_meeting_case_id"), table_name="general_meeting")
    op.drop_table("general_meeting")
    op.drop_table("festival")
    op.drop_index("ix_decision_programme_id_decided_on", table_name="decision")
    op.drop_table("decision")
    op.drop_index("ix_consent_programme_id", table_name="consent")
    op.drop_index("ix_consent_person_id_programme_id_purpose", table_name="consent")
    op.drop_table("consent")
    op.drop_index("ix_audience_programme_id", table_name="audience")
    op.drop_table("audience")
    op.drop_index("ix_appointment_programme_id_role", table_name="appointment")
    op.drop_index(op.f("ix_appointment_person_id"), table_name="appointment")
    op.drop_table("appointment")
    op.drop_index("ix_announcement_programme_id_stage", table_name="announcement")
    op.drop_table("announcement")
    op.drop_index("ix_programme_organisation_id_starts_on", table_name="programme")
    op.drop_table("programme")
    op.drop_index("ix_contract_partner_id", table_name="contract")
    op.drop_table("contract")
    op.drop_index("ix_partner_organisation_id_name", table_name="partner")
    op.drop_table("partner")
    op.drop_index(op.f("ix_guardianship_guardian_id"), table_name="guardianship")
    op.drop_table("guardianship")
    op.drop_index(op.f("ix_avoidance_organisation_id"), table_name="avoidance")
    op.drop_index(op.f("ix_avoidance_mentee_person_id"), table_name="avoidance")
    op.drop_table("avoidance")
    op.drop_index("ix_break_organisation_id_since_on", table_name="break")
    op.drop_table("break")
