"""Several workers, real connections: what ends while its case begins, and a case that several begin."""

import uuid
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from threading import Barrier

import pytest

from models.cases import Case, CaseStatus
from models.surveys import SurveyMoment
from tests.conftest import settling
from tests.workflows.mentoring.pair_plays import PairPlay
from tests.workflows.mentoring.plays import Play
from tests.workflows.mentoring.waiting import Cohort
from workflows.errands import list_errands
from workflows.operations.consents import give_consent, withdraw_consent
from workflows.operations.pairs import end_pair
from workflows.operations.programmes import stop_programme
from workflows.operations.promises import begin_case
from workflows.records import searching, survey_rounds
from workflows.refusals import Conflict
from workflows.transaction import carry_out
from workflows.work import SYSTEM, Work

ROUND = {"role": "mentee", "instrument": "mentee_survey", "title": "Опрос"}


@pytest.fixture
def committed(templates, furnished_college):
    with templates.lent(furnished_college[0]) as made:
        yield made


@pytest.fixture
def play(committed, college, clock):
    with committed.sessions() as session:
        yield Play(college, committed.sessions, session, clock, settling(committed.sessions, session, clock))
        session.rollback()


@pytest.fixture
def begins(committed, play, clock):
    """Return what the worker was asked to begin, as an act."""

    def begins():
        play.session.commit()
        found = carry_out(committed.sessions, SYSTEM, list_errands, clock=clock)
        (errand,) = [one for one in found if one.name == "begin_case"]
        return uuid.UUID(errand.arguments["case_id"]), lambda work: begin_case(work, **errand.arguments)

    return begins


def at_once(committed, clock, *acts):
    barrier = Barrier(len(acts))

    def one(act):
        barrier.wait()
        return carry_out(committed.sessions, act[0], act[1], clock=clock)

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def begin_while(committed, clock, actor, ends, begin):
    """Let a case begin beside an act that is not committed yet; say whether it began."""
    with ThreadPoolExecutor(1) as pool, committed.sessions() as session:
        ends(Work(session, actor, clock))
        session.flush()
        beginning = pool.submit(carry_out, committed.sessions, SYSTEM, begin, clock=clock)
        assert wait([beginning], timeout=0.3).done == set()
        session.commit()
        return beginning.result(20)


def test_no_case_begins_for_a_search_that_ends_meanwhile(committed, clock, play, begins):
    one = Cohort(play).mentee(0)
    searching.seek(play.work(), one.id, "left_over")
    _case_id, begin = begins()
    end = lambda work: searching.end_search(work, one.id, "matched")  # noqa: E731
    assert begin_while(committed, clock, SYSTEM, end, begin) is False


def test_nobody_is_asked_for_a_programme_that_is_stopped_meanwhile(committed, clock, play, college, begins):
    pair = PairPlay(play, college)
    rules = [ROUND | {"remind_after": "P3D", "close_after": "P7D"}]
    survey_rounds.ask_all(play.work(), pair.programme_id, SurveyMoment.MIDDLE, rules)
    _case_id, begin = begins()
    stop = lambda work: stop_programme(work, pair.programme_id, "Нет денег")  # noqa: E731
    assert begin_while(committed, clock, college.head, stop, begin) is False


def test_a_case_that_several_workers_begin_begins_once(committed, clock, play, begins):
    searching.seek(play.work(), Cohort(play).mentee(0).id, "left_over")
    case_id, begin = begins()
    assert sorted(at_once(committed, clock, *[(SYSTEM, begin)] * 3)) == [False, False, True]
    play.session.rollback()
    assert play.session.get_one(Case, case_id).status is CaseStatus.RUNNING


@pytest.mark.parametrize("other", ["stop", "withdraw"])
def test_a_pair_that_is_ended_twice_at_once_ends_without_a_deadlock(committed, clock, play, college, other):
    pair, mentee = PairPlay(play, college), college.mentees[0]
    own = pair.programme_id, mentee.person_id, "participation"
    give_consent(play.work(mentee), *own)
    play.settle()
    play.session.commit()
    acts = {
        "stop": (college.head, lambda work: stop_programme(work, pair.programme_id, "Нет денег")),
        "withdraw": (mentee, lambda work: withdraw_consent(work, *own)),
    }
    pair_id = pair.pair_id
    end = (college.curator, lambda work: _end(work, pair_id))
    at_once(committed, clock, end, acts[other])
    play.settle()
    play.session.rollback()
    assert pair.pair.ended_on == clock.at.date()


def _end(work, pair_id):
    # Whoever comes second is told that the pair is over.
    with suppress(Conflict):
        end_pair(work, pair_id, "Не сложилось")
