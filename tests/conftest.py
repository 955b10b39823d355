"""What all tests stand on: the real PostgreSQL, one transaction for each test, a clock that stands still.

Nothing is started or imported before a test asks for it, so that tests of the pure rooms need neither
the database nor the rooms above them.
"""

import gc
import os
import shutil
import sys
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

import psycopg
import pytest
from sqlalchemy import Connection, event
from sqlalchemy.orm import Session, sessionmaker

from models import schema
from models.database import Database, open_database
from models.organisations import Organisation, OrganisationKind
from workflows.work import SYSTEM, Actor, Work

_FOLDER = "TANDEM_TEST_FOLDER"
_ROOM = 3 * 1024**3
_LONGEST = {
    "test_commands_running.py",
    "test_simulate_command.py",
    "test_whole_programme.py",
    "test_killed.py",
    "test_simulation.py",
}

Furniture = TypeVar("Furniture")


class Clock:
    """A clock that moves only when a test moves it."""

    def __init__(self) -> None:
        self.at = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def advance(self, **span: float) -> datetime:
        self.at += timedelta(**span)
        return self.at


class Templates:
    """Makes databases on the test server as copies of one that was migrated and furnished once."""

    def __init__(self, server: Database) -> None:
        self._server = server
        self._made: list[Database] = []
        furnished = self._create("template1")
        schema.upgrade(furnished)
        self._furnished = str(furnished.url.database)
        self.town = self._furnish(furnished, build_town)

    def copy(self, of: str | None = None) -> Database:
        return self._create(of or self._furnished)

    def furnish(self, build: Callable[[Work], Furniture]) -> tuple[str, Furniture]:
        """Make a further template out of the town; return its name and what was built."""
        made = self.copy()
        return str(made.url.database), self._furnish(made, build)

    def play_in(self, of: str, play: Callable[..., Furniture]) -> tuple[str, Furniture]:
        """Make a further template out of another, in which acts were carried out and errands done."""
        made, clock = self.copy(of), Clock()
        with made.sessions() as session:
            played = play(made.sessions, session, clock, settling(made.sessions, session, clock))
            session.commit()
        made.engine.dispose()
        return str(made.url.database), played

    def _furnish(self, database: Database, build: Callable[[Work], Furniture]) -> Furniture:
        with database.sessions.begin() as session:
            built = build(Work(session, SYSTEM, Clock()))
        database.engine.dispose()
        return built

    @contextmanager
    def lent(self, of: str | None = None) -> Iterator[Database]:
        """Lend a copy, which is gone afterwards."""
        made = self.copy(of)
        try:
            yield made
        finally:
            self.drop(made)

    def drop(self, database: Database) -> None:
        database.close()
        self._made.remove(database)
        self._execute(f"DROP DATABASE {database.url.database} WITH (FORCE)")

    def close(self) -> None:
        for database in self._made:
            database.close()

    def _create(self, template: str) -> Database:
        name = f"tandem_test_{uuid.uuid4().hex}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        # What a test commits need not survive the machine, only the test.
        self._execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
        url = self._server.url.set(database=name).render_as_string(hide_password=False)
        self._made.append(open_database(url))
        return self._made[-1]

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self._server.conninfo, autocommit=True) as connection:
            connection.execute(statement)


ROLES = ("administrator", "head", "curator", "mentor", "mentee", "auditor", "methodist")


def build_town(work: Work) -> SimpleNamespace:
    """Make organisations and people through the operations that the product has for it."""
    region = _organisation(work, "Край", OrganisationKind.REGION)
    town = _organisation(work, "Город", OrganisationKind.MUNICIPALITY, region)
    school = _organisation(work, "Школа", OrganisationKind.ORGANISATION, town)
    other = _organisation(work, "Другая школа", OrganisationKind.ORGANISATION, town)
    everybody = {role: _person(work, school, role, f"{role} школы") for role in ROLES}
    everybody |= {
        "second_mentor": _person(work, school, "mentor", "Второй наставник"),
        "coordinator": _person(work, town, "coordinator", "Координатор города"),
        "stranger": _person(work, other, "curator", "Куратор другой школы"),
    }
    from workflows.operations import packs

    administrator = Work(work.session, everybody["administrator"], work.clock)
    pack = packs.install_pack(administrator, school.id, read_small_pack())
    return SimpleNamespace(region=region, town=town, school=school, other=other, pack=pack, **everybody)


def read_small_pack() -> dict[str, bytes]:
    from workflows.engine.packs import read_pack

    return read_pack(Path(__file__).parent / "workflows" / "pack")


def _organisation(
    work: Work, name: str, kind: OrganisationKind, parent: Organisation | None = None
) -> Organisation:
    from workflows.operations import organisations

    own_id = organisations.add_organisation(work, name, kind, parent_id=parent.id if parent else None)
    return work.session.get_one(Organisation, own_id)


def _person(work: Work, organisation: Organisation, role: str, name: str) -> Actor:
    from workflows.operations import people
    from workflows.queries.people import get_actor_of_person

    person_id = people.add_person(work, organisation.id, name)
    people.grant_membership(work, person_id, organisation.id, role)
    return get_actor_of_person(work.session, person_id, work.now())


class Statements(list[str]):
    """The statements that went to the database, commits among them."""

    @property
    def commits(self) -> int:
        return self.count("COMMIT")

    @property
    def other(self) -> list[str]:
        return [statement for statement in self if statement != "COMMIT"]


@contextmanager
def _listening(target: Any) -> Iterator[Statements]:
    heard = Statements()

    def hear(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        # Savepoints are the tests' own: outside them a session begins and commits for real.
        if "SAVEPOINT" not in statement:
            heard.append(statement)

    def hear_commit(_connection: Any) -> None:
        heard.append("COMMIT")

    event.listen(target, "before_cursor_execute", hear)
    event.listen(target, "commit", hear_commit)
    try:
        yield heard
    finally:
        event.remove(target, "before_cursor_execute", hear)
        event.remove(target, "commit", hear_commit)


def settling(sessions: sessionmaker[Session], session: Session, clock: Clock) -> Callable[[], int]:
    """Make what commits the session and does the errands that wait."""
    from workflows.errands import do_errands
    from workflows.transaction import carry_out

    def do_now() -> int:
        session.commit()
        return do_errands(lambda act: carry_out(sessions, SYSTEM, act, clock=clock))

    return do_now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session", autouse=True)
def _cheap_passwords() -> None:
    from workflows.passwords import passwords

    passwords.choose_cost(cheap=True)


def pytest_configure(config: pytest.Config) -> None:
    """Make one folder for the run, which the workers of pytest-xdist inherit.

    It is not pytest's own temporary folder, because pytest closes that one to other accounts at every
    start, and the server of another run that is going on runs as another account.
    """
    if not hasattr(config, "workerinput"):
        os.environ[_FOLDER] = tempfile.mkdtemp(prefix="tandem-tests-", dir=_in_memory())
        _keep_compiled(config.rootpath / ".pytest_cache" / "compiled")
    # Only here, because the one who begins the workers of pytest-xdist reads no conftest further down.
    from tests.workflows.mentoring.ends_reached import EndsReached

    config.pluginmanager.register(EndsReached(), "ends-reached")


def _keep_compiled(folder: Path) -> None:
    """Where nothing compiled may lie beside its source, keep it in a folder of the tests.

    Else every worker, and every process that a test starts, compiles all tests, the house and its
    libraries again: half a minute of a run.
    """
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix = str(folder)
        sys.dont_write_bytecode = False


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest first, so that at the end of a run no worker waits for another."""
    items.sort(key=lambda item: item.path.name not in _LONGEST)


def pytest_collection_finish() -> None:
    """Keep the garbage collector from going through everything imported and collected, again and again."""
    gc.collect()
    gc.freeze()


def _in_memory() -> str | None:
    """Return where files live in memory, if the system has such a place with room enough for a run.

    PostgreSQL makes hundreds of files for each database, and is told to wait for the disk at each commit.
    """
    place = Path("/dev/shm")
    if os.access(place, os.W_OK) and shutil.disk_usage(place).free > _ROOM:
        return str(place)
    return None


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(_FOLDER), ignore_errors=True)


@pytest.fixture(scope="module")
def quick_place() -> Iterator[Path]:
    """A folder like those of pytest, but where the databases of the run are: in memory if there is room."""
    with tempfile.TemporaryDirectory(dir=os.environ[_FOLDER]) as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def server() -> Iterator[Database]:
    """The embedded PostgreSQL of this run; the workers of pytest-xdist share one."""
    database = open_database("", var=Path(os.environ[_FOLDER]))
    yield database
    database.close()


@pytest.fixture(scope="session")
def templates(server: Database) -> Iterator[Templates]:
    """Databases with all tables and with a town, each made once and copied from then on."""
    templates = Templates(server)
    yield templates
    templates.close()


@pytest.fixture(scope="session")
def database(templates: Templates) -> Database:
    """The database of this worker, with a town in it, in which nothing more is ever committed."""
    return templates.copy()


@pytest.fixture
def committed_database(templates: Templates) -> Iterator[Database]:
    """A database of its own, with the same town, for a test that needs several real connections."""
    with templates.lent() as made:
        yield made


@pytest.fixture
def connection(database: Database) -> Iterator[Connection]:
    """The outer transaction of a test; commits inside it are savepoints, and it is undone."""
    with database.engine.connect() as connection:
        transaction = connection.begin()
        yield connection
        transaction.rollback()


@pytest.fixture
def sessions(connection: Connection) -> sessionmaker[Session]:
    """Sessions as the doors open them, inside the test's transaction."""
    return sessionmaker(connection, join_transaction_mode="create_savepoint", expire_on_commit=False)


@pytest.fixture
def session(sessions: sessionmaker[Session]) -> Iterator[Session]:
    with sessions() as session:
        yield session


@pytest.fixture
def work(session: Session, clock: Clock) -> Work:
    """Work of the system itself."""
    return Work(session, SYSTEM, clock)


@pytest.fixture
def as_(session: Session, clock: Clock) -> Callable[[Actor], Work]:
    """Make the work of somebody: `as_(curator)`."""
    return lambda actor: Work(session, actor, clock)


@pytest.fixture
def settle(sessions: sessionmaker[Session], session: Session, clock: Clock) -> Callable[[], int]:
    """Do what waits for the worker: begin the cases asked for, hand the messages over."""
    return settling(sessions, session, clock)


@pytest.fixture
def statements(database: Database) -> Callable[[], Any]:
    """Listen to what goes to the database: `with statements() as heard: …`."""
    return lambda: _listening(database.engine)


@pytest.fixture
def listening() -> Callable[[Any], Any]:
    """Listen to another engine: `with listening(engine) as heard: …`."""
    return _listening


@pytest.fixture(scope="session")
def town(templates: Templates) -> SimpleNamespace:
    """A region with a town, two schools in it, the people of the first school, and a pack installed there.

    The pack is small: a pair that meets until its last meeting, and a programme that talks to a pair.
    """
    return templates.town


@pytest.fixture
def pack_files() -> dict[str, bytes]:
    """The files of the pack that the school has installed."""
    return read_small_pack()


@pytest.fixture
def start_pair(town: SimpleNamespace, as_: Callable[[Actor], Work]) -> Callable[..., Any]:
    """Start a case of a pair as its curator."""

    from workflows.operations import cases

    def start(title: str = "Первая пара", **participants: list[Actor]) -> Any:
        chosen = participants or {"mentor": [town.mentor], "mentee": [town.mentee], "curator": [town.curator]}
        people = {role: [actor.person_id for actor in actors] for role, actors in chosen.items()}
        return cases.start_case(as_(town.curator), town.school.id, "pair", title, participants=people)

    return start
