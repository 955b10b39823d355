"""Whoever takes part in a case may change while it runs; what is open follows."""

import pytest
from sqlalchemy import select

from models.cases import CaseParticipant
from models.journal import JournalEntry
from models.tasks import Task, TaskOffer
from tests.workflows.changing import listened_to, redrawn
from workflows.operations.packs import install_pack
from workflows.operations.tasks import claim_task, complete_task, delegate_task
from workflows.queries.tasks import get_task
from workflows.records.participants import holders_of, replace, seat, unseat
from workflows.refusals import Conflict, NotFound
from workflows.service_tasks import LISTENERS

MEETING = {"topic": "Знакомство", "is_last": False}


@pytest.fixture
def task(session):
    """Read a task as it is now."""
    return lambda task_id: session.get_one(Task, task_id, populate_existing=True)


@pytest.fixture
def offered(session):
    def offered(task_id):
        return set(session.scalars(select(TaskOffer.person_id).where(TaskOffer.task_id == task_id)))

    return offered


@pytest.fixture
def pair(start_pair):
    return start_pair()


@pytest.fixture
def group(start_pair, town):
    return start_pair("Группа", mentor=[town.mentor, town.second_mentor], curator=[town.curator])


def test_what_a_mentor_had_to_do_is_for_the_one_who_replaces_them(work, as_, pair, town, task, offered):
    replace(work, pair.id, "mentor", town.mentor.person_id, town.second_mentor.person_id)
    opened = task(pair.opened[0])
    assert (opened.assignee_id, opened.pool_role) == (town.second_mentor.person_id, None)
    assert offered(opened.id) == set()
    assert complete_task(as_(town.second_mentor), opened.id, MEETING).opened


def test_the_mentor_who_left_does_not_see_the_case_any_more(work, as_, pair, town):
    replace(work, pair.id, "mentor", town.mentor.person_id, town.second_mentor.person_id)
    with pytest.raises(NotFound):
        complete_task(as_(town.mentor), pair.opened[0], MEETING)


def test_who_took_part_and_until_when_stays_written(work, session, clock, pair, town):
    began = clock()
    left = clock.advance(days=9)
    replace(work, pair.id, "mentor", town.mentor.person_id, town.second_mentor.person_id)
    rows = session.scalars(
        select(CaseParticipant)
        .where(CaseParticipant.case_id == pair.id, CaseParticipant.role == "mentor")
        .order_by(CaseParticipant.since_at)
    )
    assert [(row.person_id, row.since_at, row.until_at) for row in rows] == [
        (town.mentor.person_id, began, left),
        (town.second_mentor.person_id, left, None),
    ]


def test_a_task_without_a_holder_waits_in_the_organisation_until_somebody_is_seated(work, pair, town, task):
    assert unseat(work, pair.id, "mentor", town.mentor.person_id)
    assert (task(pair.opened[0]).assignee_id, task(pair.opened[0]).pool_role) == (None, "mentor")
    assert seat(work, pair.id, "mentor", town.second_mentor.person_id)
    opened = task(pair.opened[0])
    assert (opened.assignee_id, opened.pool_role) == (town.second_mentor.person_id, None)


def test_two_who_sit_down_are_both_offered_what_nobody_has_yet(work, town, start_pair, offered, task):
    case = start_pair("Без наставника", curator=[town.curator])
    seat(work, case.id, "mentor", town.mentor.person_id)
    seat(work, case.id, "mentor", town.second_mentor.person_id)
    # The first had it before the second came.
    assert task(case.opened[0]).assignee_id == town.mentor.person_id
    assert offered(case.opened[0]) == set()


def test_a_third_mentor_of_a_group_is_offered_what_waits_for_the_others(work, group, town, offered):
    seat(work, group.id, "mentor", town.head.person_id)
    everybody = {town.mentor.person_id, town.second_mentor.person_id, town.head.person_id}
    assert offered(group.opened[0]) == everybody


def test_the_last_mentor_of_a_group_has_what_was_offered_to_both(work, group, town, offered, task):
    unseat(work, group.id, "mentor", town.mentor.person_id)
    assert task(group.opened[0]).assignee_id == town.second_mentor.person_id
    assert offered(group.opened[0]) == set()


def test_what_somebody_of_a_group_had_taken_is_offered_again_when_they_leave(
    work, as_, start_pair, town, offered, task
):
    mentors = [town.mentor, town.second_mentor, town.head]
    case = start_pair("Трое", mentor=mentors, curator=[town.curator])
    claim_task(as_(town.mentor), case.opened[0])
    unseat(work, case.id, "mentor", town.head.person_id)
    assert task(case.opened[0]).assignee_id == town.mentor.person_id
    seat(work, case.id, "mentor", town.head.person_id)
    unseat(work, case.id, "mentor", town.mentor.person_id)
    assert task(case.opened[0]).assignee_id is None
    assert offered(case.opened[0]) == {town.second_mentor.person_id, town.head.person_id}


def test_who_did_it_for_another_gives_it_back_by_leaving(work, as_, group, town, task):
    claim_task(as_(town.mentor), group.opened[0])
    delegate_task(as_(town.mentor), group.opened[0], town.second_mentor.person_id)
    unseat(work, group.id, "mentor", town.second_mentor.person_id)
    opened = task(group.opened[0])
    assert (opened.assignee_id, opened.delegated_by_id) == (town.mentor.person_id, None)


def test_what_was_handed_over_stays_there_when_the_owner_is_replaced(work, as_, group, town, task):
    claim_task(as_(town.mentor), group.opened[0])
    delegate_task(as_(town.mentor), group.opened[0], town.second_mentor.person_id)
    replace(work, group.id, "mentor", town.mentor.person_id, town.head.person_id)
    opened = task(group.opened[0])
    assert (opened.assignee_id, opened.delegated_by_id) == (town.second_mentor.person_id, town.head.person_id)


def test_what_was_handed_over_is_ones_own_when_the_owner_is_gone(work, as_, group, town, task):
    claim_task(as_(town.mentor), group.opened[0])
    delegate_task(as_(town.mentor), group.opened[0], town.second_mentor.person_id)
    unseat(work, group.id, "mentor", town.mentor.person_id)
    opened = task(group.opened[0])
    assert (opened.assignee_id, opened.delegated_by_id) == (town.second_mentor.person_id, None)


def test_tasks_of_other_roles_stay_where_they_are(work, as_, pair, town, task):
    last = complete_task(as_(town.mentor), pair.opened[0], MEETING | {"is_last": True}).opened[0]
    replace(work, pair.id, "mentor", town.mentor.person_id, town.second_mentor.person_id)
    assert task(last).assignee_id == town.curator.person_id


def test_sitting_down_twice_and_standing_up_twice_changes_nothing(work, session, pair, town):
    assert not seat(work, pair.id, "mentor", town.mentor.person_id)
    assert not unseat(work, pair.id, "mentor", town.second_mentor.person_id)
    acts = select(JournalEntry.act).where(JournalEntry.case_id == pair.id)
    assert not [act for act in session.scalars(acts) if act.startswith("participant.")]


def test_nobody_sits_on_both_sides_of_a_case(work, pair, town):
    with pytest.raises(Conflict, match="person_in_two_roles"):
        seat(work, pair.id, "mentor", town.mentee.person_id)


def test_a_case_that_is_not_there_seats_nobody(work, town):
    with pytest.raises(NotFound):
        seat(work, town.school.id, "mentor", town.mentor.person_id)


def test_each_change_stands_in_the_journal(work, session, pair, town):
    seat(work, pair.id, "mentor", town.second_mentor.person_id)
    unseat(work, pair.id, "mentor", town.second_mentor.person_id)
    replace(work, pair.id, "mentor", town.mentor.person_id, town.second_mentor.person_id)
    acts = select(JournalEntry.act).where(JournalEntry.case_id == pair.id).order_by(JournalEntry.id)
    told = [act for act in session.scalars(acts) if act.startswith("participant.")]
    assert told == ["participant.seated", "participant.unseated", "participant.replaced"]


def test_a_step_that_changed_the_mentor_opens_its_next_task_for_the_new_one(
    monkeypatch, as_, town, pack_files, start_pair
):
    def replace_mentor(work, place, done):
        replace(work, place.case_id, "mentor", done.by_id, town.second_mentor.person_id)

    monkeypatch.setitem(LISTENERS, "meetings.record", replace_mentor)
    files = redrawn(pack_files, listened_to("meetings.record"))
    install_pack(as_(town.administrator), town.school.id, files)
    opened = complete_task(as_(town.mentor), start_pair().opened[0], MEETING).opened[0]
    assert get_task(as_(town.second_mentor), opened).assignee_id == town.second_mentor.person_id


def test_the_roles_of_a_case_are_read_as_they_are_now(work, group, town):
    unseat(work, group.id, "mentor", town.mentor.person_id)
    assert holders_of(work, group.id, "mentor") == [town.second_mentor.person_id]
