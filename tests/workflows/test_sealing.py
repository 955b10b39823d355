"""The chain of the journal: every kind of tampering is found, and said where."""

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection, func, select, text
from sqlalchemy.orm import Session

from models.database import Database
from models.journal import JournalBlock, JournalEntry, JournalLink, JournalUnsealed
from workflows import journal
from workflows.operations.journal import block_hash, seal_journal
from workflows.operations.organisations import add_organisation
from workflows.operations.verification import ERASED, Report, verify_journal
from workflows.refusals import Forbidden
from workflows.transaction import carry_out
from workflows.work import SYSTEM, Actor, Work


def write(work: Work, organisation_id: uuid.UUID, number: int) -> None:
    journal.record(
        work,
        "task.completed",
        f"task:{number}",
        organisation_id=organisation_id,
        role="mentor",
        details={"встреча": number, "answers": {"mood": "хорошо", "hours": 1.5}},
    )


@pytest.fixture
def school(work: Work) -> uuid.UUID:
    return add_organisation(work, "Школа № 7")


@pytest.fixture
def sealed(work: Work, school: uuid.UUID) -> list[int]:
    """Ten entries in three sealed blocks; returns their ids in order."""
    for number in range(9):
        write(work, school, number)
    while seal_journal(work, school, largest=4):
        pass
    mine = select(JournalEntry.id).where(JournalEntry.organisation_id == school)
    return list(work.session.scalars(mine.order_by(JournalEntry.id)))


@pytest.fixture
def tamper(connection: Connection) -> Callable[..., None]:
    """Change the tables as somebody who is superuser and has switched the triggers off."""

    def tamper(statement: str, **values: object) -> None:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        assert connection.execute(text(statement), values).rowcount > 0
        connection.execute(text("SET LOCAL session_replication_role = origin"))

    return tamper


def verify(work: Work, school: uuid.UUID, expected: tuple[int, bytes] | None = None) -> Report:
    work.session.expire_all()
    return verify_journal(work, school, expected=expected)


def found(report: Report) -> set[tuple[str, int | None, int | None]]:
    return {(fault.kind.value, fault.block, fault.entry_id) for fault in report.faults}


def test_a_sound_journal_is_sound(work: Work, school: uuid.UUID, sealed: list[int]) -> None:
    report = verify(work, school)
    assert report.is_sound
    assert (report.entries, report.number, report.unsealed, report.redacted) == (10, 3, 0, 0)


def test_what_waits_is_counted_and_is_no_fault(work: Work, school: uuid.UUID, sealed: list[int]) -> None:
    write(work, school, 99)
    report = verify(work, school)
    assert report.is_sound
    assert (report.entries, report.unsealed) == (11, 1)


def test_chains_of_organisations_are_apart(work: Work, school: uuid.UUID, sealed: list[int]) -> None:
    other = add_organisation(work, "Лицей")
    assert seal_journal(work, other) == 1
    assert verify(work, other).number == 1
    assert verify(work, school).number == 3


@pytest.mark.parametrize(
    "change",
    [
        "act = 'task.released'",
        "actor_role = 'curator'",
        "subject = 'task:other'",
        "at = at + interval '1 microsecond'",
        "actor_id = (SELECT id FROM person LIMIT 1)",
        "details_digest = 'other'",
    ],
)
def test_a_changed_entry_is_found(
    work: Work,
    town: object,
    school: uuid.UUID,
    sealed: list[int],
    tamper: Callable[..., None],
    change: str,
) -> None:
    tamper(f"UPDATE journal_entry SET {change} WHERE id = :id", id=sealed[5])
    assert ("entry_changed", 2, sealed[5]) in found(verify(work, school))


def test_changed_details_are_found(
    work: Work, school: uuid.UUID, sealed: list[int], tamper: Callable[..., None]
) -> None:
    tamper("UPDATE journal_entry SET details = '{\"a\": 1}' WHERE id = :id", id=sealed[2])
    assert found(verify(work, school)) == {("details_changed", 1, sealed[2])}


def test_half_erased_details_are_found(
    work: Work, school: uuid.UUID, sealed: list[int], tamper: Callable[..., None]
) -> None:
    tamper("UPDATE journal_entry SET details = NULL WHERE id = :id", id=sealed[2])
    assert found(verify(work, school)) == {("details_changed", 1, sealed[2])}


def test_a_changed_entry_with_its_digest_made_to_fit_is_found(
    work: Work, school: uuid.UUID, sealed: list[int], tamper: Callable[..., None]
) -> None:
    entry = work.session.get_one(JournalEntry, sealed[5])
    work.session.expunge(entry)
    entry.act = "task.released"
    digest = journal.entry_digest(entry)
    tamper(
        "UPDATE journal_entry SET act = :act, digest = :d WHERE id = :id",
        act=entry.act,
        d=digest,
        id=entry.id,
    )
    assert found(verify(work, school)) == {("block_changed", 2, None)}


def test_a_removed_entry_is_found(
    work: Work, school: uuid.UUID, sealed: list[int], tamper: Callable[..., None]
) -> None:
    tamper("DELETE FROM journal_entry WHERE id = :id", id=sealed[5])
    faults = found(verify(work, school))
    assert ("entry_removed", 2, sealed[5]) in faults
    assert ("block_changed", 2, None) in faults


@pytest.mark.parametrize("which", [4, 7])  # the first and the last of the second block
def test_an_entry_removed_with_its_link_is_found(
    work: Work, school: uuid.UUID, sealed: list[int], tamper: Callable[..., None], which: int
) -> None:
    tamper("DELETE FROM journal_link WHERE entry_id = :id", id=sealed[which])
    tamper("DELETE FROM journal_entry WHERE id = :id", id=sealed[which])
    faults = found(verify(work, school))
    assert ("entry_removed", 2, None) in faults
    assert ("block_changed", 2, None) in faults


def test_an_entry_taken_out_of_the_chain_is_found(
    work: Work, school: uuid.UUID, sealed: list[int], tamper: Callable[..., None]
) -> None:
    tamper("DELETE FROM journal_link WHERE entry_id = :id", id=sealed[5])
    assert ("entry_unlinked", None, sealed[5]) in found(verify(work, school))


def test_an_entry_that_never_came_into_the_chain_is_found(
    work: Work, school: uuid.UUID, sealed: list[int], tamper: Callable[..., None]
) -> None:
    write(work, school, 99)
    newest = work.session.scalar(select(func.max(JournalEntry.id)))
    tamper("DELETE FROM journal_unsealed WHERE entry_id = :id", id=newest)
    assert found(verify(work, school)) == {("entry_unlinked", None, newest)}


def test_entries_in_another_order_are_found(
    work: Work, school: uuid.UUID, sealed: list[int], tamper: Callable[..., None]
) -> None:
    tamper("UPDATE journal_link SET position = 100 WHERE entry_id = :a", a=sealed[5])
    tamper("UPDATE journal_link SET position = 1 WHERE entry_id = :b", b=sealed[6])
    tamper("UPDATE journal_link SET position = 2 WHERE entry_id = :a", a=sealed[5])
    faults = found(verify(work, school))
    assert ("entry_moved", 2, sealed[5]) in faults
    assert ("block_changed", 2, None) in faults


def test_a_changed_block_is_found(
    work: Work, school: uuid.UUID, sealed: list[int], tamper: Callable[..., None]
) -> None:
    tamper("UPDATE journal_block SET hash = 'other' WHERE organisation_id = :o AND number = 2", o=school)
    assert found(verify(work, school)) == {("block_changed", 2, None), ("chain_broken", 3, None)}


def test_a_changed_moment_of_sealing_is_found(
    work: Work, school: uuid.UUID, sealed: list[int], tamper: Callable[..., None]
) -> None:
    tamper(
        "UPDATE journal_block SET sealed_at = sealed_at - interval '1 day' "
        "WHERE organisation_id = :o AND number = 2",
        o=school,
    )
    assert found(verify(work, school)) == {("block_changed", 2, None)}


def test_a_removed_block_is_found(
    work: Work, school: uuid.UUID, sealed: list[int], tamper: Callable[..., None]
) -> None:
    tamper("DELETE FROM journal_link WHERE entry_id = ANY(:ids)", ids=sealed[4:8])
    tamper("DELETE FROM journal_entry WHERE id = ANY(:ids)", ids=sealed[4:8])
    tamper("DELETE FROM journal_block WHERE organisation_id = :o AND number = 2", o=school)
    assert found(verify(work, school)) == {("block_removed", 2, None), ("chain_broken", 3, None)}


def test_a_block_taken_from_the_end_is_found_by_whoever_noted_it(
    work: Work, school: uuid.UUID, sealed: list[int], tamper: Callable[..., None]
) -> None:
    before = verify(work, school)
    noted = (before.number, before.hash)
    assert verify(work, school, noted).is_sound
    tamper("DELETE FROM journal_link WHERE entry_id = ANY(:ids)", ids=sealed[8:])
    tamper("DELETE FROM journal_entry WHERE id = ANY(:ids)", ids=sealed[8:])
    tamper("DELETE FROM journal_block WHERE organisation_id = :o AND number = 3", o=school)
    assert found(verify(work, school, noted)) == {("not_as_expected", 3, None)}


def erase(connection: Connection, entry_id: int) -> None:
    connection.execute(text("SET LOCAL tandem.erasing = 'yes'"))
    connection.execute(
        text("UPDATE journal_entry SET details = NULL, salt = NULL WHERE id = :id"), {"id": entry_id}
    )


def test_erased_details_leave_the_chain_sound_when_an_entry_says_so(
    work: Work, school: uuid.UUID, sealed: list[int], connection: Connection
) -> None:
    journal.record(
        work,
        ERASED,
        f"organisation:{school}",
        organisation_id=school,
        role="system",
        details={"entries": [sealed[3]]},
    )
    erase(connection, sealed[3])
    report = verify(work, school)
    assert report.is_sound
    assert report.redacted == 1


def test_details_erased_without_an_entry_are_found(
    work: Work, school: uuid.UUID, sealed: list[int], connection: Connection
) -> None:
    erase(connection, sealed[3])
    assert found(verify(work, school)) == {("details_erased", 1, sealed[3])}


@pytest.mark.parametrize("details", [{}, {"entries": 7}, {"entries": ["7", None, [], {}]}])
def test_an_entry_about_erasing_that_names_nothing_excuses_nothing(
    work: Work, school: uuid.UUID, sealed: list[int], connection: Connection, details: dict[str, object]
) -> None:
    journal.record(work, ERASED, "organisation", organisation_id=school, role="system", details=details)
    erase(connection, sealed[3])
    assert found(verify(work, school)) == {("details_erased", 1, sealed[3])}


def test_an_entry_hidden_in_the_chain_of_another_organisation_is_found(
    work: Work, school: uuid.UUID, sealed: list[int], tamper: Callable[..., None]
) -> None:
    other = add_organisation(work, "Лицей")
    seal_journal(work, other)
    write(work, school, 99)
    newest = work.session.scalar(select(func.max(JournalEntry.id)))
    tamper("DELETE FROM journal_unsealed WHERE entry_id = :id", id=newest)
    tamper(
        "INSERT INTO journal_link SELECT :id, max(id), 100 FROM journal_block WHERE organisation_id = :o",
        id=newest,
        o=other,
    )
    assert found(verify(work, school)) == {("entry_unlinked", None, newest)}


def test_an_entry_queued_for_another_organisation_is_found_and_not_sealed_there(
    work: Work, school: uuid.UUID, sealed: list[int], tamper: Callable[..., None]
) -> None:
    other = add_organisation(work, "Лицей")
    write(work, school, 99)
    newest = work.session.scalar(select(func.max(JournalEntry.id)))
    tamper("UPDATE journal_unsealed SET organisation_id = :o WHERE entry_id = :id", id=newest, o=other)
    assert found(verify(work, school)) == {("entry_unlinked", None, newest)}
    assert seal_journal(work, other) == 1, "its own entry, and not the other one"
    assert found(verify(work, school)) == {("entry_unlinked", None, newest)}
    assert verify(work, other).is_sound


def test_only_administrators_and_auditors_verify(
    town: object, as_: Callable[[Actor], Work], work: Work
) -> None:
    school = town.school.id  # type: ignore[attr-defined]
    assert verify_journal(as_(town.auditor), school).is_sound  # type: ignore[attr-defined]
    with pytest.raises(Forbidden):
        verify_journal(as_(town.head), school)  # type: ignore[attr-defined]
    with pytest.raises(Forbidden):
        seal_journal(as_(town.administrator), school)  # type: ignore[attr-defined]


@pytest.fixture
def busy_school(committed_database: Database) -> tuple[Database, uuid.UUID]:
    school = carry_out(committed_database.sessions, SYSTEM, lambda work: add_organisation(work, "Школа № 8"))
    return committed_database, school


def test_acts_and_sealing_at_once_lose_nothing(busy_school: tuple[Database, uuid.UUID]) -> None:
    database, school = busy_school

    def act(number: int) -> int:
        carry_out(database.sessions, SYSTEM, lambda work: write(work, school, number))
        if number % 5 == 0:
            return carry_out(database.sessions, SYSTEM, lambda work: seal_journal(work, school, largest=7))
        return 0

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(act, range(120)))
    while carry_out(database.sessions, SYSTEM, lambda work: seal_journal(work, school)):
        pass
    report = carry_out(database.sessions, SYSTEM, lambda work: verify_journal(work, school))
    assert report.is_sound
    assert (report.entries, report.unsealed) == (121, 0)


def test_an_act_does_not_wait_for_another_of_its_organisation(
    busy_school: tuple[Database, uuid.UUID],
) -> None:
    database, school = busy_school
    with database.sessions() as first, database.sessions() as second:
        write(Work(first, SYSTEM), school, 1)
        # The first act is still open. The second must get through without it, at once.
        second.execute(text("SET LOCAL lock_timeout = '1s'"))
        write(Work(second, SYSTEM), school, 2)
        second.commit()
        first.commit()


def test_an_entry_committed_late_is_sealed_later_and_the_chain_stays_sound(
    busy_school: tuple[Database, uuid.UUID],
) -> None:
    database, school = busy_school
    with database.sessions() as slow:
        write(Work(slow, SYSTEM), school, 1)
        carry_out(database.sessions, SYSTEM, lambda work: write(work, school, 2))
        carry_out(database.sessions, SYSTEM, lambda work: seal_journal(work, school))
        slow.commit()
    assert carry_out(database.sessions, SYSTEM, lambda work: seal_journal(work, school)) == 1
    assert carry_out(database.sessions, SYSTEM, lambda work: verify_journal(work, school)).is_sound


def test_the_same_chain_gives_the_same_hashes() -> None:
    """The format is final: what was sealed by this version must verify by every later one."""
    moment = datetime(2026, 9, 1, 9, 0, tzinfo=UTC)
    entries = [(1, bytes(32)), (2, bytes([7]) * 32)]
    assert block_hash(uuid.UUID(int=1), 1, bytes(32), moment, entries).hex() == (
        "f671b1278e46e2043a050edd9bd08d13016336ff76ee0441b2e2d0c2dfb0fcc9"
    )


def test_sealing_leaves_every_entry_linked_and_none_queued(
    session: Session, school: uuid.UUID, sealed: list[int]
) -> None:
    assert session.scalar(select(func.count()).where(JournalLink.entry_id.in_(sealed))) == len(sealed)
    assert session.scalar(select(func.count()).where(JournalUnsealed.organisation_id == school)) == 0
    blocks = select(JournalBlock.entry_count).where(JournalBlock.organisation_id == school)
    assert session.scalars(blocks.order_by(JournalBlock.number)).all() == [4, 4, 2]
