"""Seal the journal: give what was written its place in a chain that cannot be changed unnoticed.

An act writes its entry and queues it; the worker seals what is queued. One block names the hash of
the block before it and the digests of its entries in their order, so that the hash of the newest
block stands for every entry there ever was. See docs/decisions/0005.
"""

import hashlib
import uuid
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import cast

from sqlalchemy import Table, delete, func, insert, select

from models.journal import JournalBlock, JournalEntry, JournalLink, JournalUnsealed
from workflows.access import Permission, Subject, require
from workflows.queries.organisations import get_organisation
from workflows.work import Work

LARGEST_BLOCK = 1000
FIRST_PREVIOUS = bytes(32)

_ENTRY = cast(Table, JournalEntry.__table__)
_UNSEALED = cast(Table, JournalUnsealed.__table__)
_BLOCK = cast(Table, JournalBlock.__table__)
_LINK = cast(Table, JournalLink.__table__)


def seal_journal(work: Work, organisation_id: uuid.UUID, *, largest: int = LARGEST_BLOCK) -> int:
    """Seal the oldest unsealed entries of an organisation in one block; return how many there were.

    Whoever seals has the chain of the organisation alone; whoever comes meanwhile leaves it to them.
    """
    require(work, Permission.JOURNAL_SEAL, Subject.of(get_organisation(work, organisation_id)))
    connection = work.session.connection()
    lock = func.pg_try_advisory_xact_lock(func.hashtextextended(f"journal {organisation_id}", 0))
    if not connection.scalar(select(lock)):
        return 0
    queued = (
        select(_UNSEALED.c.entry_id, _ENTRY.c.digest)
        .join(_ENTRY, _ENTRY.c.id == _UNSEALED.c.entry_id)
        .where(_UNSEALED.c.organisation_id == organisation_id, _ENTRY.c.organisation_id == organisation_id)
        .order_by(_UNSEALED.c.entry_id)
        .limit(largest)
    )
    entries = [(row.entry_id, row.digest) for row in connection.execute(queued)]
    if entries:
        _add_block(work, organisation_id, entries)
    return len(entries)


def _add_block(work: Work, organisation_id: uuid.UUID, entries: list[tuple[int, bytes]]) -> None:
    connection = work.session.connection()
    newest = select(_BLOCK.c.number, _BLOCK.c.hash).where(_BLOCK.c.organisation_id == organisation_id)
    before = connection.execute(newest.order_by(_BLOCK.c.number.desc()).limit(1)).one_or_none()
    number, previous = (before.number + 1, before.hash) if before else (1, FIRST_PREVIOUS)
    now = work.now()
    block = {
        "organisation_id": organisation_id,
        "number": number,
        "entry_count": len(entries),
        "previous_hash": previous,
        "hash": block_hash(organisation_id, number, previous, now, entries),
        "sealed_at": now,
    }
    block_id = connection.scalar(insert(_BLOCK).values(block).returning(_BLOCK.c.id))
    ids = [entry_id for entry_id, _ in entries]
    links = [
        {"entry_id": entry_id, "block_id": block_id, "position": position}
        for position, entry_id in enumerate(ids)
    ]
    connection.execute(insert(_LINK), links)
    connection.execute(delete(_UNSEALED).where(_UNSEALED.c.entry_id.in_(ids)))


def block_hash(
    organisation_id: uuid.UUID,
    number: int,
    previous: bytes,
    sealed_at: datetime,
    entries: Iterable[tuple[int, bytes]],
) -> bytes:
    """Bind entries in their order to all that was sealed before them."""
    moment = sealed_at.astimezone(UTC).isoformat(timespec="microseconds").encode()
    digest = hashlib.sha256(organisation_id.bytes + number.to_bytes(8) + previous + moment)
    for entry_id, entry in entries:
        digest.update(entry_id.to_bytes(8) + entry)
    return digest.digest()
