"""What the page of a pair reads, from the first day through a second cycle to the end."""

from types import SimpleNamespace

import pytest

from models.pairs import PairStatus
from tests.workflows.mentoring.pair_plays import PairPlay
from tests.workflows.mentoring.plays import Play
from workflows.access import Permission
from workflows.operations.pairs import end_pair
from workflows.queries.pair_diary import list_diary
from workflows.queries.pair_goals import list_goals_of
from workflows.queries.pair_page import PairView, get_pair
from workflows.refusals import NotFound


@pytest.fixture
def pair(play: Play, college: SimpleNamespace) -> PairPlay:
    return PairPlay(play, college)


def seen(pair: PairPlay, actor: object) -> PairView:
    pair.play.session.expire_all()
    return get_pair(pair.play.work(actor), pair.pair_id)  # type: ignore[arg-type]


def states(view: PairView) -> str:
    return " ".join(step.state.value for step in view.way)


def test_the_way_goes_on_with_the_pair_and_begins_anew_in_the_next_cycle(pair, play):
    mentor, mentee = pair.mentor_actors[0], pair.mentee_actors[0]
    assert states(seen(pair, mentor)) == "now ahead ahead ahead ahead"
    pair.start_working()
    pair.finish_working()
    assert states(seen(pair, mentor)) == "done done done done now"
    play.pass_days(1)
    pair.look_back(continue_together="yes")
    view = seen(pair, mentee)
    diary, _has_earlier = list_diary(play.work(mentee), view)
    assert (diary[0].meeting.kind.value, diary[0].who) == ("final", []), "it is only agreed on"
    assert states(view).endswith("now"), "a meeting that is agreed on is not held yet"
    pair.conclude("new_cycle")
    assert states(seen(pair, mentor)) == "done done now ahead ahead"
    pair.plan()
    goals = list_goals_of(play.work(mentor), pair.pair)
    assert [(cycle, len(found)) for cycle, found in goals.items()] == [(2, 1), (1, 1)]
    assert [step.text for step in goals[2][0].steps] == ["Собрать работы", "Показать"]


def test_a_goal_knows_how_near_the_last_meeting_brought_it(pair, play):
    pair.start_working()
    mentor = pair.mentor_actors[0]

    def goal():
        return list_goals_of(play.work(mentor), pair.pair)[1][0]

    goal_id = str(goal().goal.id)
    for mark in ("yes", "a_little"):
        play.pass_days(7)
        pair.meet(progress=[{"goal_id": goal_id, "mark": mark}])
        assert (goal().mark, goal().is_reached) == (mark, False)
    play.pass_days(7)
    pair.meet(progress=[{"goal_id": goal_id, "mark": "reached"}])
    assert goal().is_reached


def test_what_became_of_a_pair_is_told_to_all_and_why_only_to_those_who_answer_for_it(pair, play, college):
    end_pair(play.work(college.curator), pair.pair_id, "Переезд")
    play.settle()
    told = {role: seen(pair, actor) for role, actor in people(pair, college).items()}
    assert {view.changes[0].status for view in told.values()} == {PairStatus.ENDED_EARLY}
    assert {role: view.changes[0].reason for role, view in told.items()} == {
        "curator": "Переезд",
        "mentor": "",
        "mentee": "",
    }
    assert not told["mentee"].steps
    assert "Артём Стрижов" in {one.name for one in told["mentor"].members if not one.is_gone}


def test_the_curator_alone_reads_how_the_talks_went_and_leads_the_course(pair, college):
    pair.start_working()
    told = {role: seen(pair, actor).may for role, actor in people(pair, college).items()}
    leading = {Permission.PAIR_READ_SUPPORT, Permission.PAIR_PAUSE, Permission.PAIR_END}
    assert {role: leading <= may for role, may in told.items()} == {
        "curator": True,
        "mentor": False,
        "mentee": False,
    }
    assert all(Permission.PAIR_LEAVE in may for may in told.values())
    with pytest.raises(NotFound):
        seen(pair, college.mentees[2])


def people(pair: PairPlay, college: SimpleNamespace) -> dict[str, object]:
    sides = {"mentor": pair.mentor_actors[0], "mentee": pair.mentee_actors[0]}
    return {"curator": college.curator, **sides}
