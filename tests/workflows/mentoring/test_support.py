"""The curator asks how things go, in the rhythm that the rules give for each form and type."""

import pytest
from sqlalchemy import select

from models.concerns import Concern
from models.meetings import SupportContact
from models.people import Guardianship
from tests.workflows.mentoring.pair_plays import PairPlay
from workflows.operations.pairs import end_pair
from workflows.queries.tasks import get_task
from workflows.records.support import pair_of


@pytest.fixture
def form(play, college):
    return lambda **formed: PairPlay(play, college, **formed)


def contact(play, pair, **answers):
    said = {"made_on": str(pair.today), "channel": "phone", "summary": "Всё хорошо"}
    play.do("support_contact", pair.pair.support_case_id, **said | answers)


def with_whom(play):
    play.session.expire_all()
    wanted = select(SupportContact.with_role).order_by(SupportContact.recorded_at, SupportContact.with_role)
    return list(play.session.scalars(wanted))


def test_mentor_and_mentee_are_asked_after_two_weeks_and_then_every_month(form, play):
    pair = form()
    play.pass_days(13)
    assert not play.waits(pair.pair.support_case_id)
    play.pass_days(2)
    assert play.waits(pair.pair.support_case_id) == {"support_contact"}
    contact(play, pair)
    contact(play, pair)
    assert not play.waits(pair.pair.support_case_id)
    assert sorted(with_whom(play)) == ["mentee", "mentor"]
    play.pass_days(29)
    assert not play.waits(pair.pair.support_case_id)
    play.pass_days(2)
    assert play.waits(pair.pair.support_case_id) == {"support_contact"}


def test_a_guardian_is_asked_after_a_month_where_there_is_one(form, play, college):
    play.session.add(
        Guardianship(
            child_id=college.mentees[0].person_id, guardian_id=college.guardian.person_id, kin="мама"
        )
    )
    play.session.flush()
    pair = form()
    play.pass_days(31)
    for _ in range(3):
        contact(play, pair)
    assert sorted(with_whom(play)) == ["guardian", "mentee", "mentor"]


def test_one_talk_is_enough_after_a_single_meeting_and_then_support_is_over(form, play):
    pair = form(type="flash", form="employer_learner")
    play.pass_days(8)
    contact(play, pair)
    assert with_whom(play) == ["mentee"]
    assert play.is_over(pair.pair.support_case_id)


def test_support_ends_with_the_pair(form, play, college):
    pair = form()
    play.pass_days(15)
    end_pair(play.work(college.curator), pair.pair_id, "Разошлись")
    play.settle()
    assert play.is_over(pair.pair.support_case_id)


def test_the_curator_sees_what_is_known_before_asking(form, play, college):
    pair = form()
    pair.start_working()
    play.pass_days(1)
    pair.meet()
    play.pass_days(15)
    task = play.find("support_contact", pair.pair.support_case_id)
    known = get_task(play.work(college.curator), task.id).known
    assert known["last_meeting"]
    assert known["mentee_mood"] == "good"
    assert [one["name"] for one in known["mentors"]] == ["Артём Стрижов"]


@pytest.mark.parametrize("moods", [("bad", "good", "so_so"), ("good", "so_so", "bad")])
def test_in_a_group_the_curator_sees_the_mood_of_whom_the_meeting_was_hardest_on(form, play, college, moods):
    group = form(type="group", mentees=3)
    group.start_working()
    play.pass_days(1)
    group.record()
    for actor, feeling in zip(group.mentee_actors, moods, strict=True):
        group.each("reflect_on_meeting", actor, took_place="yes", closer="yes", feeling=feeling)
    play.pass_days(15)
    task = play.find("support_contact", group.pair.support_case_id)
    assert get_task(play.work(college.curator), task.id).known["mentee_mood"] == "bad"


def test_a_worry_that_comes_up_becomes_a_concern(form, play, college):
    pair = form()
    play.pass_days(15)
    worry = {"concern_kind": "health", "concern_severity": "serious", "concern_text": "Плохо спит"}
    contact(play, pair, is_worried=True, **worry)
    concern = play.session.scalars(select(Concern)).one()
    assert (concern.pair_id, concern.text, concern.raised_by_id) == (
        pair.pair_id,
        "Плохо спит",
        college.curator.person_id,
    )
    assert play.waits(concern.case_id) == {"look_into"}
    assert pair_of(play.work(), pair.pair.support_case_id).id == pair.pair_id
