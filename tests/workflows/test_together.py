"""Several tasks at once: each stands for itself; and the day to look at one again."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from models.tasks import Task
from workflows.operations.cases import start_case
from workflows.operations.follow_ups import follow_up
from workflows.operations.tasks import complete_task, delegate_task, return_task
from workflows.operations.together import MOST, assign_together, claim_together, follow_up_together
from workflows.queries.inbox import Due, Filters, Order, Whose, count_lists, list_inbox
from workflows.refusals import Conflict, Forbidden, Invalid, NotFound
from workflows.work import Work

MEETING = {"topic": "Знакомство", "is_last": False}


@pytest.fixture
def start_free(as_, town):
    """Tasks that wait for any curator of the school."""

    def start(number):
        return [
            start_case(as_(town.curator), town.school.id, "programme", f"Программа {one}").opened[0]
            for one in range(number)
        ]

    return start


def ids(work, whose=Whose.ALL, **filters):
    return [row.id for row in list_inbox(work, whose, filters=Filters(**filters)).rows]


def test_one_refusal_does_not_undo_the_others(as_, town, start_free, start_pair):
    first, second = start_free(2)
    taken = start_pair("У наставника").opened[0]
    outcomes = claim_together(as_(town.curator), [first, taken, second])
    assert [one.task_id for one in outcomes] == [first, taken, second]
    assert [type(one.refusal) for one in outcomes] == [type(None), Conflict, type(None)]
    assert set(ids(as_(town.curator), Whose.MINE)) == {first, second}


def test_what_one_may_not_see_is_not_there(as_, town, start_free):
    outcomes = claim_together(as_(town.mentor), start_free(1))
    assert [type(one.refusal) for one in outcomes] == [NotFound]


def test_tasks_are_given_to_whoever_may_do_them(as_, town, start_free, start_pair):
    free, mentors = *start_free(1), start_pair().opened[0]
    outcomes = assign_together(as_(town.curator), [free, mentors], town.head.person_id)
    assert [type(one.refusal) for one in outcomes] == [type(None), Invalid]
    assert ids(as_(town.head), Whose.MINE) == [free]


@pytest.mark.parametrize("number", [0, MOST + 1])
def test_none_or_too_many_at_once_are_refused(as_, town, number):
    with pytest.raises(Invalid):
        claim_together(as_(town.curator), [town.school.id.__class__(int=one) for one in range(number)])


def test_the_day_to_look_again_is_noted_filtered_and_gone_when_done(as_, town, start_pair, session, clock):
    task_id, other = start_pair("Пара Синичкиной").opened[0], start_pair("Пара Ромашкиной").opened[0]
    mentor, day = as_(town.mentor), clock().date() + timedelta(days=2)
    follow_up(mentor, task_id, day)
    assert ids(mentor, due=Due.AGAIN) == []
    clock.advance(days=2)
    assert ids(mentor, due=Due.AGAIN) == [task_id]
    assert count_lists(mentor, Whose.MINE, "", Filters())["again"] == 1
    complete_task(mentor, task_id, MEETING)
    assert session.get(Task, task_id, populate_existing=True).follow_up_on is None
    assert other in ids(mentor)


@pytest.mark.parametrize("days", [-1, 367])
def test_a_day_that_is_past_or_too_far_is_refused(as_, town, start_pair, clock, days):
    with pytest.raises(Invalid):
        follow_up(as_(town.mentor), start_pair().opened[0], clock().date() + timedelta(days=days))


def test_the_day_counts_where_the_organisation_is(as_, town, start_pair, clock):
    """At 22:00 of the first in UTC it is already the second in Moscow."""
    task_id = start_pair().opened[0]
    clock.advance(hours=13)
    with pytest.raises(Invalid):
        follow_up(as_(town.mentor), task_id, date(2026, 9, 1))
    follow_up(as_(town.mentor), task_id, date(2026, 9, 2))


def test_a_mentee_does_not_note_days_for_the_mentor(as_, town, start_pair):
    with pytest.raises(Forbidden):
        follow_up(as_(town.mentee), start_pair().opened[0], None)
    outcomes = follow_up_together(as_(town.curator), [start_pair().opened[0]], None)
    assert outcomes[0].refusal is None


def test_what_one_asked_another_to_do_is_still_in_ones_inbox(as_, town, start_free):
    (task_id,) = start_free(1)
    curator = as_(town.curator)
    claim_together(curator, [task_id])
    delegate_task(curator, task_id, town.head.person_id)
    assert ids(curator, Whose.MINE) == []
    assert ids(curator, Whose.GIVEN) == ids(curator, Whose.ALL) == [task_id]
    assert ids(as_(town.head), Whose.GIVEN) == []
    return_task(as_(town.head), task_id)
    assert ids(curator, Whose.GIVEN) == []
    assert ids(curator, Whose.MINE) == [task_id]


def test_who_oversees_sees_everything_there_and_nothing_elsewhere(as_, town, start_free, start_pair):
    here = {start_pair().opened[0], *start_free(2)}
    for actor in (town.curator, town.head, town.coordinator, town.auditor):
        assert set(ids(as_(actor), Whose.SEEN)) == here, actor.name
    for actor in (town.mentor, town.methodist, town.stranger):
        assert not set(ids(as_(actor), Whose.SEEN)) & here, actor.name


@pytest.mark.parametrize("order", list(Order))
def test_every_order_pages_through_everything_once(as_, town, start_free, start_pair, order):
    everything = {start_pair(f"Пара {one}").opened[0] for one in range(4)} | set(start_free(5))
    seen, place = [], None
    while place or not seen:
        page = list_inbox(as_(town.curator), Whose.SEEN, filters=Filters(order=order), size=2, after=place)
        seen += page.rows
        place = page.next
        if place is None:
            break
    assert len(seen) == len(everything)
    assert {row.id for row in seen} == everything
    titles = [row.case_title for row in seen]
    if order is Order.PAIR:
        assert titles == sorted(titles)
    if order is Order.NEWEST:
        assert [row.opened_at for row in seen] == sorted((row.opened_at for row in seen), reverse=True)


def test_filters_narrow_by_role_kind_and_case(as_, town, start_free, start_pair):
    pair, (free,) = start_pair(), start_free(1)
    curator = as_(town.curator)
    assert ids(curator, Whose.SEEN, role="mentor") == list(pair.opened)
    assert ids(curator, Whose.SEEN, role="curator") == [free]
    assert ids(curator, Whose.SEEN, element="record_meeting") == list(pair.opened)
    assert ids(curator, Whose.SEEN, case_id=pair.id) == list(pair.opened)
    assert ids(curator, Whose.SEEN, programme_id=pair.id) == []


def test_deadlines_part_the_list_without_overlap(as_, town, start_pair, clock):
    start_pair()
    mentor = as_(town.mentor)
    found = {due: len(ids(mentor, due=due)) for due in Due}
    assert found == {Due.OVERDUE: 0, Due.TODAY: 0, Due.WEEK: 1, Due.NEVER: 0, Due.AGAIN: 0}
    clock.advance(days=30)
    assert len(ids(mentor, due=Due.OVERDUE)) == 1
    assert ids(mentor, due=Due.WEEK) == []


def test_two_who_take_the_same_tasks_at_once_share_them_without_a_deadlock(committed_database, town, clock):
    """Each task goes to exactly one, whatever order they were chosen in."""
    with committed_database.sessions.begin() as session:
        work = Work(session, town.curator, clock)
        wanted = [
            start_case(work, town.school.id, "programme", f"Программа {one}").opened[0] for one in range(6)
        ]

    def take(actor, task_ids):
        with committed_database.sessions.begin() as session:
            return {
                one.task_id
                for one in claim_together(Work(session, actor, clock), task_ids)
                if not one.refusal
            }

    another = make_curator(committed_database, town, clock)
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(take, town.curator, wanted)
        second = pool.submit(take, another, wanted[::-1])
        mine, theirs = first.result(30), second.result(30)
    assert mine | theirs == set(wanted)
    assert not mine & theirs


def make_curator(database, town, clock):
    from workflows.operations import people
    from workflows.queries.people import get_actor_of_person
    from workflows.work import SYSTEM

    with database.sessions.begin() as session:
        work = Work(session, SYSTEM, clock)
        person_id = people.add_person(work, town.school.id, "Рита Гвоздикина")
        people.grant_membership(work, person_id, town.school.id, "curator")
        return get_actor_of_person(session, person_id, clock())
