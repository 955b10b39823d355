"""A door keeps an act as a whole or not at all, and pays what a refused act owes."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from models.cases import Case
from models.tasks import Task, TaskDraft, TaskStatus
from workflows.operations.cases import start_case
from workflows.operations.tasks import complete_task
from workflows.queries.cases import list_cases
from workflows.refusals import TooLate
from workflows.transaction import carry_out, committed
from workflows.work import Work

MEETING = {"topic": "Знакомство", "is_last": False}


@pytest.fixture
def sessions(committed_database):
    return committed_database.sessions


@pytest.fixture
def start(town):
    people = {"mentor": [town.mentor.person_id], "curator": [town.curator.person_id]}

    def start(work):
        return start_case(work, town.school.id, "pair", "Пара", participants=people)

    return start


def count(sessions, table):
    with sessions() as session:
        return session.scalar(select(func.count()).select_from(table))


def test_what_is_done_is_kept_by_one_commit(sessions, town, start, clock, listening, committed_database):
    with listening(committed_database.engine) as heard:
        carry_out(sessions, town.curator, start, clock=clock)
    assert heard.commits == 1
    assert count(sessions, Case) == 1


def test_an_error_undoes_everything_and_is_not_hidden(sessions, town, start, clock):
    def fail(work):
        start(work)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        carry_out(sessions, town.curator, fail, clock=clock)
    assert count(sessions, Case) == 0


def test_what_comes_too_late_is_kept_as_a_draft_and_still_refused(sessions, town, start, clock):
    task_id = carry_out(sessions, town.curator, start, clock=clock).opened[0]
    carry_out(sessions, town.mentor, lambda work: complete_task(work, task_id, MEETING), clock=clock)
    other = {"topic": "Иначе", "is_last": True}
    with pytest.raises(TooLate):
        carry_out(sessions, town.mentor, lambda work: complete_task(work, task_id, other), clock=clock)
    with sessions() as session:
        assert session.scalars(select(TaskDraft.answers)).all() == [other]


def test_what_is_too_large_to_keep_does_not_hide_the_refusal(sessions, town, start, clock):
    task_id = carry_out(sessions, town.curator, start, clock=clock).opened[0]
    carry_out(sessions, town.mentor, lambda work: complete_task(work, task_id, MEETING), clock=clock)
    book = {"notes": "я" * 200_000}
    with pytest.raises(TooLate):
        carry_out(sessions, town.mentor, lambda work: complete_task(work, task_id, book), clock=clock)
    assert count(sessions, TaskDraft) == 0


def test_one_work_may_do_one_act_after_another(sessions, town, start, clock):
    with sessions() as session:
        work = Work(session, town.curator, clock)
        for _ in range(2):
            with committed(work):
                start(work)
    assert count(sessions, Case) == 2


def test_reading_keeps_the_statements_that_the_driver_has_prepared(sessions, town, clock, committed_database):
    for _ in range(8):
        carry_out(sessions, town.curator, list_cases, clock=clock)
    with committed_database.engine.connect() as connection:
        assert connection.connection.driver_connection._prepared._names


def test_nothing_is_half_done_when_the_connection_dies_before_the_commit(sessions, town, start, clock):
    task_id = carry_out(sessions, town.curator, start, clock=clock).opened[0]

    def lose_connection(work):
        complete_task(work, task_id, MEETING)
        work.session.connection().connection.driver_connection.close()

    with pytest.raises(OperationalError):
        carry_out(sessions, town.mentor, lose_connection, clock=clock)
    with sessions() as session:
        assert session.get_one(Task, task_id).status is TaskStatus.OPEN
