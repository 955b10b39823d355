"""Whose turn it is: claim, release, assign, delegate, return."""

import pytest
from sqlalchemy import select

from models.journal import JournalEntry
from models.people import Membership
from models.tasks import Task, TaskOffer
from workflows.access import Permission
from workflows.operations.cases import suspend_case
from workflows.operations.people import end_membership
from workflows.operations.tasks import (
    assign_task,
    claim_task,
    complete_task,
    delegate_task,
    release_task,
    return_task,
)
from workflows.queries.tasks import get_task
from workflows.refusals import Conflict, Forbidden, Invalid, NotFound

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
def taken_task_id(start_pair, town, as_):
    """A task that one of three mentors of a group has taken."""
    mentors = [town.mentor, town.second_mentor, town.head]
    people = {"mentor": mentors, "mentee": [town.mentee], "curator": [town.curator]}
    task_id = start_pair("Трое", **people).opened[0]
    claim_task(as_(town.mentor), task_id)
    return task_id


@pytest.fixture
def curators_task_id(start_pair, town, as_):
    """A task of the curator of a pair."""
    opened = complete_task(
        as_(town.mentor), start_pair("К концу").opened[0], MEETING | {"is_last": True}
    ).opened
    return opened[0]


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


def test_a_curator_assigns_a_task_to_a_colleague(as_, town, taken_task_id, state_of, session):
    assign_task(as_(town.curator), taken_task_id, town.second_mentor.person_id)
    assert state_of(taken_task_id)[0] == town.second_mentor.person_id
    entry = session.scalars(select(JournalEntry).where(JournalEntry.act == "task.assigned")).one()
    assert entry.details["assignee"] == [str(town.mentor.person_id), str(town.second_mentor.person_id)]
    assert complete_task(as_(town.second_mentor), taken_task_id, MEETING).opened


def test_a_task_is_assigned_only_inside_the_organisation_and_only_by_those_who_lead(as_, town, task_id):
    with pytest.raises(NotFound):
        assign_task(as_(town.curator), task_id, town.stranger.person_id)
    with pytest.raises(Forbidden):
        assign_task(as_(town.mentor), task_id, town.second_mentor.person_id)
    with pytest.raises(NotFound):
        assign_task(as_(town.stranger), task_id, town.stranger.person_id)


def test_a_delegated_task_is_done_by_the_one_and_answered_for_by_the_other(
    as_, town, taken_task_id, state_of
):
    delegate_task(as_(town.mentor), taken_task_id, town.second_mentor.person_id)
    assert state_of(taken_task_id)[0] == town.second_mentor.person_id
    assert state_of(taken_task_id)[2] == town.mentor.person_id
    with pytest.raises(Forbidden):
        delegate_task(as_(town.mentor), taken_task_id, town.head.person_id)
    assert complete_task(as_(town.second_mentor), taken_task_id, MEETING).opened


def test_a_delegated_task_returns_from_either_side(as_, town, taken_task_id, state_of):
    for somebody in (town.second_mentor, town.mentor):
        delegate_task(as_(town.mentor), taken_task_id, town.second_mentor.person_id)
        return_task(as_(somebody), taken_task_id)
        assert state_of(taken_task_id) == (town.mentor.person_id, None, None, set())


def test_handing_on_a_delegated_task_keeps_who_answers_for_it(as_, town, taken_task_id, state_of):
    delegate_task(as_(town.mentor), taken_task_id, town.second_mentor.person_id)
    delegate_task(as_(town.second_mentor), taken_task_id, town.head.person_id)
    assert state_of(taken_task_id)[2] == town.mentor.person_id


def doers(work, task_id):
    return {(one.full_name, one.role) for one in get_task(work, task_id).doers}


def refused_for(error):
    return [complaint.key for complaint in error.value.problems["person_id"]]


def test_a_mentors_task_goes_only_to_another_mentor_of_the_case(as_, town, taken_task_id):
    others = {(town.second_mentor.name, "mentor"), (town.head.name, "mentor")}
    assert doers(as_(town.mentor), taken_task_id) == doers(as_(town.curator), taken_task_id) == others
    for somebody in (town.mentee, town.curator, town.auditor):
        with pytest.raises(Invalid) as refused:
            delegate_task(as_(town.mentor), taken_task_id, somebody.person_id)
        assert refused_for(refused) == ["person_not_in_role"]
        with pytest.raises(Invalid):
            assign_task(as_(town.curator), taken_task_id, somebody.person_id)


def test_the_task_of_the_only_mentor_is_for_nobody_else(as_, town, task_id):
    for somebody in (town.mentor, town.curator):
        view = get_task(as_(somebody), task_id)
        assert view.doers == ()
        assert not view.may & {Permission.TASK_ASSIGN, Permission.TASK_DELEGATE}
    for hand_over, giver in ((delegate_task, town.mentor), (assign_task, town.curator)):
        with pytest.raises(Invalid) as refused:
            hand_over(as_(giver), task_id, town.second_mentor.person_id)
        assert refused_for(refused) == ["nobody_else_in_role"]


def test_a_curators_task_goes_to_those_who_lead_the_school(as_, town, curators_task_id, state_of):
    leaders = {(town.head.name, "head"), (town.administrator.name, "administrator")}
    assert doers(as_(town.curator), curators_task_id) == leaders
    with pytest.raises(Invalid):
        delegate_task(as_(town.curator), curators_task_id, town.mentor.person_id)
    delegate_task(as_(town.curator), curators_task_id, town.head.person_id)
    assert state_of(curators_task_id)[0] == town.head.person_id


def test_a_role_that_has_ended_gives_no_tasks_any_more(as_, town, curators_task_id, work, session, clock):
    held = select(Membership.id).where(Membership.person_id == town.head.person_id)
    end_membership(work, session.scalars(held).one())
    clock.advance(days=1)
    assert doers(as_(town.curator), curators_task_id) == {(town.administrator.name, "administrator")}


def test_who_else_is_a_mentor_in_the_school_is_told_to_those_who_may_see_people(as_, town, pool_task_id):
    mentors = {(town.mentor.name, "mentor"), (town.second_mentor.name, "mentor")}
    assert doers(as_(town.curator), pool_task_id) == mentors
    claim_task(as_(town.mentor), pool_task_id)
    assert doers(as_(town.mentor), pool_task_id) == set()
    assert doers(as_(town.curator), pool_task_id) == {(town.second_mentor.name, "mentor")}


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
