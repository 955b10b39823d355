"""Two people, two real connections, one moment: what one of them takes the other does not get."""

import uuid
from concurrent.futures import ThreadPoolExecutor, wait
from threading import Barrier

import pytest
from sqlalchemy import func, select

from models.bases import EntryStatus, MenteeEntry, MentorEntry
from models.pairing import Avoidance
from models.programmes import MentoringForm
from models.surveys import SurveyMoment, SurveyRequest
from models.waiting import Message
from tests.programmes import add_programme
from workflows.operations.cases import start_case
from workflows.operations.full_cycles import carry_over_bases
from workflows.operations.mentees import apply_as_mentee
from workflows.operations.mentors import note_avoidance
from workflows.operations.pairing import propose_pairs
from workflows.records import survey_rounds
from workflows.refusals import Refusal
from workflows.transaction import carry_out
from workflows.work import SYSTEM, Work


@pytest.fixture
def committed(templates, furnished_college):
    with templates.lent(furnished_college[0]) as made:
        yield made


@pytest.fixture
def at_once(committed, clock):
    """Let several actors act at the same moment; return what each got, a refusal among others."""

    def at_once(*acts):
        barrier = Barrier(len(acts))

        def one(act):
            actor, do = act
            barrier.wait()
            try:
                return carry_out(committed.sessions, actor, do, clock=clock)
            except Refusal as refusal:
                return refusal

        with ThreadPoolExecutor(len(acts)) as pool:
            return list(pool.map(one, acts))

    return at_once


def put_programme(session, college, previous=None):
    programme = add_programme(session, college.id, previous_id=previous)
    session.add(MentoringForm(programme_id=programme.id, code="learner_learner", title="Ученик – ученик"))
    return programme.id


@pytest.fixture
def two_years(committed, college, clock):
    """A programme with people who wait for a pair, and the one that follows it."""
    with committed.sessions() as session:
        first = put_programme(session, college)
        second = put_programme(session, college, first)
        known = {"organisation_id": college.id, "programme_id": first, "status": EntryStatus.READY}
        for one in college.mentees:
            session.add(
                MenteeEntry(**known, person_id=one.person_id, form="learner_learner", applied_at=clock())
            )
        for one in college.mentors:
            session.add(
                MentorEntry(
                    **known,
                    person_id=one.person_id,
                    source="learner",
                    forms=["learner_learner"],
                    applied_at=clock(),
                    retained_at=clock(),
                )
            )
        session.commit()
    return first, second


def count(committed, table, *conditions):
    with committed.sessions() as session:
        return session.scalar(select(func.count()).select_from(table).where(*conditions))


def test_bases_that_two_carry_over_at_once_are_carried_once(at_once, committed, college, two_years):
    first, second = two_years
    act = (college.curator, lambda work: carry_over_bases(work, first))
    results = at_once(act, act, (college.head, act[1]))
    assert sorted(one["mentees"] for one in results) == [0, 0, len(college.mentees)]
    assert count(committed, MentorEntry, MentorEntry.programme_id == second) == len(college.mentors)


def test_who_applies_twice_at_once_is_in_the_base_once(at_once, committed, college, two_years):
    mentee, (_first, second) = college.mentees[0], two_years
    act = (mentee, lambda work: apply_as_mentee(work, second, mentee.person_id, "learner_learner"))
    results = at_once(act, act)
    assert sum(isinstance(one, Refusal) for one in results) == 1
    assert count(committed, MenteeEntry, MenteeEntry.programme_id == second) == 1


def test_two_who_keep_the_same_people_apart_note_it_once(at_once, committed, college):
    two = college.mentors[0].person_id, college.mentees[0].person_id
    act = (college.curator, lambda work: note_avoidance(work, college.id, *two, "Родня"))
    assert at_once(act, act, (college.head, act[1])) == [None] * 3
    assert count(committed, Avoidance) == 1


def test_two_who_propose_pairs_at_once_leave_one_proposal(at_once, committed, college, two_years):
    from models.pairing import ProposalRun

    act = (college.curator, lambda work: propose_pairs(work, two_years[0]))
    results = at_once(act, (college.head, act[1]))
    with committed.sessions() as session:
        (run_id,) = session.scalars(select(ProposalRun.id))
    assert run_id in results


def _start_survey(work, college, programme_id):
    return start_case(
        work,
        college.id,
        "survey",
        "Опрос",
        participants={"participant": [college.mentees[-1].person_id]},
        variables={
            **{"programme_id": str(programme_id), "variant": "college", "moment": "middle", "role": "mentee"},
            **{"instrument": "mentee_survey", "remind_after": "P3D", "close_after": "P7D"},
        },
    ).id


@pytest.fixture
def last_two(committed, college, clock, two_years):
    """The last two who are to answer in a round, and the case that waits for them."""
    with committed.sessions() as session:
        work = Work(session, college.curator, clock)
        asking = _start_survey(work, college, two_years[0])
        round_id, asked = uuid.uuid4(), [uuid.uuid4(), uuid.uuid4()]
        for mentee, case_id in zip(college.mentees, asked, strict=False):
            session.add(
                SurveyRequest(
                    round_id=round_id,
                    asked_by_case_id=asking,
                    programme_id=two_years[0],
                    person_id=mentee.person_id,
                    role="mentee",
                    instrument="mentee_survey",
                    moment=SurveyMoment.MIDDLE,
                    case_id=case_id,
                    asked_at=clock(),
                )
            )
        session.commit()
    return asking, asked


def test_the_last_two_who_answer_at_once_end_the_round(committed, clock, last_two):
    asking, (one, other) = last_two
    with ThreadPoolExecutor(1) as pool, committed.sessions() as session:
        survey_rounds.note_answered(Work(session, SYSTEM, clock), one)
        second = pool.submit(
            carry_out,
            committed.sessions,
            SYSTEM,
            lambda work: survey_rounds.note_answered(work, other),
            clock=clock,
        )
        # The second cannot know yet whether the first will have answered.
        assert wait([second], timeout=0.3).done == set()
        session.commit()
        second.result(10)
    told = Message.case_id == asking, Message.name == survey_rounds.COLLECTED
    assert count(committed, Message, *told) == 1
