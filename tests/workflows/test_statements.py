"""What one completion costs: one commit, and few statements however long the case has run."""

import pytest

from workflows.operations.cases import start_case
from workflows.operations.tasks import complete_task, save_draft
from workflows.transaction import carry_out

MEETING = {"topic": "Знакомство", "is_last": False}
MOST_STATEMENTS = 12


@pytest.fixture
def complete(committed_database, town, clock):
    def complete(task_id):
        return carry_out(
            committed_database.sessions,
            town.mentor,
            lambda work: complete_task(work, task_id, MEETING),
            clock=clock,
        ).opened[0]

    return complete


@pytest.fixture
def listen(committed_database, listening):
    return lambda: listening(committed_database.engine)


@pytest.fixture
def task_id(committed_database, town, clock):
    people = {"mentor": [town.mentor.person_id], "curator": [town.curator.person_id]}

    def start(work):
        return start_case(work, town.school.id, "pair", "Пара", participants=people).opened[0]

    return carry_out(committed_database.sessions, town.curator, start, clock=clock)


def test_a_completion_is_one_commit_and_three_statements(complete, listen, task_id):
    following = complete(task_id)
    with listen() as heard:
        complete(following)
    assert heard.commits == 1
    assert len(heard.other) == 3 <= MOST_STATEMENTS


def test_the_first_completion_of_a_process_may_read_the_definitions(complete, listen, task_id):
    from workflows.queries import definitions

    definitions._kept.clear()
    with listen() as heard:
        complete(task_id)
    assert heard.commits == 1
    assert len(heard.other) == 4 <= MOST_STATEMENTS


def test_a_draft_and_a_hundred_meetings_before_cost_no_statement_more(
    complete, listen, task_id, committed_database, town, clock
):
    for _ in range(100):
        task_id = complete(task_id)
    carry_out(
        committed_database.sessions,
        town.mentor,
        lambda work: save_draft(work, task_id, {"topic": "Зна"}),
        clock=clock,
    )
    with listen() as heard:
        complete(task_id)
    assert (heard.commits, len(heard.other)) == (1, 3)
