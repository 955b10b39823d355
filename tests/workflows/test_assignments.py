"""Whose turn it is: claim, release, assign, delegate, return."""

import pytest
from sqlalchemy import select

from models.journal import JournalEntry
from models.tasks import Task, TaskOffer
from workflows.operations.cases import suspend_case
from workflows.operations.tasks import (
    assign_task,
    claim_task,
    complete_task,
    delegate_task,
    release_task,
    return_task,
)
from workflows.refusals import Conflict, Forbidden, NotFound

MEETING = {"topic": "Знакомство", "is_last": False}


@pytest.fixture
def task_id(start_pair):
    """A task of the one mentor of a pair."""
    return start_pair().opened[0]


@pytest.fixture
def group_task_id(start_pair, town):
    """A task that is offered to two mentors of a group."""
    mentors = [town.mentor, town.second_mentor]
    return start_pair("Группа", mentor=mentors, curator=[town.curator]).opened[0]


@pytest.fixture
def pool_task_id(start_pair, town):
    """A task that waits for whoever is a mentor in the school."""
    return start_pair("Без наставника", curator=[town.curator]).opened[0]


@pytest.fixture
def state_of(session):
    def state(task_id):
        session.expire_all()
        task = session.get_one(Task, task_id)
        offers = session.scalars(select(TaskOffer.person_id).where(TaskOffer.task_id == task_id)).all()
        return task.assignee_id, task.pool_role, task.delegated_by_id, set(offers)

    return state


def test_who_claims_an_offered_task_has_it_alone(as_, town, group_task_id, state_of):
    claim_task(as_(town.second_mentor), group_task_id)
    assert state_of(group_task_id) == (town.second_mentor.person_id, None, None, set())


def test_who_claims_from_the_pool_has_it_alone(as_, town, pool_task_id, state_of):
    claim_task(as_(town.mentor), pool_task_id)
    assert state_of(pool_task_id) == (town.mentor.person_id, None, None, set())


def test_claiming_ones_own_task_changes_nothing(as_, town, task_id, session):
    claim_task(as_(town.mentor), task_id)
    assert session.scalars(select(JournalEntry).where(JournalEntry.act == "task.claimed")).all() == []


def test_who_claims_too_late_is_told_who_has_it(as_, town, group_task_id):
    claim_task(as_(town.mentor), group_task_id)
    with pytest.raises(Conflict) as refused:
        claim_task(as_(town.second_mentor), group_task_id)
    assert (refused.value.key, refused.value.values["who"]) == ("task_taken_by_another", town.mentor.name)


def test_a_task_is_claimed_only_by_those_it_waits_for(as_, town, pool_task_id):
    with pytest.raises(Forbidden):
        claim_task(as_(town.curator), pool_task_id)
    with pytest.raises(NotFound):
        claim_task(as_(town.mentee), pool_task_id)
    with pytest.raises(NotFound):
        claim_task(as_(town.stranger), pool_task_id)


def test_a_released_task_goes_back_to_where_it_came_from(as_, town, group_task_id, pool_task_id, state_of):
    both = {town.mentor.person_id, town.second_mentor.person_id}
    for task_id, before in (
        (group_task_id, (None, None, None, both)),
        (pool_task_id, (None, "mentor", None, set())),
    ):
        claim_task(as_(town.mentor), task_id)
        release_task(as_(town.mentor), task_id)
        assert state_of(task_id) == before


def test_the_only_holder_of_the_role_cannot_release(as_, town, task_id):
    with pytest.raises(Conflict) as refused:
        release_task(as_(town.mentor), task_id)
    assert refused.value.key == "task_has_no_other_holder"


def test_a_curator_assigns_a_task_to_a_colleague(as_, town, task_id, state_of, session):
    assign_task(as_(town.curator), task_id, town.second_mentor.person_id)
    assert state_of(task_id)[0] == town.second_mentor.person_id
    entry = session.scalars(select(JournalEntry).where(JournalEntry.act == "task.assigned")).one()
    assert entry.details["assignee"] == [str(town.mentor.person_id), str(town.second_mentor.person_id)]
    assert complete_task(as_(town.second_mentor), task_id, MEETING).opened


def test_a_task_is_assigned_only_inside_the_organisation_and_only_by_those_who_lead(as_, town, task_id):
    with pytest.raises(NotFound):
        assign_task(as_(town.curator), task_id, town.stranger.person_id)
    with pytest.raises(Forbidden):
        assign_task(as_(town.mentor), task_id, town.second_mentor.person_id)
    with pytest.raises(NotFound):
        assign_task(as_(town.stranger), task_id, town.stranger.person_id)


def test_a_delegated_task_is_done_by_the_one_and_answered_for_by_the_other(as_, town, task_id, state_of):
    delegate_task(as_(town.mentor), task_id, town.curator.person_id)
    assert state_of(task_id)[0] == town.curator.person_id
    assert state_of(task_id)[2] == town.mentor.person_id
    with pytest.raises(Forbidden):
        delegate_task(as_(town.mentor), task_id, town.second_mentor.person_id)
    assert complete_task(as_(town.curator), task_id, MEETING).opened


def test_a_delegated_task_returns_from_either_side(as_, town, task_id, state_of):
    for somebody in (town.curator, town.mentor):
        delegate_task(as_(town.mentor), task_id, town.curator.person_id)
        return_task(as_(somebody), task_id)
        assert state_of(task_id) == (town.mentor.person_id, None, None, set())


def test_handing_on_a_delegated_task_keeps_who_answers_for_it(as_, town, task_id, state_of):
    delegate_task(as_(town.mentor), task_id, town.curator.person_id)
    delegate_task(as_(town.curator), task_id, town.second_mentor.person_id)
    assert state_of(task_id)[2] == town.mentor.person_id


def test_a_task_that_was_not_delegated_cannot_be_returned(as_, town, task_id):
    with pytest.raises(Conflict) as refused:
        return_task(as_(town.mentor), task_id)
    assert refused.value.key == "task_not_delegated"
    with pytest.raises(Conflict):
        delegate_task(as_(town.mentor), task_id, town.mentor.person_id)


def test_a_done_task_and_a_task_of_a_still_case_change_hands_no_more(as_, town, task_id, session):
    case_id = session.get_one(Task, task_id).case_id
    suspend_case(as_(town.curator), case_id)
    with pytest.raises(Conflict) as refused:
        assign_task(as_(town.curator), task_id, town.second_mentor.person_id)
    assert refused.value.key == "case_suspended"


def test_a_completed_task_says_who_completed_it(as_, town, task_id):
    complete_task(as_(town.mentor), task_id, MEETING)
    with pytest.raises(Conflict) as refused:
        assign_task(as_(town.curator), task_id, town.second_mentor.person_id)
    assert (refused.value.key, refused.value.values["who"]) == ("task_completed", town.mentor.name)


def test_the_last_participant_in_a_role_decides_when_the_pool_takes_over(as_, town, pool_task_id, state_of):
    assign_task(as_(town.curator), pool_task_id, town.mentor.person_id)
    release_task(as_(town.curator), pool_task_id)
    assert state_of(pool_task_id) == (None, "mentor", None, set())
