"""The journal's chain: what it costs acts of one organisation at once, and what sealing costs the worker."""

import hashlib
import threading
import time
import uuid
from collections.abc import Callable
from typing import Any

import psycopg

from benchmarks.measuring import Finding, timed
from benchmarks.town import Town
from workflows import journal
from workflows.operations.journal import seal_journal
from workflows.operations.verification import verify_journal
from workflows.transaction import carry_out
from workflows.work import SYSTEM, Work

SECONDS = 3.0
CLIENTS = 16
# What an act does between its journal entry and the end of its commit on a slow disk or a remote server.
REST_OF_ACT = 0.005
ENTRIES = 20_000

_TABLES = """
CREATE TABLE naive_head (organisation_id uuid PRIMARY KEY, hash bytea NOT NULL);
CREATE TABLE naive_entry (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation_id uuid NOT NULL, at timestamptz NOT NULL DEFAULT now(),
    details jsonb NOT NULL, digest bytea NOT NULL, hash bytea
);
CREATE TABLE queued_entry (LIKE naive_entry INCLUDING ALL);
CREATE TABLE queue (entry_id bigint PRIMARY KEY, organisation_id uuid NOT NULL);
"""
_DETAILS = '{"element": "record_meeting", "answers": {"topic": "Meeting", "minutes": 60}}'

Write = Callable[[psycopg.Connection[Any], uuid.UUID], None]


def measure(town: Town) -> list[Finding]:
    """Compare the two designs, then time sealing and verifying."""
    organisation_id = uuid.uuid4()
    with psycopg.connect(town.database.conninfo, autocommit=True) as connection:
        connection.execute(_TABLES)
        connection.execute("INSERT INTO naive_head VALUES (%s, %s)", (organisation_id, bytes(32)))
    findings = []
    for rest, words in ((0.0, "nothing else to do"), (REST_OF_ACT, "5 ms until their commit is done")):
        for clients in (1, CLIENTS):
            queued, naive = (
                _per_second(town, write, organisation_id, clients, rest) for write in (_queue, _lock_head)
            )
            what = f"chain: acts a second, queued ÷ locking the last hash; {clients} at once, {words}"
            findings.append(Finding(what, f"{queued / naive:.2f}"))
    return findings + _sealing(town)


def _queue(connection: psycopg.Connection[Any], organisation_id: uuid.UUID) -> None:
    """Write an entry as the house does: with its place in the queue, in one statement."""
    connection.execute(
        "WITH entry AS (INSERT INTO queued_entry (organisation_id, details, digest) VALUES (%s, %s, %s) "
        "RETURNING id, organisation_id) INSERT INTO queue SELECT id, organisation_id FROM entry",
        (organisation_id, _DETAILS, hashlib.sha256(_DETAILS.encode()).digest()),
    )


def _lock_head(connection: psycopg.Connection[Any], organisation_id: uuid.UUID) -> None:
    """Write an entry chained at once: the last hash is locked until the act commits."""
    locked = "SELECT hash FROM naive_head WHERE organisation_id = %s FOR UPDATE"
    row = connection.execute(locked, (organisation_id,)).fetchone()
    assert row
    digest = hashlib.sha256(_DETAILS.encode()).digest()
    following = hashlib.sha256(row[0] + digest).digest()
    connection.execute(
        "WITH entry AS (INSERT INTO naive_entry (organisation_id, details, digest, hash) "
        "VALUES (%s, %s, %s, %s)) UPDATE naive_head SET hash = %s WHERE organisation_id = %s",
        (organisation_id, _DETAILS, digest, following, following, organisation_id),
    )


def _per_second(town: Town, write: Write, organisation_id: uuid.UUID, clients: int, rest: float) -> float:
    """Let clients act for a while, each on a connection of its own."""
    done = [0] * clients
    until = time.monotonic() + SECONDS

    def act(number: int) -> None:
        with psycopg.connect(town.database.conninfo) as connection:
            while time.monotonic() < until:
                write(connection, organisation_id)
                time.sleep(rest) if rest else None
                connection.commit()
                done[number] += 1

    threads = [threading.Thread(target=act, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done) / SECONDS


def _sealing(town: Town) -> list[Finding]:
    sessions, organisation_id = town.database.sessions, town.school_id

    def write(work: Work) -> None:
        for number in range(ENTRIES):
            journal.record(
                work,
                "task.completed",
                f"task:{number}",
                organisation_id=organisation_id,
                role="mentor",
                details={"answers": {"topic": "Встреча", "minutes": 60}},
            )

    def seal() -> None:
        while carry_out(sessions, SYSTEM, lambda work: seal_journal(work, organisation_id)):
            pass

    carry_out(sessions, SYSTEM, write)
    sealing = timed(seal)
    verifying = timed(lambda: carry_out(sessions, SYSTEM, lambda work: verify_journal(work, organisation_id)))
    return [
        Finding("chain: sealing an entry", f"{sealing / ENTRIES * 1000:.0f} µs"),
        Finding("chain: verifying an entry", f"{verifying / ENTRIES * 1000:.0f} µs"),
    ]
