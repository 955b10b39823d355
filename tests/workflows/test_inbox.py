"""The inbox: what a person is to do next, the most urgent first."""

import uuid
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from sqlalchemy import event, insert, text

from models.tasks import Task, TaskStatus
from workflows.operations.cases import resume_case, start_case, suspend_case
from workflows.operations.tasks import claim_task, complete_task
from workflows.queries.inbox import (
    COUNTED,
    MOST_ON_A_BADGE,
    Filters,
    Place,
    Whose,
    count_lists,
    list_inbox,
)

MEETING = {"topic": "Знакомство", "is_last": False}


@pytest.fixture
def add_tasks(session, start_pair, town):
    """Write many open tasks at once, as they would stand in the inbox of a mentor."""
    case_id = start_pair("Дело", mentor=[town.second_mentor], curator=[town.curator]).id

    def add(count, clock, **columns):
        rows = [
            {
                "id": uuid.uuid4(),
                "case_id": case_id,
                "organisation_id": town.school.id,
                "element": "record_meeting",
                "process": "pair",
                "name": f"Записать встречу {number}",
                "case_title": "Пара",
                "role": "mentor",
                "status": TaskStatus.OPEN,
                "opened_at": clock(),
                "due_at": clock.at.replace(day=1 + number % 28) if number % 5 else None,
                **columns,
            }
            for number in range(count)
        ]
        session.execute(insert(Task), rows)
        return [row["id"] for row in rows]

    return add


def names(page):
    return [row.name for row in page.rows]


def test_what_is_mine_what_waits_for_my_roles_and_both(start_pair, as_, town):
    mine = start_pair("Моя").opened[0]
    offered = start_pair("Группа", mentor=[town.mentor, town.second_mentor]).opened[0]
    pool = start_pair("Без наставника", curator=[town.curator]).opened[0]
    start_pair("Чужая", mentor=[town.second_mentor])
    seen = {whose: {row.id for row in list_inbox(as_(town.mentor), whose).rows} for whose in Whose}
    assert seen == {
        Whose.MINE: {mine},
        Whose.ROLES: {offered, pool},
        Whose.ALL: {mine, offered, pool},
        Whose.GIVEN: set(),
        Whose.SEEN: set(),
    }


def test_a_claimed_task_is_mine_and_gone_from_the_others(start_pair, as_, town):
    offered = start_pair("Группа", mentor=[town.mentor, town.second_mentor]).opened[0]
    claim_task(as_(town.mentor), offered)
    assert [row.id for row in list_inbox(as_(town.mentor), Whose.MINE).rows] == [offered]
    assert list_inbox(as_(town.second_mentor)).rows == ()


def test_a_done_task_is_in_no_inbox(start_pair, as_, town):
    offered = start_pair("Группа", mentor=[town.mentor, town.second_mentor]).opened[0]
    complete_task(as_(town.mentor), offered, MEETING)
    for mentor in (town.mentor, town.second_mentor):
        assert [row.id for row in list_inbox(as_(mentor)).rows] != [offered]


def test_the_most_urgent_comes_first_and_what_has_no_date_last(as_, town, add_tasks, clock):
    add_tasks(30, clock, assignee_id=town.mentor.person_id)
    rows = list_inbox(as_(town.mentor)).rows
    dates = [row.due_at for row in rows]
    dated = [date for date in dates if date]
    assert dates == sorted(dated) + [None] * (len(dates) - len(dated))
    assert [row.is_overdue for row in rows] == [date is not None and date < clock() for date in dates]


def test_pages_follow_each_other_without_gap_or_repetition(as_, town, add_tasks, clock):
    mine = add_tasks(23, clock, assignee_id=town.mentor.person_id)
    pool = add_tasks(24, clock, pool_role="mentor")
    seen, place = [], None
    while True:
        page = list_inbox(as_(town.mentor), size=5, after=place)
        assert page.total == 47
        seen += [row.id for row in page.rows]
        place = page.next
        if place is None:
            break
        assert isinstance(place, Place)
    assert len(seen) == 47
    assert set(seen) == {*mine, *pool}


def test_the_total_is_exact_up_to_a_thousand(as_, town, add_tasks, clock):
    add_tasks(COUNTED, clock, assignee_id=town.mentor.person_id)
    page = list_inbox(as_(town.mentor))
    assert (len(page.rows), page.total, page.is_more) == (50, COUNTED, False)
    add_tasks(1, clock, pool_role="mentor")
    page = list_inbox(as_(town.mentor))
    assert (page.total, page.is_more) == (COUNTED, True)


def test_words_are_sought_in_the_task_and_in_its_case(as_, town, add_tasks, clock):
    add_tasks(12, clock, assignee_id=town.mentor.person_id)
    add_tasks(1, clock, assignee_id=town.mentor.person_id, case_title="Пара 100%_ИВАН")
    mentor = as_(town.mentor)
    assert names(list_inbox(mentor, search="встречу 11")) == ["Записать встречу 11"]
    found = list_inbox(mentor, search="иван записать")
    assert [row.case_title for row in found.rows] == ["Пара 100%_ИВАН"]
    assert found.total == 1
    assert list_inbox(mentor, search="100%").total == 1
    assert list_inbox(mentor, search="такого нет").rows == ()


def test_a_coordinator_has_what_waits_for_coordinators_anywhere_below(work, as_, town, add_tasks, clock):
    waiting = add_tasks(3, clock, pool_role="coordinator")
    elsewhere = add_tasks(2, clock, pool_role="coordinator", organisation_id=town.other.id)
    page = list_inbox(as_(town.coordinator))
    assert {row.id for row in page.rows} == {*waiting, *elsewhere}
    assert page.total == 5


def test_a_curator_has_nothing_of_another_school(as_, town, add_tasks, clock):
    add_tasks(3, clock, pool_role="curator", organisation_id=town.other.id)
    assert list_inbox(as_(town.curator)).rows == ()
    assert list_inbox(as_(town.stranger)).total == 3


def test_the_system_has_no_inbox(work):
    assert list_inbox(work).rows == ()


def test_tasks_of_a_case_that_stands_still_are_shown_as_they_are(start_pair, as_, town):
    case = start_pair()
    suspend_case(as_(town.curator), case.id)
    assert [row.id for row in list_inbox(as_(town.mentor)).rows] == list(case.opened)


def test_a_task_is_not_overdue_while_its_case_stands_still(start_pair, as_, town, clock):
    paused, running = start_pair("Стоит"), start_pair("Идёт")
    suspend_case(as_(town.curator), paused.id)
    clock.advance(days=30)
    rows = {row.case_id: (row.is_paused, row.is_overdue) for row in list_inbox(as_(town.mentor)).rows}
    assert rows == {paused.id: (True, False), running.id: (False, True)}
    resume_case(as_(town.curator), paused.id)
    rows = {row.case_id: (row.is_paused, row.is_overdue) for row in list_inbox(as_(town.mentor)).rows}
    assert rows == {paused.id: (False, False), running.id: (False, True)}


def test_an_inbox_takes_two_statements_whatever_its_length(as_, town, add_tasks, clock, statements):
    for count in (60, 200):
        add_tasks(count, clock, assignee_id=town.mentor.person_id)
        with statements() as heard:
            list_inbox(as_(town.mentor))
        assert len(heard) == 2


@pytest.fixture
def plans(database, connection):
    """Say how PostgreSQL answers what is asked inside a `with`."""

    @contextmanager
    def plans():
        asked, found = [], []

        def hear(_connection, _cursor, statement, parameters, *_rest):
            asked.append((statement, parameters))

        event.listen(database.engine, "before_cursor_execute", hear)
        yield found
        event.remove(database.engine, "before_cursor_execute", hear)
        for statement, parameters in asked:
            rows = connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)
            found.append("\n".join(rows.scalars()))

    return plans


@pytest.mark.parametrize("after", [None, Place(datetime(2026, 9, 9, 9, tzinfo=UTC), uuid.UUID(int=0))])
def test_a_page_reads_ranges_of_indexes_and_never_the_table(
    as_, town, add_tasks, clock, session, plans, after
):
    add_tasks(2000, clock, assignee_id=town.mentor.person_id)
    add_tasks(2000, clock, pool_role="mentor")
    session.execute(text("ANALYZE task"))
    with plans() as found:
        list_inbox(as_(town.mentor), after=after)
    page, _count = found
    assert "ix_task_open_assignee" in page
    assert "ix_task_open_pool" in page
    assert "Seq Scan on task " not in page


def test_a_case_of_a_process_without_people_waits_for_the_role(as_, town):
    case = start_case(as_(town.curator), town.school.id, "programme", "2026/27")
    assert [row.id for row in list_inbox(as_(town.curator), Whose.ROLES).rows] == list(case.opened)


def test_the_badges_are_one_statement_that_counts_no_further_than_they_say(
    as_, town, add_tasks, clock, session, plans, statements
):
    add_tasks(3000, clock, assignee_id=town.mentor.person_id)
    add_tasks(3000, clock, pool_role="mentor")
    session.execute(text("ANALYZE task"))
    with statements() as heard:
        counts = count_lists(as_(town.mentor), Whose.ALL, "", Filters())
    assert len(heard) == 1
    assert counts["mine"] == counts["roles"] == counts["all"] == MOST_ON_A_BADGE + 1
    assert counts["shown"] == COUNTED + 1
    with plans() as found:
        count_lists(as_(town.mentor), Whose.ALL, "", Filters())
    assert "ix_task_open_follow_up_on" in found[0]
