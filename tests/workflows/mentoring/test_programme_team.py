"""The team of a programme: who is in it, and for which form somebody answers."""

import pytest
from sqlalchemy import select

from models.programmes import Appointment
from tests.workflows.mentoring.programme_way import Way
from workflows.refusals import Complaint, Invalid


@pytest.fixture
def way(play):
    return Way(play)


def test_a_team_is_appointed_with_the_curator(way, play, college):
    team = [
        {"person": str(college.methodist.person_id), "duty": "form_lead", "form": "teacher_teacher"},
        {"person": str(college.psychologist.person_id), "duty": "team"},
    ]
    way.appoint(team=team)
    wanted = select(Appointment.role, Appointment.form).where(Appointment.programme_id == way.id)
    found = set(play.session.execute(wanted).tuples())
    assert found == {("curator", None), ("form_lead", "teacher_teacher"), ("team", None)}


def test_whoever_answers_for_a_form_says_for_which(way, college):
    team = [{"person": str(college.methodist.person_id), "duty": "form_lead"}]
    with pytest.raises(Invalid) as refusal:
        way.appoint(team=team)
    assert refusal.value.problems == {"team.0.form": [Complaint("required")]}
