"""Two leaders take the same table in at the same moment, each over a connection of their own."""

import threading

import pytest
from sqlalchemy import func, select

from models.bases import MenteeEntry
from models.people import Person
from tests.webapp.bases.people_tables import ADULT, GOOD, counted, looked_through, written
from tests.webapp.readers import PASSWORD, Reader
from workflows.operations.users import add_user
from workflows.work import SYSTEM, Work


@pytest.fixture
def committed(templates, furnished):
    """A database of its own with the college in it."""
    with templates.lent(furnished[0]) as made:
        yield made


@pytest.fixture
def leaders(built_app, committed, college, clock):
    """The curator and the head before their browsers."""
    built_app.extensions |= {"tandem.sessions": committed.sessions, "tandem.clock": clock}
    people = {"curator": college.curator, "head": college.head}
    with committed.sessions() as session:
        for name, actor in people.items():
            add_user(Work(session, SYSTEM, clock), actor.person_id, name, PASSWORD)
        session.commit()
    readers = [Reader(built_app.test_client(), actor, name) for name, actor in people.items()]
    assert [one.sign_in().status_code for one in readers] == [303, 303]
    return readers


def together(*acts):
    """Do all of it at once."""
    start, answers = threading.Barrier(len(acts)), []

    def one(act):
        start.wait()
        answers.append(act())

    threads = [threading.Thread(target=one, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(one.status_code for one in answers)


def press(reader, place):
    token = reader.token()
    return lambda: reader.client.post(place, data={"csrf_token": token})


def test_nobody_comes_in_twice_when_two_send_the_same_table(leaders, address, committed):
    places = [looked_through(one, address, written(GOOD, ADULT))[0] for one in leaders]
    acts = [press(one, place) for one, place in zip(leaders, places, strict=True)]
    assert together(*acts) == [303, 303]
    with committed.sessions() as session:
        names = ("Ева Осинина", "Лев Берёзов", "Анна Осинина")
        people = select(func.count()).where(Person.full_name.in_(names))
        assert session.scalar(people) == 3
        assert session.scalar(select(func.count()).select_from(MenteeEntry)) == 5


def test_one_table_confirmed_twice_at_once_is_taken_in_once(leaders, address, committed, clock):
    place, _ = looked_through(leaders[0], address, written(GOOD, ADULT))
    with committed.sessions() as session:
        before = counted(Work(session, SYSTEM, clock))
    assert together(press(leaders[0], place), press(leaders[0], place)) == [303, 303]
    with committed.sessions() as session:
        after = counted(Work(session, SYSTEM, clock))
    assert [now - then for now, then in zip(after, before, strict=True)] == [3, 3, 1, 2, 0]
