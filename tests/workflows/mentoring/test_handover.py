"""Another curator goes on: with every case of the programme, its pairs, and what is told in confidence."""

from datetime import date

import pytest
from sqlalchemy import select

from models.cases import Case, CaseParticipant, CaseStatus
from models.concerns import Concern
from models.pairs import PairMember, PairStatus
from models.programmes import Programme
from models.tasks import Task, TaskStatus
from tests.programmes import add_programme
from tests.workflows.mentoring.bases import apply, find_case, open_programme
from tests.workflows.mentoring.ends import agree_to_publicity
from tests.workflows.mentoring.pair_plays import PairPlay
from tests.workflows.mentoring.test_mentor_base import make_graduate
from tests.workflows.mentoring.waiting import Cohort
from workflows.operations import people
from workflows.operations.cases import start_case
from workflows.operations.concerns import raise_concern
from workflows.operations.consents import give_consent, withdraw_consent
from workflows.operations.programmes import appoint, replace_curator, stop_programme
from workflows.operations.reports import begin_reporting
from workflows.queries.concerns import list_concerns
from workflows.queries.people import get_actor_of_person
from workflows.records import searching, story_cases
from workflows.records.cases import ask_for_case
from workflows.refusals import Complaint, Invalid

RUNNING = (CaseStatus.RUNNING, CaseStatus.SUSPENDED)
LOOKED = {"talked_to": ["mentor"], "note": "Поговорили", "decision": "measures"}


@pytest.fixture
def successor(play, college):
    """Somebody who is to be the next curator."""
    person_id = people.add_person(play.work(), college.id, "Елена Соловьёва")
    people.grant_membership(play.work(), person_id, college.id, "curator")
    return get_actor_of_person(play.session, person_id, play.clock())


@pytest.fixture
def pair(play, college):
    """A pair at work, in a programme that has its curator."""
    pair = PairPlay(play, college)
    order = {"order_number": "14-к", "since_on": date(2026, 9, 1)}
    appoint(play.work(college.head), pair.programme_id, college.curator.person_id, "curator", **order)
    pair.start_working()
    return pair


@pytest.fixture
def programme(pair, play, college):
    """The programme of the pair, around which cases of many kinds stand."""
    programme = play.session.get_one(Programme, pair.programme_id)
    worry(pair, "Ссоры")
    play.do("look_into", find_case(play, "concern").id, **LOOKED, measures=["secondary_training"])
    begin_reporting(play.work(college.curator), programme.id)
    searching.seek(play.work(), apply(play, programme, 1)[0], "left_over")
    agree_to_publicity(play, programme, college.mentors[0].person_id, college.mentees[0].person_id)
    story_cases.ask_for(play.work(), programme, pair.pair_id)
    play.settle()
    return programme


def worry(pair, text):
    """Let the mentee raise a concern."""
    mentee = pair.play.work(pair.college.mentees[0])
    concern_id = raise_concern(mentee, pair.pair_id, "conflict", "serious", text)
    pair.play.settle()
    return pair.play.session.get_one(Concern, concern_id)


def hand_over(play, college, programme, successor, since_on=date(2026, 9, 1)):
    replace_curator(
        play.work(college.head), programme.id, successor.person_id, order_number="20", since_on=since_on
    )
    play.session.expire_all()


def seated(play, person_id):
    """Name the processes of the running cases in which somebody takes part."""
    wanted = (
        select(Case.process)
        .join(CaseParticipant, CaseParticipant.case_id == Case.id)
        .where(CaseParticipant.person_id == person_id, CaseParticipant.until_at.is_(None))
        .where(Case.status.in_(RUNNING))
    )
    return set(play.session.scalars(wanted))


def running(play):
    return set(play.session.scalars(select(Case.process).where(Case.status.in_(RUNNING))))


AROUND = {
    "concern",
    "mentee_intake",
    "pair",
    "practice",
    "reporting",
    "secondary_training",
    "support",
    "unmatched_support",
}


def test_every_case_around_the_programme_goes_to_the_new_curator(programme, play, college, successor):
    assert seated(play, college.curator.person_id) == AROUND
    hand_over(play, college, programme, successor)
    assert seated(play, college.curator.person_id) == set()
    assert seated(play, successor.person_id) == AROUND


def test_whoever_applies_after_the_handover_meets_the_new_curator(programme, play, college, successor):
    hand_over(play, college, programme, successor)
    _entry_id, case_id = apply(play, programme, 2)
    seats = select(CaseParticipant.person_id).where(
        CaseParticipant.case_id == case_id, CaseParticipant.role == "curator"
    )
    assert play.session.scalars(seats).all() == [successor.person_id]


def test_no_open_task_stays_with_the_former_curator(programme, play, college, successor):
    wanted = select(Task.id).where(
        Task.assignee_id == college.curator.person_id, Task.status == TaskStatus.OPEN
    )
    assert play.session.scalars(wanted).all()
    hand_over(play, college, programme, successor)
    assert play.session.scalars(wanted).all() == []


def test_the_renewal_of_a_certificate_goes_to_the_new_curator(play, college, successor):
    programme = open_programme(play)
    make_graduate(play, programme)
    hand_over(play, college, programme, successor)
    assert seated(play, successor.person_id) == {"check_renewal"}


def test_a_concern_raised_later_is_told_to_the_new_curator_alone(programme, pair, play, college, successor):
    hand_over(play, college, programme, successor)
    concern = worry(pair, "Между нами")
    task = play.find("look_into", concern.case_id)
    assert task.assignee_id == successor.person_id
    assert "Между нами" in {one.text for one in list_concerns(play.work(successor), pair.pair_id)}


def test_the_pair_remembers_who_was_its_curator_until_when(programme, pair, play, college, successor):
    play.clock.advance(days=9)
    hand_over(play, college, programme, successor, date(2026, 9, 10))
    curators = [(one.person_id, one.until_on) for one in pair.members() if one.role == "curator"]
    assert set(curators) == {(college.curator.person_id, date(2026, 9, 9)), (successor.person_id, None)}


def test_a_pair_that_has_ended_keeps_the_curator_it_had(play, college, successor):
    pair = PairPlay(play, college)
    order = {"order_number": "14-к", "since_on": date(2026, 9, 1)}
    appoint(play.work(college.head), pair.programme_id, college.curator.person_id, "curator", **order)
    pair.meet_first()
    pair.answer(college.mentors[0], "not_ready")
    pair.answer(college.mentees[0])
    assert pair.pair.status is PairStatus.REFUSED
    hand_over(play, college, play.session.get_one(Programme, pair.programme_id), successor)
    wanted = select(PairMember.person_id).where(PairMember.role == "curator")
    assert play.session.scalars(wanted).all() == [college.curator.person_id]


def test_nobody_hands_over_before_the_day_has_come(programme, play, college, successor):
    with pytest.raises(Invalid) as refusal:
        hand_over(play, college, programme, successor, date(2026, 12, 1))
    assert refusal.value.problems == {"since_on": [Complaint("handover_lies_ahead")]}
    assert seated(play, college.curator.person_id) == AROUND


def test_whoever_is_appointed_from_a_later_day_is_not_yet_asked(play, college):
    programme = add_programme(play.session, college.id)
    order = {"order_number": "14-к", "since_on": date(2026, 12, 1)}
    appoint(play.work(college.head), programme.id, college.curator.person_id, "curator", **order)
    apply(play, programme)
    assert "mentee_intake" not in seated(play, college.curator.person_id)
    play.clock.advance(days=95)
    apply(play, programme, 1)
    assert "mentee_intake" in seated(play, college.curator.person_id)


def test_pairs_are_looked_after_by_the_curator_and_not_by_the_deputy(play, college, successor):
    cohort = Cohort(play)
    cohort.choose(cohort.mentee(0), cohort.mentor(0))
    case_id = start_case(
        play.work(),
        college.id,
        "pair_formation",
        "Формирование пар",
        participants={"curator": [successor.person_id, college.curator.person_id]},
        variables={"programme_id": str(cohort.programme.id), "variant": "college"},
    ).id
    held = {"held_at": "2026-09-01T15:00", "format": "video", "place": "ссылка", "tables": 2}
    deputy = play.actor(successor.person_id)
    play.do("plan_general_meeting", case_id, deputy, **held, minutes_per_round=5)
    play.do("record_attendance", case_id, deputy)
    play.do("close_choices", case_id, deputy, closes=True)
    play.do("review_proposals", case_id, deputy, decision="approve")
    play.do("decide_as_curator", case_id, deputy, decided_on="2026-09-01")
    (pair,) = cohort.pairs()
    assert cohort.members(pair, "curator") == {college.curator.person_id}


def test_everything_around_a_stopped_programme_ends(programme, play, college):
    assert running(play) == AROUND | {"survey"}
    stop_programme(play.work(college.head), programme.id, "Ремонт здания")
    assert running(play) == set()


def test_a_certificate_is_not_waited_for_when_its_programme_is_stopped(play, college):
    programme = open_programme(play)
    make_graduate(play, programme)
    stop_programme(play.work(college.head), programme.id, "Ремонт здания")
    assert running(play) == set()


def test_concerns_of_a_stopped_programme_are_closed_with_it(programme, play, college):
    stop_programme(play.work(college.head), programme.id, "Ремонт здания")
    concern = play.session.scalars(select(Concern).execution_options(populate_existing=True)).one()
    assert (concern.outcome, concern.closed_by_id) == ("programme_stopped", college.head.person_id)


def test_a_case_that_was_asked_for_does_not_begin_when_its_programme_is_stopped(pair, play, college):
    programme = play.session.get_one(Programme, pair.programme_id)
    story_cases.ask_for(play.work(), programme, pair.pair_id)
    stop_programme(play.work(college.head), programme.id, "Ремонт здания")
    play.settle()
    assert running(play) == set()


def test_personal_data_are_removed_though_the_programme_is_stopped(pair, play, college):
    mentee = college.mentees[0]
    given = (pair.programme_id, mentee.person_id, "personal_data")
    give_consent(play.work(mentee), *given)
    stop_programme(play.work(college.head), pair.programme_id, "Ремонт здания")
    withdraw_consent(play.work(mentee), *given)
    play.settle()
    assert running(play) == {"consent_withdrawal"}
    play.pass_days(1)
    assert play.find("remove_personal_data") is not None


def test_a_case_promised_before_the_handover_begins_with_the_present_curator(
    programme, play, college, successor
):
    work = play.work()
    case_id = ask_for_case(
        work,
        college.id,
        "secondary_training",
        programme.title,
        participants={"curator": [college.curator.person_id]},
        variables={"programme_id": programme.id, "variant": programme.variant},
    )
    hand_over(play, college, programme, successor)
    play.settle()
    seats = select(CaseParticipant.person_id).where(CaseParticipant.case_id == case_id)
    assert play.session.scalars(seats).all() == [successor.person_id]
