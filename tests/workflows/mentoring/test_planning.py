"""Planning: wishes, the map of goals, and the word of the curator on it."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from models.goals import Goal, Wish
from tests.workflows.mentoring.ends import name_of
from tests.workflows.mentoring.pair_plays import GOAL, WISH, PairPlay
from tests.workflows.mentoring.plays import Play
from workflows.queries.readings import read_facts
from workflows.queries.tasks import get_task
from workflows.refusals import Invalid


@pytest.fixture
def planning(play: Play, college: SimpleNamespace) -> Callable[..., PairPlay]:
    """A pair that has come to its planning meeting."""

    def come_to_planning(**formed: str) -> PairPlay:
        pair = PairPlay(play, college, **formed)
        pair.get_acquainted()
        pair.try_together()
        return pair

    return come_to_planning


def keys(refused: pytest.ExceptionInfo[Invalid]) -> dict[str, list[str]]:
    return {field: [one.key for one in found] for field, found in refused.value.problems.items()}


def test_rule_10_five_wishes_are_told(planning, play):
    pair = planning()
    with pytest.raises(Invalid) as refused:
        pair.wish(4)
    assert keys(refused) == {"wishes": ["too_few_wishes"]}
    pair.wish(5)
    assert len(play.session.scalars(select(Wish)).all()) == 5


def test_rule_10_the_form_opens_with_as_many_rows_as_the_rule_says(planning, play):
    pair = planning()
    task = play.find("list_wishes", pair.case_id)
    view = get_task(play.work(pair.mentee_actors[0]), task.id)
    assert len(view.known["wishes"]) == 5


def test_a_short_kind_of_mentoring_asks_for_one_wish(planning, play):
    pair = planning(type="short_term")
    pair.wish(1)
    assert pair.waits == {"set_goals"}


def test_rule_09_a_goal_is_set_for_a_month_at_least(planning):
    pair = planning()
    pair.wish()
    with pytest.raises(Invalid) as refused:
        pair.draw_plan(days=20)
    assert keys(refused) == {"goals.0.due_on": ["date_too_early"]}
    pair.draw_plan(days=31)


def test_the_curator_sees_the_wishes_and_the_plan(planning, play):
    pair = planning()
    pair.wish()
    pair.draw_plan()
    seen = read_facts(play.work(), ["pair.wishes", "pair.plan"], pair.case_id)
    assert [one["wish"] for one in seen["wishes_told"]] == [WISH["wish"]] * 5
    assert [one["is_main"] for one in seen["wishes_told"]] == [True, False, False, False, False]
    assert seen["plan"][0]["steps"] == "Собрать работы; Показать"
    assert (seen["schedule"], seen["mentor_strengths"]) == ("по средам", "Опыт")


def test_a_plan_that_is_returned_comes_back_filled_in(planning, play):
    pair = planning()
    pair.wish()
    pair.draw_plan()
    pair.do("agree_plan", decision="rework", advice="Добавьте сроки")
    task = play.find("set_goals", pair.case_id)
    known = get_task(play.work(pair.mentor_actors[0]), task.id).known
    assert known["advice"] == "Добавьте сроки"
    assert known["goals"][0]["result"] == GOAL["result"]
    assert known["schedule"] == "по средам"


def test_the_plan_that_a_second_mentor_draws_anew_is_the_one_that_counts(planning, play, college):
    pair = planning(mentors=2)
    pair.wish()
    by_name = sorted(pair.mentor_actors, key=lambda one: name_of(play, one.person_id), reverse=True)
    for actor, schedule in zip(by_name, ("по средам", "по пятницам"), strict=True):
        pair.mentor_actors = [actor]
        pair.draw_plan(came=pair.held()["came"], schedule=schedule)
        play.clock.at += timedelta(hours=1)
        if schedule == "по средам":
            pair.do("agree_plan", decision="rework", advice="Другой день")
    seen = read_facts(play.work(), ["pair.plan", "pair.draft_plan"], pair.case_id)
    assert seen["schedule"] == "по пятницам"
    pair.do("agree_plan", decision="agreed", understood=True)
    assert any("по пятницам" in text for text in pair.told(college.curator))


def test_goals_that_were_replaced_are_kept_as_dropped(planning, play):
    pair = planning()
    pair.wish()
    pair.draw_plan()
    pair.do("agree_plan", decision="rework", advice="Другая цель")
    goal = GOAL | {"result": "Проект", "due_on": str(pair.today + timedelta(days=50))}
    pair.draw_plan(goals=[goal])
    pair.do("agree_plan", decision="agreed", understood=True)
    kept = {one.result: (one.dropped_at is None, one.agreed_at) for one in play.session.scalars(select(Goal))}
    assert kept == {"Портфолио": (False, None), "Проект": (True, play.clock.at)}


@pytest.mark.parametrize(
    ("form", "is_told"),
    [
        ("teacher_learner", True),
        ("employer_learner", True),
        ("learner_learner", False),
        ("teacher_teacher", False),
    ],
)
def test_rule_25_the_curator_is_told_the_schedule_where_it_is_a_matter_of_agreement(
    planning, college, form, is_told
):
    pair = planning(form=form)
    pair.plan()
    assert any("по средам" in text for text in pair.told(college.curator)) is is_told
