"""The journal keeps what was done, so that its digests can be computed again from what is read."""

import uuid
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from models.journal import JournalEntry, JournalUnsealed
from workflows import journal
from workflows.queries.journal import list_case_entries
from workflows.refusals import Forbidden, NotFound

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


def last_entry(session):
    newest = select(JournalEntry).order_by(JournalEntry.id.desc()).limit(1)
    return session.scalars(newest.execution_options(populate_existing=True)).one()


def test_an_entry_is_queued_for_its_seal_in_the_same_statement(work, town, session, statements):
    with statements() as heard:
        journal.record(work, "a.b", "c:d", organisation_id=town.school.id, role="system")
    assert len(heard) == 1
    entry = last_entry(session)
    assert session.get_one(JournalUnsealed, entry.id).organisation_id == town.school.id


def test_the_digest_can_be_computed_again_from_what_is_read(work, town, session, pair_of_ids):
    case_id, pack_version_id = pair_of_ids
    journal.record(
        work,
        "task.completed",
        "task:1",
        organisation_id=town.school.id,
        role="mentor",
        case_id=case_id,
        pack_version_id=pack_version_id,
        details={"старое": 1.5, "новое": [True, None]},
    )
    session.expire_all()
    entry = last_entry(session)
    assert journal.details_digest(entry.details, entry.salt) == entry.details_digest
    assert journal.entry_digest(entry) == entry.digest


@pytest.fixture
def pair_of_ids(start_pair, town):
    return start_pair().id, town.pack.pack_version_id


@settings(max_examples=60, deadline=None)
@given(details=st.dictionaries(st.text(max_size=10), VALUES, max_size=4))
def test_whatever_the_details_are_they_come_back_with_the_same_digest(
    database, town, clock_of_september, details
):
    from workflows.work import SYSTEM, Work

    with database.sessions() as session:
        work = Work(session, SYSTEM, clock_of_september)
        journal.record(work, "a.b", "c:d", organisation_id=town.school.id, role="", details=details)
        entry = last_entry(session)
        assert journal.details_digest(entry.details, entry.salt) == entry.details_digest
        session.rollback()


@pytest.fixture(scope="module")
def clock_of_september():
    from datetime import UTC, datetime

    return lambda: datetime(2026, 9, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("at", timedelta(microseconds=1)),
        ("actor_id", uuid.uuid4()),
        ("actor_role", "curator"),
        ("act", "task.released"),
        ("subject", "task:2"),
        ("case_id", uuid.uuid4()),
        ("pack_version_id", uuid.uuid4()),
        ("details_digest", b"x"),
        ("organisation_id", uuid.uuid4()),
    ],
)
def test_whatever_is_changed_changes_the_digest(work, town, session, field, value):
    journal.record(work, "a.b", "c:d", organisation_id=town.school.id, role="system")
    entry = last_entry(session)
    session.expunge(entry)
    setattr(entry, field, entry.at + value if field == "at" else value)
    assert journal.entry_digest(entry) != entry.digest


def test_equal_details_have_different_digests_so_that_nobody_can_guess_them(work, town, session):
    digests = set()
    for _ in range(2):
        journal.record(work, "a.b", "c:d", organisation_id=town.school.id, role="", details={"answer": "да"})
        digests.add(last_entry(session).details_digest)
    assert len(digests) == 2


def test_what_cannot_be_written_is_said_by_name():
    with pytest.raises(TypeError, match="object"):
        journal.settle({"x": object()})


def test_a_curator_reads_what_happened_the_newest_first(start_pair, as_, town, statements):
    case = start_pair()
    with statements() as heard:
        entries = list_case_entries(as_(town.curator), case.id)
    assert [(entry.act, entry.actor_name) for entry in entries] == [("case.started", town.curator.name)]
    assert len(heard) <= 3
    assert list_case_entries(as_(town.curator), case.id, before=entries[0].id) == []


def test_who_reads_the_journal(start_pair, as_, town):
    case = start_pair()
    assert list_case_entries(as_(town.auditor), case.id)
    assert list_case_entries(as_(town.coordinator), case.id)
    with pytest.raises(Forbidden):
        list_case_entries(as_(town.mentor), case.id)
    with pytest.raises(NotFound):
        list_case_entries(as_(town.stranger), case.id)
