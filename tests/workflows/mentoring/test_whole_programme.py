"""A whole programme of a few people: from the decision of the head to the festival, through the operations.

Соня is a child and works to the end. Тимур refuses at the acquaintance and finds another mentor. The mentor
of Алиса leaves and is replaced. Лев finds somebody late, falls silent, and goes.
"""

import pytest
from sqlalchemy import select

from models.bases import MentorTraining
from models.consents import Consent
from models.pairs import Pair, PairStatus
from models.programmes import ProgrammeStatus, Stage
from tests.workflows.mentoring.whole_way import WholeWay
from workflows.operations.pairs import leave_pair

ROUNDS = 7
DAYS_BETWEEN = 13
YEAR = 366


@pytest.fixture(params=["college", "school"])
def way(request, play):
    return WholeWay(play, request.param)


def test_a_programme_goes_from_the_decision_of_the_head_to_the_festival(way):
    conditions_are_made_and_both_bases_filled(way)
    people_choose_one_another(way)
    one_refuses_and_finds_another(way)
    one_is_found_a_mentor_late(way)
    mentor_leaves_and_is_replaced(way)
    they_work_and_one_falls_silent(way)
    three_pairs_come_to_their_end(way)
    everybody_concludes_and_celebrates(way)
    nothing_is_left(way)


def conditions_are_made_and_both_bases_filled(way):
    for stage in (way.stage_1, way.stage_2, way.stage_3, way.stage_4):
        stage()
    in_bases = [way.mentee(one) for one in way.wishes] + [way.mentor(one) for one in way.college.mentors]
    assert {one.status.value for one in in_bases} == {"ready"}
    assert _signers(way) == {way.sonya.person_id, way.college.guardian.person_id}
    assert _trained(way) == (set(way.college.mentors) if way.is_college else {way.darya})


def people_choose_one_another(way):
    """In the college all of them meet; in the school the curator talks with most and appoints."""
    peers, teachers = (way.sonya, way.darya), (way.alisa, way.artyom)
    if way.is_college:
        way.meet_and_choose(peers, teachers, (way.timur, way.mikhail))
    else:
        way.talk(peers, teachers)
        way.meet_and_choose((way.timur, way.mikhail))
    way.play.fill("review_proposals", way.case_id, decision="approve", unfit=[], groups=[])
    way.do_all("decide_as_curator", "invite_helpers", "close_stage_5")
    assert _mentors(way) == {way.sonya: way.darya, way.alisa: way.artyom, way.timur: way.mikhail}
    assert way.mentee(way.lev).status.value == "searching"


def one_refuses_and_finds_another(way):
    pair = way.pair_of(way.timur)
    pair.meet_first()
    pair.answer(way.mikhail)
    pair.answer(way.timur, "not_ready")
    assert pair.pair.status is PairStatus.REFUSED
    way.find_mentor(way.timur, way.artyom)
    assert _mentors(way)[way.timur] == way.artyom


def one_is_found_a_mentor_late(way):
    way.find_mentor(way.lev, way.mikhail)
    for mentee in way.wishes:
        way.pair_of(mentee).start_working()


def mentor_leaves_and_is_replaced(way):
    pair = way.pair_of(way.alisa)
    leave_pair(way.play.work(way.artyom), pair.pair_id, way.artyom.person_id, "Переезжает")
    way.play.settle()
    assert pair.pair.status is PairStatus.PAUSED
    pair.do("choose_mentor", decision="found", mentor_entry_id=str(way.mentor(way.mikhail).id))
    pair.do("agree_to_replace", way.mikhail, answer="yes")
    way.pair_of(way.alisa).get_acquainted()
    assert _mentors(way)[way.alisa] == way.mikhail


def they_work_and_one_falls_silent(way):
    for _ in range(ROUNDS):
        for mentee in (way.sonya, way.timur, way.alisa):
            way.pair_of(mentee).meet()
        way.play.pass_days(DAYS_BETWEEN)
        way.do_all("fill_mentee_survey", "fill_mentor_survey", "support_contact", "support_mentee")
        if way.play.find("check_on_pair"):
            way.play.fill("check_on_pair", decision="stop")
    assert way.pair_of(way.lev).pair.status is PairStatus.ENDED_EARLY
    way.play.fill("continue_search", outcome="left", because="Понял, что справится сам.")
    assert way.mentee(way.lev).status.value == "left"


def three_pairs_come_to_their_end(way):
    for mentee in (way.sonya, way.timur, way.alisa):
        pair = way.pair_of(mentee)
        pair.meet(outcome="final")
        pair.look_back()
        pair.conclude()
        assert pair.pair.status is PairStatus.COMPLETED
        assert way.mentee(mentee).has_full_cycle
    assert not way.mentee(way.lev).has_full_cycle


def everybody_concludes_and_celebrates(way):
    done = way.live_on()
    assert done >= {"write_swot", "design_awards", "weigh_up", "plan_meeting", "record_reflection"}
    assert done >= {"plan_festival", "grant_awards", "record_festival", "write_story", "publish_story"}
    assert done & {"pack_practice", "revise_roadmap"}
    assert way.programme.status is ProgrammeStatus.CLOSED
    assert way.play.clock().date() <= way.programme.ends_on


def nothing_is_left(way):
    way.do_all("write_report", "check_report")
    assert way.play.waits() == set()
    closed = select(Stage.number).where(Stage.programme_id == way.id, Stage.closed_at.is_not(None))
    assert sorted(way.play.session.scalars(closed)) == [1, 2, 3, 4, 5, 6, 7]
    statuses = select(Pair.status).where(Pair.programme_id == way.id).order_by(Pair.status)
    assert sorted(one.value for one in way.play.session.scalars(statuses)) == [
        "completed",
        "completed",
        "completed",
        "ended_early",
        "refused",
    ]
    # A certificate is looked at once more before it runs out; nobody is asked about it any more.
    assert set(way.running()) <= {"check_renewal"}
    way.play.pass_days(YEAR)
    assert (way.running(), way.play.waits()) == ([], set())


def _mentors(way):
    pairs = {mentee: way.pair_of(mentee) for mentee in way.wishes}
    return {mentee: pair.mentor_actors[0] for mentee, pair in pairs.items() if pair and pair.mentor_actors}


def _signers(way):
    signed = select(Consent.signed_by_id).where(Consent.person_id == way.sonya.person_id, Consent.is_given)
    return set(way.play.session.scalars(signed))


def _trained(way):
    entries = {way.mentor(one).id: one for one in way.college.mentors}
    found = way.play.session.scalars(select(MentorTraining.mentor_entry_id)).all()
    return {entries[one] for one in found}
