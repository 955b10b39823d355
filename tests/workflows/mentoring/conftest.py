"""A college that works by the target model: its people, its pack, and a play that moves its cases."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Connection
from sqlalchemy.orm import Session, sessionmaker

from models.database import Database
from models.organisations import Organisation, OrganisationKind
from tests.workflows.mentoring.ends_reached import PACK, note_passed
from tests.workflows.mentoring.plays import Play
from workflows.operations import organisations, packs, people
from workflows.pack_files import read_source
from workflows.queries.people import get_actor_of_person
from workflows.work import Actor, Work

STAFF = {
    "administrator": "Вера Кедрова",
    "head": "Тамара Белозёрова",
    "curator": "Ольга Лесная",
    "methodist": "Нина Аистова",
    "psychologist": "Анна Горлицына",
    "secretary": "Лидия Чайкина",
    "personnel": "Софья Грачёва",
    "tutor": "Павел Журавлин",
}
MENTORS = ("Артём Стрижов", "Дарья Голубкина", "Михаил Дроздецкий")
MENTEES = ("Соня Ромашкина", "Тимур Ясенев", "Алиса Рябинина", "Лев Берёзов")


def build_college(work: Work) -> SimpleNamespace:
    """Make a college with its staff, mentors and mentees, through the product's own operations."""
    college_id = organisations.add_organisation(work, "Колледж «Мастер»", OrganisationKind.ORGANISATION)
    college = work.session.get_one(Organisation, college_id)
    made: dict[str, Any] = {role: _person(work, college, role, name) for role, name in STAFF.items()}
    made["mentors"] = [_person(work, college, "mentor", name) for name in MENTORS]
    made["mentees"] = [_person(work, college, "mentee", name) for name in MENTEES]
    made["guardian"] = _person(work, college, "guardian", "Ирина Ромашкина")
    administrator = Work(work.session, made["administrator"], work.clock)
    pack = packs.install_pack(administrator, college.id, read_source(PACK))
    return SimpleNamespace(id=college.id, pack=pack, **made)


def _person(work: Work, college: Organisation, role: str, name: str) -> Actor:
    person_id = people.add_person(work, college.id, name)
    people.grant_membership(work, person_id, college.id, role)
    return get_actor_of_person(work.session, person_id, work.now())


@pytest.fixture(scope="session")
def furnished_college(templates: Any) -> tuple[str, SimpleNamespace]:
    """The template database in which the college stands."""
    made: tuple[str, SimpleNamespace] = templates.furnish(build_college)
    return made


@pytest.fixture(scope="session")
def database(templates: Any, furnished_college: tuple[str, SimpleNamespace]) -> Iterator[Database]:
    """The database of this worker, with the college in it, in which nothing more is ever committed."""
    with templates.lent(furnished_college[0]) as made:
        yield made


@pytest.fixture(scope="session")
def furnish(templates: Any, furnished_college: tuple[str, SimpleNamespace]) -> Callable[..., Any]:
    """Make a template out of the college in which people have played already: `furnish(play_pair)`."""
    name, college = furnished_college
    return lambda played: templates.play_in(name, lambda *own: played(Play(college, *own)))


@pytest.fixture
def college(furnished_college: tuple[str, SimpleNamespace]) -> SimpleNamespace:
    return furnished_college[1]


@pytest.fixture(autouse=True)
def _passed(request: pytest.FixtureRequest) -> Iterator[None]:
    """Note what the cases of a test went past; see ends_reached."""
    connection: Connection | None = None
    if "connection" in request.fixturenames:
        connection = request.getfixturevalue("connection")
    yield
    if connection is not None:
        note_passed(connection)


@pytest.fixture
def play(
    college: SimpleNamespace,
    sessions: sessionmaker[Session],
    session: Session,
    clock: Any,
    settle: Callable[[], int],
) -> Play:
    """Plays the people of the college: finds their open tasks, completes them, lets days pass."""
    return Play(college, sessions, session, clock, settle)


@pytest.fixture
def with_rules(play: Play, college: SimpleNamespace) -> Callable[..., None]:
    """Install the pack with another number in its meeting rules: `with_rules("P14D", "P5D")`."""

    def install(old: str, new: str) -> None:
        files = dict(read_source(PACK))
        rules = files["meeting_rules.dmn"].decode()
        assert old in rules
        files["meeting_rules.dmn"] = rules.replace(old, new).encode()
        packs.install_pack(play.work(college.administrator), college.id, files)
        play.session.commit()

    return install
