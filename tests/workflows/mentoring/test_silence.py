"""What happens when a pair that should meet does not: a reminder, then one question to the curator."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import func, select

from models.pairs import PairStatus
from models.tasks import Task, TaskStatus
from tests.workflows.mentoring.pair_plays import PairPlay
from tests.workflows.mentoring.plays import Play

CHECKED = {"talked_to": ["mentor"], "cause": "busy", "decision": "continue", "notes": "Встретятся"}


@pytest.fixture
def form(play: Play, college: SimpleNamespace) -> Callable[..., PairPlay]:
    return lambda **formed: PairPlay(play, college, **formed)


def checks(pair: PairPlay) -> int:
    """Count the open questions about a pair."""
    wanted = select(func.count()).where(
        Task.case_id == pair.case_id, Task.element == "check_on_pair", Task.status == TaskStatus.OPEN
    )
    return pair.play.session.scalar(wanted) or 0


def work_up_to_trial(pair: PairPlay) -> None:
    pair.get_acquainted()


def work_up_to_planning(pair: PairPlay) -> None:
    pair.get_acquainted()
    pair.try_together()


STEPS: list[Any] = [
    pytest.param(work_up_to_trial, "Пробной встречи", id="trial"),
    pytest.param(work_up_to_planning, "Планирования", id="planning"),
    pytest.param(PairPlay.start_working, "Давно нет записей", id="working"),
]


@pytest.mark.parametrize(("come_to", "said"), STEPS)
def test_rule_05_silence_brings_a_reminder_and_then_one_check(form, play, come_to, said):
    pair = form()
    come_to(pair)
    play.pass_days(15)
    assert any(text.startswith(said) for text in pair.told(pair.mentor_actors[0]))
    assert checks(pair) == 0
    play.pass_days(7)
    assert checks(pair) == 1
    play.pass_days(60)
    assert checks(pair) == 1, "who was asked already is not asked once more"


def test_whoever_has_not_got_acquainted_is_reminded_until_they_have(form, play, college):
    pair = form()
    everybody = (college.curator, pair.mentor_actors[0], pair.mentee_actors[0])

    def reminders():
        return [sum("Знакомства ещё не было" in one for one in pair.told(actor)) for actor in everybody]

    assert reminders() == [0, 0, 0]
    play.pass_days(15)
    assert reminders() == [1, 1, 1]
    play.pass_days(14)
    assert reminders() == [2, 2, 2]
    pair.get_acquainted()
    play.pass_days(14)
    assert reminders() == [2, 2, 2]


@pytest.mark.parametrize(("come_to", "said"), STEPS)
def test_rule_05_a_silent_pair_may_part_whatever_it_was_at(form, play, come_to, said):
    pair = form()
    come_to(pair)
    play.pass_days(22)
    pair.do("check_on_pair", **CHECKED | {"decision": "stop"})
    assert pair.pair.status is PairStatus.ENDED_EARLY
    assert play.is_over(pair.case_id)


def test_a_recorded_meeting_settles_the_check(form, play):
    pair = form()
    pair.start_working()
    play.pass_days(22)
    assert checks(pair) == 1
    pair.meet()
    assert pair.waits == {"record_meeting"}
    play.pass_days(22)
    assert checks(pair) == 1, "the next silence is looked at anew"
    pair.meet()
    assert checks(pair) == 0


def test_a_recorded_trial_settles_the_check(form, play):
    pair = form()
    pair.get_acquainted()
    play.pass_days(22)
    assert checks(pair) == 1
    pair.try_together()
    assert checks(pair) == 0
    assert "list_wishes" in pair.waits


def test_a_plan_settles_the_check_also_when_the_wishes_came_late(form, play):
    pair = form()
    pair.get_acquainted()
    pair.try_together()
    play.pass_days(22)
    assert checks(pair) == 1
    pair.plan()
    assert pair.waits == {"record_meeting"}


def test_a_check_without_a_meeting_after_it_is_followed_by_another(form, play):
    pair = form()
    pair.start_working()
    play.pass_days(22)
    pair.do("check_on_pair", **CHECKED)
    assert checks(pair) == 0
    play.pass_days(20)
    assert checks(pair) == 0
    play.pass_days(2)
    assert checks(pair) == 1


def test_a_pair_that_meets_in_time_is_left_alone(form, play):
    pair = form()
    pair.start_working()
    for _ in range(4):
        play.pass_days(timedelta(days=10).days)
        pair.meet()
    assert not any("Давно нет записей" in text for text in pair.told(pair.mentor_actors[0]))
    assert checks(pair) == 0
