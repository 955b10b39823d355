"""A pair whose case was asked for and could not begin: what ends in the meantime is not begun any more."""

import pytest
from sqlalchemy import select

from models.cases import Case, CaseStatus
from models.pairs import PairStatus
from models.waiting import Incident
from tests.workflows.mentoring.pair_plays import PairPlay
from tests.workflows.mentoring.test_bad_luck import form
from workflows.engine import instances
from workflows.engine.step import StepFailed
from workflows.operations.consents import give_consent, withdraw_consent
from workflows.operations.incidents import Retried, retry_incident
from workflows.operations.pairs import end_pair, pause_pair, resume_pair
from workflows.queries.cases import list_cases

start = instances.start


@pytest.fixture
def pair(play, college, monkeypatch):
    """A pair that was formed while no case of a pair could begin."""
    monkeypatch.setattr(PairPlay, "make_pair", lambda self, **_more: form(self))
    pair = PairPlay(play, college)
    with monkeypatch.context() as broken:
        broken.setattr(instances, "start", begin_others)
        play.settle()
    return pair


def begin_others(definitions, process, *given, **more):
    if process != "pair":
        return start(definitions, process, *given, **more)
    raise StepFailed.at("choose_rules", "Выбрать правила", "no_way_out")


def case_of(play, pair):
    return play.session.get_one(Case, pair.case_id, populate_existing=True)


def open_incidents(play):
    return play.session.scalars(select(Incident).where(Incident.resolved_at.is_(None))).all()


def begin(play, college):
    """Try to begin the case, as the head of the college does once the cause is mended."""
    (incident,) = open_incidents(play)
    outcome = retry_incident(play.work(college.head), incident.id)
    play.settle()
    return outcome


def test_the_curator_sees_that_its_case_is_missing_and_begins_it(play, pair, college):
    (listed,) = [one for one in list_cases(play.work(college.curator))[0] if one.has_incidents]
    assert (listed.id, listed.title) == (pair.case_id, pair.pair.title)
    assert begin(play, college) is Retried.WORKED
    assert play.waits(pair.case_id)
    assert open_incidents(play) == []


def test_a_pair_whose_consent_is_withdrawn_meanwhile_ends_and_its_case_is_not_begun(play, pair, college):
    mentee = college.mentees[0]
    give_consent(play.work(mentee), pair.programme_id, mentee.person_id, "participation")
    withdraw_consent(play.work(mentee), pair.programme_id, mentee.person_id, "participation")
    play.settle()
    assert pair.pair.status is PairStatus.ENDED_EARLY
    assert begin(play, college) is Retried.NO_LONGER_NEEDED
    case = case_of(play, pair)
    assert (case.status, case.state) == (CaseStatus.CANCELLED, b"")
    assert open_incidents(play) == []
    assert play.waits(pair.case_id) == set()


def test_such_a_pair_is_ended_by_hand_with_its_case(play, pair, college):
    end_pair(play.work(college.curator), pair.pair.id, "Не сложилось")
    assert case_of(play, pair).status is CaseStatus.CANCELLED
    assert open_incidents(play) == []


def test_such_a_pair_stands_still_and_goes_on(play, pair, college):
    pause_pair(play.work(college.curator), pair.pair.id, "Каникулы")
    resume_pair(play.work(college.curator), pair.pair.id)
    assert begin(play, college) is Retried.WORKED
