"""Questionnaires: who is asked when, what is kept of the answers, and what happens without an answer."""

import pytest
from sqlalchemy import func, select

from models.notices import Notice
from models.pairs import PairStatus
from models.programmes import Programme
from models.surveys import SurveyMoment, SurveyRequest, SurveyResponse
from tests.workflows.mentoring.ends import MENTEE, MENTOR, REVIEW, begin, make_pair, make_programme
from tests.workflows.mentoring.pair_plays import PairPlay
from workflows.records import survey_rounds, surveys
from workflows.refusals import Refusal

RULES = [
    {
        "role": "mentee",
        "instrument": "mentee_survey",
        "title": "Анкета",
        "remind_after": "P7D",
        "close_after": "P7D",
    }
]


def _ask(play, college, person_id, programme, instrument="mentee_survey", moment="middle", **more):
    variables = {"instrument": instrument, "moment": moment, "role": instrument.split("_")[0]}
    waits = {"remind_after": "P7D", "close_after": "P7D", "pair_id": None}
    return begin(
        play,
        college,
        programme,
        "survey",
        participants={"participant": [person_id]},
        **variables,
        **waits | more,
    )


def test_mentee_answers_and_the_ratings_become_a_score(play, college):
    programme = make_programme(play, college)
    mentee = college.mentees[0].person_id
    case_id = _ask(play, college, mentee, programme)
    play.do(
        "fill_mentee_survey", case_id, **MENTEE | {"rate_growth": 5}, changes=["studies"], best="Разговоры"
    )
    assert play.is_over(case_id)
    kept = play.session.scalars(select(SurveyResponse)).one()
    assert (kept.person_id, kept.moment, kept.instrument) == (mentee, SurveyMoment.MIDDLE, "mentee_survey")
    assert kept.score == 7.5
    assert kept.answers["best"] == "Разговоры"
    assert kept.pack_version_id == college.pack.pack_version_id


def test_mentor_who_needs_advice_says_what_about(play, college):
    programme = make_programme(play, college)
    case_id = _ask(play, college, college.mentors[0].person_id, programme, "mentor_survey")
    with pytest.raises(Refusal):
        play.do("fill_mentor_survey", case_id, **MENTOR, needs_advice=True)
    play.do("fill_mentor_survey", case_id, **MENTOR, needs_advice=True, advice_about="Как спорить")
    assert play.is_over(case_id)


def test_what_comes_next_is_asked_only_at_the_end(play, college):
    programme = make_programme(play, college)
    case_id = _ask(play, college, college.mentees[0].person_id, programme, moment="exit")
    with pytest.raises(Refusal):
        play.do("fill_mentee_survey", case_id, **MENTEE)
    play.do("fill_mentee_survey", case_id, **MENTEE, go_on="as_mentor")
    assert play.session.scalars(select(SurveyResponse)).one().answers["go_on"] == "as_mentor"


def test_curator_writes_a_review_with_what_an_expert_said(play, college):
    programme = make_programme(play, college)
    pair = make_pair(play, college, programme)
    case_id = _ask(
        play, college, college.curator.person_id, programme, "pair_review", "exit", pair_id=str(pair.id)
    )
    expert = {"has_expert": True, "expert_name": "Ирина Совина", "expert_place": "Институт"}
    play.do("review_pair", case_id, **REVIEW, **expert, expert_score=6, expert_opinion="Хорошо")
    kept = play.session.scalars(select(SurveyResponse)).one()
    assert (kept.pair_id, kept.answers["expert_score"], kept.score) == (pair.id, 6, 8)


def test_whoever_does_not_answer_is_reminded_and_then_not_waited_for(play, college):
    programme = make_programme(play, college)
    pair = make_pair(play, college, programme, status=PairStatus.WORKING)
    survey_rounds.ask_all(play.work(), programme.id, SurveyMoment.MIDDLE, RULES)
    play.settle()
    request = play.session.scalars(select(SurveyRequest)).one()
    play.pass_days(8)
    told = select(func.count()).select_from(Notice).where(Notice.person_id == pair.mentee)
    assert play.session.scalar(told) == 1
    assert "fill_mentee_survey" in play.waits(request.case_id)
    play.pass_days(7)
    assert play.is_over(request.case_id)
    play.session.refresh(request)
    assert request.answered_at is None
    assert request.missed_at is not None


def test_somebody_in_two_pairs_is_asked_once_and_the_curator_for_each_pair(play, college):
    programme = make_programme(play, college)
    first = make_pair(play, college, programme)
    second = make_pair(play, college, programme, 1)
    moment = SurveyMoment.EXIT
    assert len(survey_rounds.list_to_ask(play.work(), programme.id, moment, "curator")) == 2
    mentors = survey_rounds.list_to_ask(play.work(), programme.id, moment, "mentor")
    assert {one.person_id for one in mentors} == {first.mentor, second.mentor}
    assert survey_rounds.list_to_ask(play.work(), programme.id, SurveyMoment.MIDDLE, "mentor") == []


def test_a_pair_is_asked_by_itself_at_the_beginning(play, college):
    programme = make_programme(play, college)
    first = make_pair(play, college, programme, status=PairStatus.WORKING)
    make_pair(play, college, programme, 1, status=PairStatus.WORKING)
    survey_rounds.ask_all(play.work(), programme.id, SurveyMoment.ENTRY, RULES, pair_id=first.id)
    request = play.session.scalars(select(SurveyRequest)).one()
    assert (request.person_id, request.pair_id) == (first.mentee, first.id)


def test_who_got_acquainted_is_asked_at_the_entry_and_only_once(play, college):
    pair = PairPlay(play, college)
    pair.get_acquainted()
    asked = play.session.scalars(select(SurveyRequest).order_by(SurveyRequest.role)).all()
    assert [(one.role, one.moment.value, one.pair_id) for one in asked] == [
        ("mentee", "entry", pair.pair_id),
        ("mentor", "entry", pair.pair_id),
    ]
    programme = play.session.get_one(Programme, pair.programme_id)
    survey_rounds.ask_all(play.work(), programme.id, SurveyMoment.ENTRY, RULES, pair_id=pair.pair_id)
    assert len(play.session.scalars(select(SurveyRequest)).all()) == 2


def test_the_entry_asks_what_can_be_known_so_early(play, college):
    PairPlay(play, college).get_acquainted()
    play.do("fill_mentee_survey", rate_comfort=6, rate_support=7, rate_confidence=4, rate_organisation=8)
    kept = play.session.scalars(select(SurveyResponse)).one()
    assert (kept.moment.value, kept.score) == ("entry", 6.25)
    assert "rate_use" not in kept.answers


def test_answers_without_ratings_have_no_score():
    assert surveys.score_of({"best": "всё", "rate_use": None}) is None


def test_only_the_person_asked_may_answer(play, college):
    programme = make_programme(play, college)
    case_id = _ask(play, college, college.mentees[0].person_id, programme)
    with pytest.raises(Refusal):
        play.do("fill_mentee_survey", case_id, college.mentees[1], **MENTEE)
