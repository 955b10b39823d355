"""The steps of a plan are ticked off by the mentor or the mentee, and that can be taken back."""

import pytest

from models.goals import Goal, PlanStep
from models.journal import JournalEntry
from tests.webapp.readers import parsed


@pytest.fixture
def step(college, work):
    wanted = work.session.query(PlanStep).join(Goal, Goal.id == PlanStep.goal_id)
    return wanted.filter(Goal.pair_id == college.pair_id, Goal.dropped_at.is_(None)).first()


def test_either_of_the_two_ticks_a_step_off_and_takes_it_back(mentor, mentee, college, step, work):
    page = f"/pairs/{college.pair_id}"
    answer = mentee.get(page)
    assert parsed(answer).find(f".//li[@id='step-{step.id}']/form") is not None
    assert mentee.post(f"/plan-steps/{step.id}/done").status_code == 303
    assert mentee.post(f"/plan-steps/{step.id}/done").status_code == 303, "twice is once"
    work.session.expire_all()
    assert step.done_on == college.at.date()
    assert 'aria-pressed="true"' in mentor.get(page).text
    assert mentor.post(f"/plan-steps/{step.id}/undone").status_code == 303
    work.session.expire_all()
    assert step.done_on is None
    acts = [
        one.act for one in work.session.query(JournalEntry).filter(JournalEntry.act.startswith("plan.step"))
    ]
    assert sorted(acts) == ["plan.step_done", "plan.step_undone"]


def test_others_see_how_far_it_is_and_tick_nothing(curator, reader, college, step):
    assert curator.post(f"/plan-steps/{step.id}/done").status_code == 403
    assert "plan-tick" not in curator.get(f"/pairs/{college.pair_id}").text
    assert reader(college.mentors[1]).post(f"/plan-steps/{step.id}/done").status_code == 404
