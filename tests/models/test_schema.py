"""Tables come from migrations, and the database guards what must never change."""

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models import schema
from models.database import Database
from models.definitions import (
    Definition,
    DefinitionKind,
    DefinitionVersion,
    Pack,
    PackVersion,
    PackVersionItem,
)
from models.journal import JournalBlock, JournalEntry, JournalLink
from models.migrations import queue
from models.organisations import Organisation, OrganisationKind
from models.people import Membership, Person

MakeDatabase = Callable[[], Database]


def test_migrations_give_exactly_the_tables_of_the_models(make_empty_database: MakeDatabase) -> None:
    database = make_empty_database()
    assert not schema.is_current(database)
    schema.upgrade(database)
    assert schema.is_current(database)
    assert schema.find_differences(database) == []


def test_migrations_can_be_undone_and_done_again(make_empty_database: MakeDatabase) -> None:
    database = make_empty_database()
    schema.upgrade(database)
    schema.downgrade(database, "base")
    with database.engine.connect() as connection:
        left = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        assert connection.execute(text(left)).scalars().all() == ["alembic_version"]
    schema.upgrade(database)
    assert schema.find_differences(database) == []


def test_upgrading_twice_changes_nothing(make_empty_database: MakeDatabase) -> None:
    database = make_empty_database()
    schema.upgrade(database)
    schema.upgrade(database)
    assert schema.find_revision(database) == schema.head()


BEFORE_CASES_NAMED_PROGRAMMES = """
    SET session_replication_role = replica;
    INSERT INTO programme (id, organisation_id, title, variant, status, tasks, expected_results, starts_on,
            ends_on, stopped_because)
        VALUES (:programme, :college, 'Год', 'college', 'running', '', '', '2026-09-01', '2027-06-30', '');
    INSERT INTO "case" (id, organisation_id, pack_version_id, process, title, status, state, revision,
            started_at)
        SELECT id, :college, :pack, process, '', 'running', '', 1, now()
        FROM (VALUES (CAST(:support AS uuid), 'support'), (:renewal, 'check_renewal'), (:own, 'meetings'))
            AS known (id, process);
    INSERT INTO pair (id, organisation_id, programme_id, case_id, support_case_id, title, status, form,
            role_model, type, cycle, formats, order_number, formed_on)
        VALUES (:pair, :college, :programme, :pair, :support, '', 'working', 'teacher_learner', '', 'pair', 1,
            '{}', '', '2026-09-01');
    INSERT INTO meeting (id, pair_id, cycle, kind, held_on, contact, place, activity, summary, recorded_by_id,
            recorded_at)
        SELECT id, :pair, 1, 'final', '2027-06-01', 'in_person', '', '', '', :person, now()
        FROM (VALUES (CAST(:held AS uuid)), (:agreed)) AS known (id);
    INSERT INTO meeting_attendance (id, meeting_id, person_id, role, has_come)
        VALUES (:held, :held, :person, 'mentor', true);
    SET session_replication_role = origin;
"""


def test_cases_learn_their_programme_and_agreed_meetings_are_told_from_held_ones(
    make_empty_database: MakeDatabase,
) -> None:
    database = make_empty_database()
    schema.upgrade(database, "0002")
    names = ("programme", "college", "pack", "support", "renewal", "own", "pair", "person", "held", "agreed")
    ids = {name: uuid.uuid4() for name in names}
    with database.engine.begin() as connection:
        for statement in BEFORE_CASES_NAMED_PROGRAMMES.strip().rstrip(";").split(";"):
            connection.execute(text(statement), ids)
    schema.upgrade(database)
    with database.engine.connect() as connection:
        cases = connection.execute(text('SELECT id, programme_id FROM "case"')).tuples()
        expected = {ids["support"]: ids["programme"], ids["renewal"]: ids["programme"], ids["own"]: None}
        assert dict(cases.all()) == expected
        meetings = connection.execute(text("SELECT id FROM meeting WHERE held_on IS NOT NULL"))
        assert meetings.scalars().all() == [ids["held"]]


def test_the_newest_migration_carries_the_newest_tables_of_the_queue() -> None:
    """When this fails, procrastinate was upgraded: write a migration with `queue.statements(after=…)`."""
    assert queue.newest() == "03.04.00_50_post_add_retry_failed_job_procedure"


@pytest.fixture
def connection(migrated: Database) -> Iterator[Connection]:
    """One journal entry in a sealed block, and one pack version."""
    with migrated.engine.connect() as connection:
        with Session(connection) as session:
            _write_rows(session)
            session.commit()
        connection.commit()
        yield connection


def _write_rows(session: Session) -> None:
    now = datetime(2026, 9, 1, tzinfo=UTC)
    lyceum = Organisation(kind=OrganisationKind.ORGANISATION, name="Lyceum", path="/x/")
    session.add(lyceum)
    session.flush()
    pack = Pack(organisation_id=lyceum.id, key="target-model")
    pack_version = PackVersion(pack=pack, number=1, digest="digest", titles={}, published_at=now)
    session.add(pack_version)
    session.flush()
    definition = Definition(pack_id=pack.id, kind=DefinitionKind.PROCESS, file_name="pair.bpmn")
    version = DefinitionVersion(
        definition=definition, number=1, digest="digest", content=b"x", published_at=now
    )
    entry = JournalEntry(
        organisation_id=lyceum.id,
        at=now,
        actor_role="curator",
        act="task.completed",
        subject="task",
        details={"old": 1},
        salt=b"salt",
        details_digest=b"digest",
        digest=b"digest",
    )
    block = JournalBlock(
        organisation_id=lyceum.id, number=1, entry_count=1, previous_hash=b"", hash=b"hash", sealed_at=now
    )
    session.add_all([version, entry, block])
    session.flush()
    session.add(PackVersionItem(pack_version_id=pack_version.id, definition_version_id=version.id))
    session.add(JournalLink(entry_id=entry.id, block_id=block.id, position=0))
    session.flush()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_entry SET act = 'task.released'",
        "UPDATE journal_entry SET details = NULL, salt = NULL",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry CASCADE",
        "UPDATE journal_block SET hash = 'other'",
        "DELETE FROM journal_block",
        "TRUNCATE journal_block CASCADE",
        "UPDATE journal_link SET position = 2",
        "DELETE FROM journal_link",
        "TRUNCATE journal_link CASCADE",
        "UPDATE definition_version SET content = 'other'",
        "DELETE FROM definition_version",
        "UPDATE pack_version SET note = 'other'",
        "DELETE FROM pack_version",
        "UPDATE pack_version_item SET pack_version_id = pack_version_id",
        "DELETE FROM pack_version_item",
        "TRUNCATE pack_version_item",
    ],
)
def test_the_database_refuses_to_change_what_is_final(connection: Connection, statement: str) -> None:
    with pytest.raises(IntegrityError, match="its rows are never changed"):
        connection.execute(text(statement))


def test_details_of_an_erased_person_may_be_emptied(connection: Connection) -> None:
    connection.execute(text("SET LOCAL tandem.erasing = 'yes'"))
    connection.execute(text("UPDATE journal_entry SET details = NULL, salt = NULL"))
    row = connection.execute(text("SELECT details, salt, digest FROM journal_entry")).one()
    assert row == (None, None, b"digest")


@pytest.mark.parametrize(
    "change", ["details = NULL", "details = NULL, salt = NULL, act = 'other'", "salt = 'x'"]
)
def test_erasing_changes_nothing_else(connection: Connection, change: str) -> None:
    connection.execute(text("SET LOCAL tandem.erasing = 'yes'"))
    with pytest.raises(IntegrityError, match="its rows are never changed"):
        connection.execute(text(f"UPDATE journal_entry SET {change}"))


def test_erasing_ends_with_its_transaction(connection: Connection) -> None:
    connection.execute(text("SET LOCAL tandem.erasing = 'yes'"))
    connection.commit()
    with pytest.raises(IntegrityError, match="its rows are never changed"):
        connection.execute(text("UPDATE journal_entry SET details = NULL, salt = NULL"))


def test_a_role_cannot_end_before_it_begins_whoever_writes_it(connection: Connection) -> None:
    with Session(connection) as session:
        lyceum = session.scalars(select(Organisation)).one()
        person = Person(organisation_id=lyceum.id, full_name="Мария Синицына")
        session.add(person)
        session.flush()
        days = {"since_on": date(2026, 9, 2), "until_on": date(2026, 9, 1)}
        session.add(Membership(person_id=person.id, organisation_id=lyceum.id, role="mentor", **days))
        with pytest.raises(IntegrityError, match="ck_membership_ends_after_it_begins"):
            session.flush()
