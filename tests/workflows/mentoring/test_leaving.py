"""Somebody leaves a pair: it ends, goes on without them, or finds another mentor and loses nothing."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from models.bases import MentorEntry
from models.cases import Case
from models.goals import Goal
from models.meetings import Meeting
from models.people import Guardianship
from models.tasks import Task
from models.waiting import Timer
from tests.workflows.mentoring.ends_reached import PACK
from tests.workflows.mentoring.pair_plays import PairPlay
from workflows.operations.packs import install_pack
from workflows.operations.pairs import end_pair, leave_pair, pause_pair, resume_pair
from workflows.pack_files import read_source
from workflows.refusals import Conflict, Invalid, Refusal, TooLate


@pytest.fixture
def form(play, college):
    return lambda **formed: PairPlay(play, college, **formed)


@pytest.fixture
def pair(form):
    """A pair that works."""
    pair = form()
    pair.start_working()
    pair.meet()
    return pair


@pytest.fixture
def second(pair, college):
    """A ready mentor of the same programme who has room."""
    entry_id = pair._entry(MentorEntry, college.mentors[1])
    pair.mentor_entries.append(entry_id)
    pair.play.session.get_one(MentorEntry, entry_id).forms = ["teacher_learner"]
    pair.play.session.flush()
    return entry_id


def leave(pair, actor, by=None, reason="Переезжает"):
    leave_pair(pair.play.work(by or actor), pair.pair_id, actor.person_id, reason)
    pair.play.settle()


def replace_by(pair, entry_id):
    pair.do("choose_mentor", decision="found", mentor_entry_id=str(entry_id), message="Пишем портфолио")


def test_a_mentor_leaves_and_the_pair_stands_still_until_there_is_another(pair, second, college):
    leave(pair, college.mentors[0])
    assert pair.pair.status == "paused"
    assert pair.waits == {"choose_mentor"}
    assert pair.status_of(pair.mentor_entries[0]) == "ready"


def test_those_who_stay_and_the_guardians_hear_of_it(pair, second, college, play):
    play.session.add(
        Guardianship(
            child_id=college.mentees[0].person_id, guardian_id=college.guardian.person_id, kin="мама"
        )
    )
    play.session.flush()
    leave(pair, college.mentors[0])
    for actor in (college.mentees[0], college.guardian, college.curator):
        assert any("Состав пары меняется" in text for text in pair.told(actor))


def test_the_work_goes_on_with_another_mentor_and_loses_neither_goals_nor_meetings(
    pair, second, college, play
):
    goals = play.session.scalars(select(Goal.id).where(Goal.pair_id == pair.pair_id)).all()
    meetings = play.session.scalars(select(Meeting.id).where(Meeting.pair_id == pair.pair_id)).all()
    assert goals
    assert meetings
    leave(pair, college.mentors[0])
    replace_by(pair, second)
    pair.do("agree_to_replace", college.mentors[1], answer="yes")
    assert pair.pair.status == "working"
    assert pair.waits == {"record_acquaintance"}
    assert set(goals) <= set(play.session.scalars(select(Goal.id)))
    assert set(meetings) <= set(play.session.scalars(select(Meeting.id)))
    pair.mentor_actors = [college.mentors[1]]
    pair.get_acquainted()
    assert pair.waits
    assert pair.status_of(second) == "matched"
    held = {(one.person_id, one.until_on is None) for one in pair.members() if one.role == "mentor"}
    assert held == {(college.mentors[0].person_id, False), (college.mentors[1].person_id, True)}


def test_only_the_one_who_is_asked_may_agree(pair, second, college, play):
    leave(pair, college.mentors[0])
    replace_by(pair, second)
    task = play.find("agree_to_replace", pair.case_id)
    assert task.assignee_id == college.mentors[1].person_id
    with pytest.raises(TooLate):
        play.do("agree_to_replace", pair.case_id, college.mentors[2], answer="yes")


def test_a_mentor_who_does_not_agree_is_not_the_last_word(pair, second, college):
    leave(pair, college.mentors[0])
    replace_by(pair, second)
    pair.do("agree_to_replace", college.mentors[1], answer="no", why="Нет времени")
    assert pair.waits == {"choose_mentor"}


def test_without_another_mentor_the_pair_ends_and_the_mentee_is_looked_for(pair, college, play):
    leave(pair, college.mentors[0])
    pair.do("choose_mentor", decision="nobody")
    assert pair.pair.status == "ended_early"
    assert play.is_over(pair.case_id)
    assert pair.status_of(pair.mentee_entries[0]) == "searching"


def test_a_mentor_who_was_here_before_is_no_candidate(pair, college):
    leave(pair, college.mentors[0])
    with pytest.raises(Invalid) as refused:
        replace_by(pair, pair.mentor_entries[0])
    assert list(refused.value.problems) == ["mentor_entry_id"]


def test_a_mentee_who_leaves_ends_the_pair(pair, college, play):
    leave(pair, college.mentees[0], by=college.curator, reason="Сменил колледж")
    assert pair.pair.status == "ended_early"
    assert play.is_over(pair.case_id)


def test_a_group_goes_on_without_one_who_leaves(form, college):
    group = form(type="group", mentees=3)
    group.start_working()
    leave(group, college.mentees[2])
    assert group.pair.status == "planned"
    group.mentee_actors = group.mentee_actors[:2]
    assert group.waits
    assert [one.person_id for one in group.members() if one.until_on] == [college.mentees[2].person_id]


def test_a_group_ends_when_fewer_are_left_than_the_table_asks_for(form, college, play):
    files = read_source(PACK)
    asked = 'id="group_by_agreement_least_mentees">\n          <text>'
    table = files["meeting_rules.dmn"].decode()
    assert f"{asked}2<" in table
    files["meeting_rules.dmn"] = table.replace(f"{asked}2<", f"{asked}3<").encode()
    install_pack(play.work(college.administrator), college.id, files)
    group = form(type="group", mentees=3)
    group.start_working()
    leave(group, college.mentees[2])
    assert group.pair.status == "ended_early"


def test_the_other_mentor_of_a_group_goes_on_alone(form, college):
    group = form(type="group", mentees=2, mentors=2)
    group.start_working()
    leave(group, college.mentors[1])
    assert group.pair.status == "planned"
    assert "choose_mentor" not in group.waits


def test_everybody_announces_only_their_own_leaving(pair, college):
    with pytest.raises(Refusal) as refused:
        leave(pair, college.mentors[0], by=college.mentees[0])
    assert refused.value.key in ("forbidden", "not_found")
    with pytest.raises(Invalid, match="invalid"):
        leave(pair, college.mentors[0], reason=" ")
    with pytest.raises(Invalid):
        leave(pair, college.mentors[2], by=college.curator)


def test_a_paused_pair_waits_and_what_was_due_is_due_later(pair, college, play):
    before = due_of(pair)
    pause_pair(play.work(college.curator), pair.pair_id, "Болезнь")
    assert pair.pair.status == "paused"
    play.pass_days(30)
    assert "check_on_pair" not in pair.waits
    resume_pair(play.work(college.curator), pair.pair_id)
    assert pair.pair.status == "working"
    assert {one - timedelta(days=30) for one in due_of(pair)} == before


def test_a_paused_pair_cannot_be_paused_again_and_one_that_works_cannot_go_on(pair, college, play):
    with pytest.raises(Conflict):
        resume_pair(play.work(college.curator), pair.pair_id)
    pause_pair(play.work(college.curator), pair.pair_id, "Болезнь")
    with pytest.raises(Conflict):
        pause_pair(play.work(college.curator), pair.pair_id, "Болезнь")


def test_who_leaves_during_a_pause_is_heard_at_once(pair, college, play):
    pause_pair(play.work(college.curator), pair.pair_id, "Болезнь")
    leave(pair, college.mentors[0])
    assert pair.waits == {"choose_mentor"}


def test_the_curator_may_end_a_pair_wherever_it_stands(pair, college, play):
    with pytest.raises(Refusal, match="forbidden"):
        end_pair(play.work(college.mentors[0]), pair.pair_id, "Разошлись")
    end_pair(play.work(college.curator), pair.pair_id, "Разошлись")
    assert pair.pair.status == "ended_early"
    assert play.is_over(pair.case_id)
    with pytest.raises(Conflict, match="pair_is_over"):
        end_pair(play.work(college.curator), pair.pair_id, "Ещё раз")


def due_of(pair):
    """List when the timers of a pair are due."""
    pair.play.session.expire_all()
    assert pair.play.session.scalars(select(Task).where(Task.case_id == pair.case_id)).all()
    assert pair.play.session.get_one(Case, pair.case_id)
    return set(pair.play.session.scalars(select(Timer.due_at).where(Timer.case_id == pair.case_id)))
