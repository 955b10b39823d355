"""Two people send the same task at the same moment, each over a connection of their own."""

import threading

import pytest

from tests.webapp.readers import PASSWORD, Reader
from workflows.operations.cases import start_case
from workflows.operations.users import add_user
from workflows.work import SYSTEM, Work


@pytest.fixture
def two_mentors(built_app, committed_database, town, clock):
    """Both before their browsers, signed in; the task waits for either."""
    built_app.extensions |= {"tandem.sessions": committed_database.sessions, "tandem.clock": clock}
    people = (town.mentor, town.second_mentor)
    with committed_database.sessions() as session:
        for number, person in enumerate(people):
            add_user(Work(session, SYSTEM, clock), person.person_id, f"mentor.{number}", PASSWORD)
        both = {"mentor": [person.person_id for person in people]}
        case = start_case(
            Work(session, town.curator, clock), town.school.id, "pair", "Двое наставников", participants=both
        )
        session.commit()
    readers = [Reader(built_app.test_client(), person, f"mentor.{n}") for n, person in enumerate(people)]
    assert [reader.sign_in().status_code for reader in readers] == [303, 303]
    return readers, f"/tasks/{case.opened[0]}"


def test_one_wins_and_the_other_keeps_what_was_typed(two_mentors):
    readers, task = two_mentors
    start, answers = threading.Barrier(len(readers)), {}

    def send(reader, token):
        start.wait()
        typed = {"topic": f"Рассказ {reader.sign_in_name}", "csrf_token": token}
        answers[reader.sign_in_name] = reader.client.post(task, data=typed)

    threads = [threading.Thread(target=send, args=(reader, reader.token())) for reader in readers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answer.status_code for answer in answers.values()) == [303, 409]
    loser = next(name for name, answer in answers.items() if answer.status_code == 409)
    assert f"Рассказ {loser}" in answers[loser].text
    assert "уже выполнена" in answers[loser].text
