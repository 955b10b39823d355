"""Who reads what somebody said in confidence: those who help, and nobody who only looks after the house."""

import uuid
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import select

from models.cases import Case
from models.journal import JournalEntry
from models.tasks import Task
from tests.workflows.mentoring.bases import open_programme
from tests.workflows.mentoring.pair_plays import PairPlay
from tests.workflows.mentoring.plays import Play
from workflows.engine.state import unpack
from workflows.operations import people
from workflows.queries.people import get_actor_of_person
from workflows.queries.tasks import get_task
from workflows.records import concerns
from workflows.refusals import NotFound
from workflows.work import Actor

SECRET = "Наставник на меня кричит"


def member(play: Play, college: SimpleNamespace, role: str) -> Actor:
    """Let somebody new work in the college in this role."""
    work = play.work(college.administrator)
    person_id = people.add_person(work, college.id, f"Галина Синицына, {role}")
    people.grant_membership(work, person_id, college.id, role)
    return get_actor_of_person(play.session, person_id, play.clock())


@pytest.fixture
def told(play: Play, college: SimpleNamespace) -> SimpleNamespace:
    """A pair of two mentees, one of whom has told what troubles him."""
    pair = PairPlay(play, college, mentees=2, type="group", form="teacher_learner")
    pair.start_working()
    pair.record()
    mentee = pair.mentee_actors[0]
    answers = {"took_place": "yes", "closer": "no", "feeling": "bad", "trouble": SECRET}
    task = play.session.scalars(
        select(Task).where(Task.element == "reflect_on_meeting", Task.assignee_id == mentee.person_id)
    ).one()
    pair.each("reflect_on_meeting", mentee, **answers)
    return SimpleNamespace(pair=pair, mentee=mentee, task_id=task.id)


def seen(play: Play, actor: Actor, task_id: uuid.UUID) -> Any:
    view = get_task(play.work(actor), task_id)
    return view.answers, view.has_restricted, view.are_answers_hidden


def test_dp_06_whoever_said_it_the_curator_of_the_case_and_the_head_read_it(play, college, told):
    for actor in (told.mentee, college.curator, college.head):
        answers, has_restricted, _ = seen(play, actor, told.task_id)
        assert answers["trouble"] == SECRET
        assert not has_restricted


@pytest.mark.parametrize("role", ["administrator", "coordinator", "auditor", "curator"])
def test_dp_06_who_looks_after_the_house_sees_only_that_something_was_said(play, college, told, role):
    answers, has_restricted, is_hidden = seen(play, member(play, college, role), told.task_id)
    assert not answers.keys() & {"trouble", "feeling"}
    assert answers["took_place"] == "yes"
    assert (has_restricted, is_hidden) == (True, False)


def test_dp_06_others_in_the_same_group_do_not_read_it(play, told):
    for actor in (told.pair.mentor_actors[0], told.pair.mentee_actors[1]):
        answers, has_restricted, _ = seen(play, actor, told.task_id)
        assert not (answers or {}).keys() & {"trouble", "feeling"}
        assert has_restricted


@pytest.mark.parametrize("role", ["methodist", "tutor", "secretary", "mentor"])
def test_dp_06_others_of_the_college_do_not_even_see_the_task(play, college, told, role):
    with pytest.raises(NotFound):
        get_task(play.work(member(play, college, role)), told.task_id)


def test_dp_06_the_journal_tells_that_something_was_said_and_not_what(play, told):
    entries = play.session.scalars(select(JournalEntry).where(JournalEntry.act == "task.completed")).all()
    answers = next(one.details["answers"] for one in entries if one.subject == f"task:{told.task_id}")
    assert (answers["trouble"], answers["feeling"], answers["took_place"]) == ("•••", "•••", "yes")
    assert all(SECRET not in str(one.details) for one in play.session.scalars(select(JournalEntry)))


def test_dp_06_the_case_is_not_told(play, told):
    state = play.session.scalars(select(Case.state).where(Case.id == told.pair.case_id)).one()
    known = str(unpack(state))
    assert "took_place" in known, "the case knows the rest of what was said in this form"
    assert SECRET not in known


@pytest.mark.parametrize("element", ["assess_person", "assess_studies"])
def test_dp_06_the_baseline_is_read_by_colleagues_who_assess(play, college, element):
    task = assess(play, college, element)
    for actor in (member(play, college, task.role), college.head):
        answers, has_restricted, _ = seen(play, actor, task.id)
        assert answers
        assert not has_restricted


@pytest.mark.parametrize("element", ["assess_person", "assess_studies"])
@pytest.mark.parametrize("role", ["administrator", "coordinator", "auditor"])
def test_dp_06_the_baseline_is_closed_to_who_looks_after_the_house(play, college, element, role):
    task = assess(play, college, element)
    answers, has_restricted, is_hidden = seen(play, member(play, college, role), task.id)
    assert (answers, has_restricted, is_hidden) == ({}, True, True)


def assess(play: Play, college: SimpleNamespace, element: str) -> Task:
    """Bring a mentee to where the data at the entry are known."""
    from tests.workflows.mentoring.test_consents import come_to_consents

    come_to_consents(play, open_programme(play))
    play.do("sign_consents", participation="yes", personal_data="yes", publicity="no")
    task = play.find(element)
    assert task is not None
    play.fill(element)
    play.session.refresh(task)
    return task


def test_dp_06_a_concern_is_read_by_its_curator_and_the_psychologist(play, college):
    pair = PairPlay(play, college)
    pair.get_acquainted()
    concerns.raise_concern(play.work(), pair.pair, "conflict", "serious", SECRET, role="curator")
    play.settle()
    task = play.find("look_into")
    assert task is not None
    play.fill("look_into", decision="measures")
    play.session.refresh(task)
    assert seen(play, college.curator, task.id)[0]["decision"] == "measures"
    for role in ("administrator", "auditor"):
        assert seen(play, member(play, college, role), task.id) == ({}, True, True)
    assert play.find("follow_up") is not None, "the case knows which way to go all the same"
