"""The pack of the five meetings, played to each of its ends."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.bpmn.pairs import FILES, SEPTEMBER, Play, at_work
from workflows.engine import instances
from workflows.engine.check.building import read_document
from workflows.engine.definitions import Definitions


def completes() -> Play:
    play = at_work()
    for _ in range(3):
        play.meet()
    play.meet("final")
    play.conclude()
    return play


def is_refused() -> Play:
    play = Play()
    play.do("record_acquaintance", mentoring_form="teacher_teacher")
    play.do("confirm_mentee_readiness", answer="not_ready")
    play.do("confirm_mentor_readiness", answer="ready")
    return play


def parts() -> Play:
    play = Play()
    play.get_acquainted()
    play.do("record_trial")
    play.do("reflect_on_trial", wish="stop")
    play.do("review_trial", decision="part")
    return play


def ends_early() -> Play:
    play = at_work()
    play.meet()
    play.wait(14)
    play.do("check_on_pair", decision="stop")
    return play


def goes_on_after_silence() -> Play:
    play = at_work("employer_student")
    play.wait(21)
    play.do("check_on_pair", decision="continue")
    play.meet("final")
    play.conclude()
    return play


ENDS: dict[Callable[[], Play], str] = {
    completes: "ended_completed",
    is_refused: "ended_refused",
    parts: "ended_parted",
    ends_early: "ended_early",
    goes_on_after_silence: "ended_completed",
}


@pytest.mark.parametrize("story", ENDS, ids=lambda story: story.__name__)
def test_a_pair_comes_to_its_end(story: Callable[[], Play]) -> None:
    play = story()
    assert play.finished
    assert play.passed[-1] == ENDS[story]
    assert not play.tasks
    assert not play.timers


def test_every_end_of_every_sheet_is_reached() -> None:
    passed = {element for story in ENDS for element in story().passed}
    sheets = [read_document(path, FILES[path])[0] for path in FILES if path.endswith(".bpmn")]
    ends = {node.id for sheet in sheets if sheet for node in sheet.nodes() if node.kind == "endEvent"}
    assert len(ends) > len(sheets)
    assert ends <= passed


def test_each_task_goes_to_the_role_of_its_lane() -> None:
    play = Play()
    assert play.tasks["record_acquaintance"].role == "curator"
    play.do("record_acquaintance", mentoring_form="other")
    roles = {task.element: task.role for task in play.tasks.values()}
    assert roles == {"confirm_mentor_readiness": "mentor", "confirm_mentee_readiness": "mentee"}


def test_both_say_whether_they_are_ready_in_any_order() -> None:
    play = Play()
    play.do("record_acquaintance", mentoring_form="other")
    play.do("confirm_mentee_readiness", answer="ready")
    assert set(play.tasks) == {"confirm_mentor_readiness"}
    play.do("confirm_mentor_readiness", answer="ready")
    assert set(play.tasks) == {"record_trial"}


def test_the_curator_is_told_when_somebody_is_not_ready() -> None:
    assert [operator for operator, _text in is_refused().told] == ["notices.tell_curator"]


def test_the_curator_may_send_the_plan_back() -> None:
    play = Play()
    play.get_acquainted()
    play.try_together()
    play.do("list_wishes")
    play.do("set_goals")
    play.do("approve_plan", decision="rework")
    assert set(play.tasks) == {"set_goals"}


@pytest.mark.parametrize(
    ("mentoring_form", "meet", "remind", "check"),
    [("student_student", 7, 7, 14), ("teacher_teacher", 7, 7, 14), ("employer_student", 14, 14, 21)],
)
def test_the_rhythm_depends_on_the_form_of_mentoring(
    mentoring_form: str, meet: int, remind: int, check: int
) -> None:
    play = at_work(mentoring_form)
    assert play.tasks["record_meeting"].due_at == SEPTEMBER + timedelta(days=meet)
    assert play.timers["silence"].due_at == SEPTEMBER + timedelta(days=remind)
    assert play.timers["long_silence"].due_at == SEPTEMBER + timedelta(days=check)


def test_a_silent_pair_is_reminded_and_then_the_curator_is_asked() -> None:
    play = at_work("teacher_student")
    play.wait(13)
    assert play.told == []
    play.wait(1)
    assert play.told == [
        (
            "notices.tell_participants",
            "Давно нет записей о встречах. Договоритесь о следующей: ваш ритм — "
            "не реже одного раза в две недели.",
        )
    ]
    assert set(play.tasks) == {"record_meeting"}
    play.wait(7)
    assert set(play.tasks) == {"record_meeting", "check_on_pair"}
    assert play.tasks["check_on_pair"].role == "curator"


def test_a_meeting_in_time_keeps_the_reminder_away() -> None:
    play = at_work()
    for _ in range(10):
        play.wait(5)
        play.meet()
    assert play.told == []


def test_a_mentee_who_does_not_answer_holds_nobody_up() -> None:
    play = at_work()
    play.do("record_meeting", outcome="next")
    play.wait(7)
    assert set(play.tasks) == {"record_meeting"}


def test_what_the_curator_was_asked_is_settled_by_the_last_meeting() -> None:
    play = at_work()
    play.wait(14)
    play.meet("final")
    assert set(play.tasks) == {"look_back_as_mentor", "look_back_as_mentee"}


def test_a_pair_may_begin_a_new_cycle_with_a_new_plan() -> None:
    play = at_work()
    play.meet("final")
    play.conclude("new_cycle")
    assert set(play.tasks) == {"list_wishes"}
    play.plan_together()
    play.meet("final")
    play.conclude()
    assert play.passed[-1] == "ended_completed"


def test_a_pair_that_was_saved_in_the_middle_waits_for_the_same() -> None:
    play = at_work()
    play.meet()
    play.wait(14)
    standing = instances.standing(Definitions(FILES), play.state)
    assert {task.element: task for task in standing.opened} == play.tasks
    assert {timer.element: timer for timer in standing.timers_started} == play.timers


def test_a_pair_of_many_years_weighs_no_more() -> None:
    play = at_work()
    play.meet()
    young = len(play.state)
    for _ in range(100):
        play.wait(3)
        play.meet()
    assert len(play.state) < young * 1.1
