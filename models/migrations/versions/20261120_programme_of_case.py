"""Each case names the programme around which it stands; a meeting that is only agreed on was not held yet."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_NAMED = """
    UPDATE "case" SET programme_id = known.programme_id
    FROM (
        SELECT case_id, id AS programme_id FROM programme
        UNION SELECT case_id, programme_id FROM mentee_entry
        UNION SELECT case_id, programme_id FROM mentor_entry
        UNION SELECT case_id, programme_id FROM pair
        UNION SELECT support_case_id, programme_id FROM pair
        UNION SELECT case_id, programme_id FROM mentee_search
        UNION SELECT case_id, programme_id FROM report_duty
        UNION SELECT case_id, programme_id FROM survey_request
        UNION SELECT case_id, programme_id FROM concern
        UNION SELECT case_id, programme_id FROM practice
        UNION SELECT guest.case_id, met.programme_id
            FROM general_meeting_guest guest JOIN general_meeting met ON met.id = guest.general_meeting_id
    ) known
    WHERE known.case_id = "case".id
"""
# No row says for which programme these run; where an organisation has had only one, it is that one.
_ONLY_ONE = """
    UPDATE "case" SET programme_id = sole.id
    FROM (
        SELECT organisation_id, (array_agg(id))[1] AS id FROM programme
        GROUP BY organisation_id HAVING count(*) = 1
    ) sole
    WHERE "case".programme_id IS NULL
        AND "case".organisation_id = sole.organisation_id
        AND "case".process IN (
            'mentee_intake', 'mentor_intake', 'unmatched_support', 'practice',
            'check_renewal', 'consent_withdrawal', 'secondary_training'
        )
"""
# Only who was at a meeting says that it was held; a final one without them is agreed on.
_AGREED_ONLY = """
    UPDATE meeting SET agreed_on = held_on, held_on = NULL
    WHERE kind = 'final'
        AND NOT EXISTS (SELECT FROM meeting_attendance one WHERE one.meeting_id = meeting.id)
"""


def upgrade() -> None:
    op.add_column("case", sa.Column("programme_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_case_programme_id_programme"), "case", "programme", ["programme_id"], ["id"]
    )
    op.execute(_NAMED)
    op.execute(_ONLY_ONE)
    op.create_index("ix_case_programme_id_status", "case", ["programme_id", "status"], unique=False)
    op.add_column("meeting", sa.Column("agreed_on", sa.Date(), nullable=True))
    op.alter_column("meeting", "held_on", existing_type=sa.Date(), nullable=True)
    op.execute(_AGREED_ONLY)
    op.create_check_constraint(
        op.f("ck_meeting_has_a_day"), "meeting", "held_on IS NOT NULL OR agreed_on IS NOT NULL"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("ck_meeting_has_a_day"), "meeting", type_="check")
    op.execute("UPDATE meeting SET held_on = agreed_on WHERE held_on IS NULL")
    op.alter_column("meeting", "held_on", existing_type=sa.Date(), nullable=False)
    op.drop_column("meeting", "agreed_on")
    op.drop_index("ix_case_programme_id_status", table_name="case")
    op.drop_constraint(op.f("fk_case_programme_id_programme"), "case", type_="foreignkey")
    op.drop_column("case", "programme_id")
