"""Verify the journal: compute its chain anew and say what is not as it was written."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import Row, Table, select

from models.journal import JournalBlock, JournalEntry, JournalLink, JournalUnsealed
from workflows.access import Permission, Subject, require
from workflows.journal import details_digest, entry_digest
from workflows.operations.journal import FIRST_PREVIOUS, block_hash
from workflows.queries.organisations import get_organisation
from workflows.work import Work

MOST_FAULTS = 1000
ERASED = "journal.erased"
"""The act of an entry that says whose details were erased: `entries` in its details lists their ids."""

_ROWS_AT_ONCE = 500
_ENTRY = cast(Table, JournalEntry.__table__)
_UNSEALED = cast(Table, JournalUnsealed.__table__)
_BLOCK = cast(Table, JournalBlock.__table__)
_LINK = cast(Table, JournalLink.__table__)


class FaultKind(StrEnum):
    """What can be wrong with a journal."""

    ENTRY_CHANGED = "entry_changed"
    DETAILS_CHANGED = "details_changed"
    DETAILS_ERASED = "details_erased"
    ENTRY_REMOVED = "entry_removed"
    ENTRY_MOVED = "entry_moved"
    ENTRY_UNLINKED = "entry_unlinked"
    BLOCK_CHANGED = "block_changed"
    BLOCK_REMOVED = "block_removed"
    CHAIN_BROKEN = "chain_broken"
    NOT_AS_EXPECTED = "not_as_expected"


@dataclass(frozen=True)
class Fault:
    """One thing that is not as it was written, and where."""

    kind: FaultKind
    block: int | None = None
    entry_id: int | None = None


@dataclass
class Report:
    """What a verification found. `number` and `hash` of the newest block stand for all before it:
    whoever noted them elsewhere can prove later that no block was taken away from the end.
    """

    entries: int = 0
    redacted: int = 0
    unsealed: int = 0
    number: int = 0
    hash: bytes = FIRST_PREVIOUS
    faults: list[Fault] = field(default_factory=list)
    fault_count: int = 0
    announced: frozenset[int] = frozenset()
    """The entries whose details were erased openly."""

    @property
    def is_sound(self) -> bool:
        return self.fault_count == 0

    def add(self, kind: FaultKind, block: int | None = None, entry_id: int | None = None) -> None:
        """Count a fault, and keep it while there is room."""
        self.fault_count += 1
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(Fault(kind, block, entry_id))


def verify_journal(
    work: Work, organisation_id: uuid.UUID, *, expected: tuple[int, bytes] | None = None
) -> Report:
    """Compute the whole chain of an organisation anew, block by block, and say what does not fit.

    `expected` is the number and the hash of a block as somebody noted them at an earlier time.
    """
    require(work, Permission.JOURNAL_VERIFY, Subject.of(get_organisation(work, organisation_id)))
    report, is_expected_met = Report(announced=_announced(work, organisation_id)), expected is None
    for block in _blocks(work, organisation_id):
        _check_place(report, block)
        _check_block(work, report, block)
        report.number, report.hash = block.number, block.hash
        is_expected_met |= expected == (block.number, block.hash)
    if not is_expected_met and expected:
        report.add(FaultKind.NOT_AS_EXPECTED, expected[0])
    _check_queue(work, report, organisation_id)
    return report


def _check_place(report: Report, block: Row[Any]) -> None:
    for missing in range(report.number + 1, min(block.number, report.number + MOST_FAULTS)):
        report.add(FaultKind.BLOCK_REMOVED, missing)
    if block.previous_hash != report.hash:
        report.add(FaultKind.CHAIN_BROKEN, block.number)


def _check_block(work: Work, report: Report, block: Row[Any]) -> None:
    bound, last_id, positions = [], 0, 0
    for entry in _entries(work, block.id):
        if entry.position != positions:
            report.add(FaultKind.ENTRY_REMOVED, block.number)
        positions = entry.position + 1
        if entry.id is None:
            report.add(FaultKind.ENTRY_REMOVED, block.number, entry.entry_id)
            continue
        if entry.id < last_id:
            report.add(FaultKind.ENTRY_MOVED, block.number, entry.id)
        last_id = entry.id
        _check_entry(report, block.number, entry)
        bound.append((entry.id, entry.digest))
    if positions != block.entry_count:
        report.add(FaultKind.ENTRY_REMOVED, block.number)
    found = block_hash(block.organisation_id, block.number, block.previous_hash, block.sealed_at, bound)
    if found != block.hash:
        report.add(FaultKind.BLOCK_CHANGED, block.number)


def _check_entry(report: Report, block: int | None, entry: Row[Any]) -> None:
    report.entries += 1
    if entry_digest(entry) != entry.digest:
        report.add(FaultKind.ENTRY_CHANGED, block, entry.id)
    if entry.details is None and entry.salt is None:
        report.redacted += 1
        if entry.id not in report.announced:
            report.add(FaultKind.DETAILS_ERASED, block, entry.id)
    elif entry.details is None or details_digest(entry.details, entry.salt or b"") != entry.details_digest:
        report.add(FaultKind.DETAILS_CHANGED, block, entry.id)


def _check_queue(work: Work, report: Report, organisation_id: uuid.UUID) -> None:
    """Check the entries that have no place in the chain of their organisation: they must wait for one."""
    queued = (_UNSEALED.c.entry_id == _ENTRY.c.id) & (_UNSEALED.c.organisation_id == organisation_id)
    linked = _LINK.join(
        _BLOCK, (_BLOCK.c.id == _LINK.c.block_id) & (_BLOCK.c.organisation_id == organisation_id)
    )
    loose = (
        select(_ENTRY, _UNSEALED.c.entry_id.is_not(None).label("is_queued"))
        .outerjoin(linked, _LINK.c.entry_id == _ENTRY.c.id)
        .outerjoin(_UNSEALED, queued)
        .where(_ENTRY.c.organisation_id == organisation_id, _LINK.c.entry_id.is_(None))
        .order_by(_ENTRY.c.id)
    )
    for entry in work.session.execute(loose.execution_options(yield_per=_ROWS_AT_ONCE)):
        _check_entry(report, None, entry)
        report.unsealed += entry.is_queued
        if not entry.is_queued:
            report.add(FaultKind.ENTRY_UNLINKED, None, entry.id)


def _announced(work: Work, organisation_id: uuid.UUID) -> frozenset[int]:
    said = select(_ENTRY.c.details).where(
        _ENTRY.c.organisation_id == organisation_id, _ENTRY.c.act == ERASED, _ENTRY.c.details.is_not(None)
    )
    lists = (details.get("entries") for details in work.session.scalars(said) if isinstance(details, dict))
    return frozenset(
        one for listed in lists if isinstance(listed, list) for one in listed if isinstance(one, int)
    )


def _blocks(work: Work, organisation_id: uuid.UUID) -> Iterator[Row[Any]]:
    number = 0
    own = select(_BLOCK).where(_BLOCK.c.organisation_id == organisation_id).order_by(_BLOCK.c.number)
    while page := work.session.execute(own.where(_BLOCK.c.number > number).limit(_ROWS_AT_ONCE)).all():
        yield from page
        number = page[-1].number


def _entries(work: Work, block_id: int) -> Iterator[Row[Any]]:
    linked = (
        select(_LINK.c.entry_id, _LINK.c.position, _ENTRY)
        .outerjoin(_ENTRY, _ENTRY.c.id == _LINK.c.entry_id)
        .where(_LINK.c.block_id == block_id)
        .order_by(_LINK.c.position)
    )
    yield from work.session.execute(linked)
