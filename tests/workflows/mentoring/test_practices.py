"""The story of a pair: told by its people, shown only while all of them agree."""

import pytest
from sqlalchemy import select

from models.cases import Case
from models.practices import Practice, PracticeStatus
from tests.workflows.mentoring.ends import (
    agree_to_publicity,
    begin,
    come_to_meeting,
    make_pair,
    make_programme,
    take_consent_back,
)
from workflows.operations.consents import withdraw_consent
from workflows.operations.practices import publish_practice, withdraw_practice
from workflows.records import practices
from workflows.refusals import Conflict, Refusal

STORY = {"title": "От страха к сцене", "summary": "Сначала было трудно, потом получилось."}
YES, NO = {"decision": "agree"}, {"decision": "refuse"}


def _story(play, college, *, is_agreed=True):
    programme = make_programme(play, college)
    pair = make_pair(play, college, programme)
    if is_agreed:
        agree_to_publicity(play, programme, pair.mentor, pair.mentee)
    people = {"mentor": [pair.mentor], "mentee": [pair.mentee], "curator": [college.curator.person_id]}
    case_id = begin(play, college, programme, "practice", participants=people, pair_id=str(pair.id))
    return programme, pair, case_id


def _practice(play):
    return play.session.scalars(select(Practice).execution_options(populate_existing=True)).one()


def _publish(play, college):
    programme, pair, case_id = _story(play, college)
    play.do("write_story", case_id, **STORY)
    play.do("agree_to_story", case_id, **YES)
    play.do("publish_story", case_id, decision="publish", address="https://kolledzh.example/istoriya")
    return programme, pair, case_id


def test_story_is_shown_when_everybody_agrees(play, college):
    programme, _, case_id = _publish(play, college)
    assert play.is_over(case_id)
    assert _practice(play).status is PracticeStatus.PUBLISHED
    assert [one.title for one in practices.list_shown(play.work(), programme.id)] == [STORY["title"]]


def test_rule_27_without_consent_to_publicity_nobody_is_asked_for_a_story(play, college):
    _, _, case_id = _story(play, college, is_agreed=False)
    assert play.is_over(case_id)
    assert play.session.scalars(select(Practice)).all() == []


def test_mentee_who_does_not_agree_with_the_text_keeps_the_story_in_the_pair(play, college):
    _, _, case_id = _story(play, college)
    play.do("write_story", case_id, **STORY)
    play.do("agree_to_story", case_id, **NO)
    assert play.is_over(case_id)
    assert _practice(play).status is PracticeStatus.DECLINED


def test_silence_about_the_text_is_no_agreement(play, college):
    _, _, case_id = _story(play, college)
    play.do("write_story", case_id, **STORY)
    play.pass_days(15)
    assert play.is_over(case_id)
    assert _practice(play).status is PracticeStatus.DECLINED


def test_a_story_that_is_not_written_is_not_waited_for(play, college):
    _, _, case_id = _story(play, college)
    play.pass_days(31)
    assert play.is_over(case_id)


def test_curator_may_leave_a_story_in_the_pair(play, college):
    _, _, case_id = _story(play, college)
    play.do("write_story", case_id, **STORY)
    play.do("agree_to_story", case_id, **YES)
    play.do("publish_story", case_id, decision="keep", reason="Слишком личное")
    assert play.is_over(case_id)
    assert (_practice(play).status, _practice(play).why_not) == (PracticeStatus.DECLINED, "Слишком личное")


def test_rule_27_consent_taken_back_before_publication_forbids_it(play, college):
    _, pair, case_id = _story(play, college)
    play.do("write_story", case_id, **STORY)
    play.do("agree_to_story", case_id, **YES)
    take_consent_back(play, pair.mentee)
    with pytest.raises(Conflict):
        play.do("publish_story", case_id, decision="publish")


def test_rule_27_consent_taken_back_afterwards_hides_the_story_at_once(play, college):
    programme, pair, _ = _publish(play, college)
    take_consent_back(play, pair.mentee)
    assert practices.list_shown(play.work(), programme.id) == []
    assert practices.take_back_all_of(play.work(), programme.id, pair.mentee, "Отозвано согласие") == 1
    assert _practice(play).status is PracticeStatus.WITHDRAWN


def test_rule_27_withdrawing_the_consent_takes_the_story_off_by_itself(play, college):
    programme, pair, _ = _publish(play, college)
    withdraw_consent(play.work(college.mentees[0]), programme.id, pair.mentee, "publicity")
    assert practices.list_shown(play.work(), programme.id) == []
    assert _practice(play).status is not PracticeStatus.PUBLISHED


def test_whoever_is_shown_may_have_the_story_taken_back(play, college):
    programme, _, _ = _publish(play, college)
    withdraw_practice(play.work(college.mentees[0]), _practice(play).id, reason="Передумал")
    assert practices.list_shown(play.work(), programme.id) == []


def test_strangers_neither_publish_nor_withdraw(play, college):
    _publish(play, college)
    stranger = play.work(college.mentees[2])
    for act in (publish_practice, withdraw_practice):
        with pytest.raises(Refusal):
            act(stranger, _practice(play).id)


def test_a_withdrawn_story_is_shown_again_only_with_everybody_s_agreement(play, college):
    programme, pair, _ = _publish(play, college)
    curator = play.work(college.curator)
    with pytest.raises(Conflict):
        publish_practice(curator, _practice(play).id)
    withdraw_practice(curator, _practice(play).id)
    practices.agree(play.work(), _practice(play).id, pair.mentee, is_given=False)
    with pytest.raises(Conflict):
        publish_practice(curator, _practice(play).id)
    practices.agree(play.work(), _practice(play).id, pair.mentee, is_given=True)
    publish_practice(curator, _practice(play).id)
    assert len(practices.list_shown(play.work(), programme.id)) == 1


def test_stories_are_asked_for_after_the_general_meeting(play, college):
    programme = make_programme(play, college)
    shown = make_pair(play, college, programme)
    make_pair(play, college, programme, 1)
    agree_to_publicity(play, programme, shown.mentor, shown.mentee)
    case_id = come_to_meeting(play, college, programme)
    titles = play.session.scalars(select(Case.title).where(Case.process == "practice")).all()
    assert titles == [shown.pair.title]
    assert play.waits(case_id) == {"record_reflection"}
