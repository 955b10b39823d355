"""Monitoring in the middle: who is asked, what the system sees, who gets advice, who may be shown."""

import pytest
from sqlalchemy import select

from models.notices import Notice
from models.pairs import PairStatus
from models.reports import Report
from models.surveys import SurveyRequest
from tests.workflows.mentoring.ends import (
    MENTEE,
    MENTOR,
    agree_to_publicity,
    answer,
    begin,
    begin_stage_6,
    make_pair,
    make_programme,
    meet,
    reach_goal,
    take_consent_back,
)
from workflows.queries.readings import READERS
from workflows.records import facts
from workflows.refusals import Invalid

SWOT = {
    "strengths": "Люди",
    "weaknesses": "Время",
    "opportunities": "Партнёры",
    "threats": "Каникулы",
}
RULES = {"counts": "all", "silent_after": 14, "satisfied_from": 7, "partner_forms": ["employer_learner"]}
NOT_NOW = {"decision": "not_now"}


def _answer_all(play, low=False):
    mentee = dict.fromkeys(MENTEE, 3) if low else MENTEE
    while play.find("fill_mentee_survey"):
        play.do("fill_mentee_survey", **mentee)
    while play.find("fill_mentor_survey"):
        play.do("fill_mentor_survey", **MENTOR)


def test_monitoring_goes_on_as_soon_as_all_have_answered(play, college):
    programme = make_programme(play, college)
    for n in range(2):
        make_pair(play, college, programme, n, PairStatus.WORKING)
    case_id = begin(play, college, programme, "monitoring")
    assert "write_swot" not in play.waits(case_id)
    _answer_all(play)
    play.do("write_swot", case_id, **SWOT)
    assert play.is_over(case_id)
    swot = play.session.scalars(select(Report).where(Report.kind == "swot")).one()
    assert swot.answers["strengths"] == "Люди"
    assert (swot.facts["pairs_active"], swot.facts["answered_share"]) == (2, 100)


def test_monitoring_does_not_wait_for_silence_for_ever(play, college):
    programme = make_programme(play, college)
    make_pair(play, college, programme, status=PairStatus.WORKING)
    case_id = begin(play, college, programme, "monitoring")
    play.pass_days(22)
    assert "write_swot" in play.waits(case_id)
    requests = play.session.scalars(select(SurveyRequest)).all()
    assert len(requests) == 2, "the mentor and the mentee were asked"
    assert all(one.missed_at for one in requests)


def test_without_pairs_nobody_is_asked(play, college):
    programme = make_programme(play, college)
    case_id = begin(play, college, programme, "monitoring")
    play.do("write_swot", case_id, **SWOT)
    assert play.is_over(case_id)


def test_mentors_whose_mentees_doubt_get_advice_from_the_methodist(play, college):
    programme = make_programme(play, college)
    pair = make_pair(play, college, programme, status=PairStatus.WORKING)
    case_id = begin(play, college, programme, "monitoring")
    _answer_all(play, low=True)
    play.do("write_swot", case_id, **SWOT)
    play.do("give_advice", case_id, mentors=[str(pair.mentor)], advice="Спросите, что важно ему.")
    notice = play.session.scalars(select(Notice).where(Notice.person_id == pair.mentor)).one()
    assert notice.text == "Спросите, что важно ему."
    assert play.is_over(case_id)


def _come_to_sharing(play, college, programme):
    """Come to the middle of stage 6, where the first results are shown outside."""
    case_id = begin_stage_6(play, college, programme)
    play.pass_days(31)
    return case_id


def test_the_outer_contour_of_stage_6_does_not_wait_for_the_inner(play, college):
    programme = make_programme(play, college)
    make_pair(play, college, programme)
    case_id = begin_stage_6(play, college, programme)
    assert play.waits(case_id) == {"design_awards"}
    play.pass_days(31)
    assert {"share_interim", "design_awards"} <= play.waits(case_id)
    play.do("share_interim", case_id, **NOT_NOW)
    play.fill("write_swot", case_id)
    assert "close_stage_6" not in play.waits(case_id)
    play.fill("design_awards", case_id)
    assert play.waits(case_id) == {"close_stage_6"}
    play.do("close_stage_6", case_id, result="Пары закончили работу.")
    assert play.is_over(case_id)


SHARE = {"decision": "share", "summary": "Десять пар работают.", "channels": ["partners"]}


def test_rule_27_interim_results_offer_only_people_who_agreed_to_be_shown(play, college):
    programme = make_programme(play, college)
    pair = make_pair(play, college, programme, status=PairStatus.WORKING)
    agree_to_publicity(play, programme, pair.mentor)
    case_id = _come_to_sharing(play, college, programme)
    offered = READERS["monitoring.people_to_show"].read(play.work(), case_id)
    assert [one["value"] for one in offered["people_to_show"]] == [str(pair.mentor)]
    assert offered["not_to_show"] == 1
    with pytest.raises(Invalid):
        play.do("share_interim", case_id, **SHARE, people=[str(pair.mentee)])
    play.do("share_interim", case_id, **SHARE, people=[str(pair.mentor)])
    shown = play.session.scalars(select(Report).where(Report.kind == "interim")).one()
    assert shown.answers["people"] == [str(pair.mentor)]


def test_rule_27_a_consent_taken_back_counts_at_once(play, college):
    programme = make_programme(play, college)
    pair = make_pair(play, college, programme, status=PairStatus.WORKING)
    agree_to_publicity(play, programme, pair.mentor)
    case_id = _come_to_sharing(play, college, programme)
    take_consent_back(play, pair.mentor)
    with pytest.raises(Invalid):
        play.do("share_interim", case_id, **SHARE, people=[str(pair.mentor)])
    play.do("share_interim", case_id, **SHARE)
    assert "share_interim" not in play.waits(case_id)


@pytest.mark.parametrize(("counts", "involved"), [("full_cycle", 1), ("all", 2)])
def test_cfg_16_who_counts_as_involved_is_a_rule(play, college, counts, involved):
    programme = make_programme(play, college)
    pairs = [make_pair(play, college, programme, n) for n in range(2)]
    pairs[0].mentee_entry.has_full_cycle = True
    play.session.flush()
    assert facts.facts_of(play.work(), programme.id, **RULES | {"counts": counts})["involved"] == involved


@pytest.mark.parametrize(("variant", "involved"), [("college", 0), ("school", 1)])
def test_cfg_16_the_variant_of_the_programme_says_how_to_count(play, college, variant, involved):
    programme = make_programme(play, college, variant)
    make_pair(play, college, programme, status=PairStatus.WORKING)
    case_id = begin(play, college, programme, "monitoring")
    _answer_all(play)
    play.do("write_swot", case_id, **SWOT)
    assert (
        play.session.scalars(select(Report).where(Report.case_id == case_id)).one().facts["involved"]
        == involved
    )


def test_facts_compare_entry_and_exit_of_the_same_person(play, college, statements):
    programme = make_programme(play, college)
    pair = make_pair(play, college, programme)
    answer(play, college, programme, pair.mentee, answers={"rate_comfort": 4})
    # What was asked only at the end is compared with nothing.
    answer(play, college, programme, pair.mentee, moment="exit", answers={"rate_comfort": 8, "rate_use": 9})
    answer(play, college, programme, pair.mentor, role="mentor", moment="exit", answers={"rate_contact": 9})
    meet(play, pair, college, "working", "final")
    reach_goal(play, pair)
    with statements() as heard:
        found = facts.facts_of(play.work(), programme.id, **RULES)
    assert (found["mentee_change"], found["mentor_change"], found["satisfied_share"]) == (4.0, None, 100)
    assert (found["meetings"], found["goals_reached"], found["roadmap_share"]) == (2, 1, 100)
    assert len(heard.other) <= 12
