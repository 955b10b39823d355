"""Groups, several mentors, and the short kinds of mentoring: the same way with rules of their own."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from models.meetings import Meeting, MeetingAttendance, MeetingKind
from tests.workflows.mentoring.pair_plays import PairPlay
from tests.workflows.mentoring.plays import Play
from workflows.records.messages import send
from workflows.refusals import Conflict


@pytest.fixture
def form(play: Play, college: SimpleNamespace) -> Callable[..., PairPlay]:
    return lambda **formed: PairPlay(play, college, **formed)


def test_rule_12_a_group_has_two_mentees_at_least(form):
    with pytest.raises(Conflict, match="group_too_small"):
        form(type="group", mentees=1)
    assert form(type="group", mentees=2).waits == {"record_acquaintance"}


def test_rule_12_each_mentee_of_a_group_answers_and_reflects(form):
    group = form(type="group", mentees=3)
    group.start_working()
    group.record()
    for number, actor in enumerate(group.mentee_actors):
        assert group.waits == {"reflect_on_meeting"}, number
        group.each("reflect_on_meeting", actor, took_place="yes", closer="yes", feeling="good")
    assert group.waits == {"record_meeting"}


def test_attendance_is_kept_for_each_member(form, play):
    group = form(type="group", mentees=3)
    group.start_working()
    came = [str(one.person_id) for one in (*group.mentor_actors, *group.mentee_actors[:2])]
    group.record(came=came)
    wanted = select(MeetingAttendance).join(Meeting, Meeting.id == MeetingAttendance.meeting_id)
    kept = play.session.scalars(wanted.where(Meeting.kind == MeetingKind.WORKING))
    assert {str(one.person_id) for one in kept if one.has_come} == set(came)


def test_a_group_goes_on_without_one_who_is_not_ready(form):
    group = form(type="group", mentees=3)
    group.meet_first()
    group.answer(group.mentor_actors[0])
    for actor in group.mentee_actors:
        group.answer(actor, "not_ready" if actor is group.mentee_actors[2] else "ready")
    assert group.waits == {"record_trial"}
    assert group.status_of(group.mentee_entries[2]) == "searching"
    group.mentee_actors = group.mentee_actors[:2]
    group.try_together()
    group.wish()
    assert group.waits == {"set_goals"}


def test_a_group_that_becomes_too_small_ends(form):
    group = form(type="group", mentees=2)
    group.meet_first()
    group.answer(group.mentor_actors[0])
    group.answer(group.mentee_actors[0])
    group.answer(group.mentee_actors[1], "not_ready")
    assert group.pair.status == "refused"


def test_a_group_goes_on_without_one_whose_consent_is_withdrawn(form, play):
    group = form(type="group", mentees=3)
    group.start_working()
    gone = group.mentee_actors[1]
    send(play.work(), group.case_id, "consent_withdrawn", payload={"person_id": gone.person_id})
    play.settle()
    assert group.waits == {"record_meeting"}
    assert [one.person_id for one in group.members() if one.until_on] == [gone.person_id]


def test_rule_11_a_mentee_may_have_several_mentors(form):
    pair = form(mentors=2)
    pair.start_working()
    pair.meet()
    assert pair.pair.status == "working"


def test_a_flash_is_one_meeting_without_trial_and_plan(form, play):
    flash = form(type="flash")
    flash.get_acquainted()
    assert flash.waits == {"record_meeting"}
    flash.meet(minutes=30, is_single=True)
    flash.look_back()
    flash.conclude()
    assert flash.pair.status == "completed"
    assert play.is_over(flash.case_id)


def test_situational_mentoring_has_as_many_meetings_as_the_question_needs(form):
    pair = form(type="situational")
    pair.get_acquainted()
    pair.meet(minutes=20)
    assert pair.waits == {"record_meeting"}
    pair.meet(minutes=20, outcome="final")
    assert pair.waits == {"appoint_final"}


@pytest.mark.parametrize("type", ["pair", "remote", "short_term"])
def test_other_kinds_go_through_trial_and_planning(form, type):
    pair = form(type=type)
    pair.get_acquainted()
    assert pair.waits == {"record_trial"}


@pytest.mark.parametrize(("least", "waits"), [("2", {"record_meeting"}), ("3", set())])
def test_a_group_goes_on_without_a_consent_only_if_it_stays_as_large_as_its_rules_ask(
    form, play, with_rules, least, waits
):
    for rule in ("group_often", "group_by_agreement"):
        start = f'<outputEntry id="{rule}_least_mentees">\n          <text>'
        with_rules(f"{start}2", f"{start}{least}")
    group = form(type="group", mentees=3)
    group.start_working()
    gone = group.mentee_actors[1]
    send(play.work(), group.case_id, "consent_withdrawn", payload={"person_id": gone.person_id})
    play.settle()
    assert group.waits == waits
