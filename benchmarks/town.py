"""A database of its own with an organisation, its people and the measured pack, all made by operations."""

import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import text

from benchmarks.diagrams import MEETING_FORM, MEETINGS
from models import schema
from models.database import Database, open_database
from models.organisations import OrganisationKind
from workflows.operations import organisations, packs, people, users
from workflows.operations.cases import start_case
from workflows.queries.people import get_actor_of_person
from workflows.work import SYSTEM, Actor, Work

NOW = datetime(2026, 10, 5, 9, tzinfo=UTC)
PASSWORD = "a password for measuring"
SETTINGS = """key = "measured"
version = "1"
start = ["meetings"]
[title]
ru = "Встречи"
en = "Meetings"
[roles.mentor]
ru = "Наставник"
en = "Mentor"
"""
FILES = {
    "pack.toml": SETTINGS.encode(),
    "meetings.bpmn": MEETINGS.encode(),
    "forms/record_meeting.form": MEETING_FORM.encode(),
}


def clock() -> datetime:
    return NOW


@dataclass(frozen=True)
class Town:
    """One school, its curator and one mentor."""

    database: Database
    school_id: uuid.UUID
    curator: Actor
    mentor: Actor

    def start_cases(self, count: int) -> list[uuid.UUID]:
        """Start as many pairs and return their open tasks."""
        with self.database.sessions.begin() as session:
            work = Work(session, self.curator, clock)
            return [self._start(work, number) for number in range(count)]

    def _start(self, work: Work, number: int) -> uuid.UUID:
        people_of_case = {"mentor": [self._person_of(self.mentor)]}
        started = start_case(work, self.school_id, "meetings", f"Пара {number}", participants=people_of_case)
        return started.opened[0]

    @staticmethod
    def _person_of(actor: Actor) -> uuid.UUID:
        assert actor.person_id is not None
        return actor.person_id

    def settle(self) -> None:
        """Let the server put its own house in order, so that no run pays for the one before."""
        with self.database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
            connection.execute(text("CHECKPOINT"))


@contextmanager
def town() -> Iterator[Town]:
    """Start an embedded PostgreSQL in a folder of its own, and fill it."""
    with tempfile.TemporaryDirectory() as folder:
        database = open_database("", var=Path(folder) / "var")
        try:
            schema.upgrade(database)
            yield _fill(database)
        finally:
            database.close()


def _fill(database: Database) -> Town:
    with database.sessions.begin() as session:
        system = Work(session, SYSTEM, clock)
        school_id = organisations.add_organisation(system, "Школа", OrganisationKind.ORGANISATION)
        administrator = _add(system, school_id, "administrator")
        curator, mentor = _add(system, school_id, "curator"), _add(system, school_id, "mentor")
        packs.install_pack(Work(session, administrator, clock), school_id, FILES)
    return Town(database, school_id, curator, mentor)


def _add(work: Work, school_id: uuid.UUID, role: str) -> Actor:
    person_id = people.add_person(work, school_id, f"{role} школы")
    people.grant_membership(work, person_id, school_id, role, since_on=NOW.date())
    users.add_user(work, person_id, f"{role}@example.org", PASSWORD)
    return get_actor_of_person(work.session, person_id, NOW)
