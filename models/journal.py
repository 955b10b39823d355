"""The journal: who did what, when, on which version, with old and new value. Only ever added to.

An act writes its entry and queues it in `journal_unsealed`, in one statement. The worker seals
what is queued in blocks: one block of an organisation names its predecessor's hash and the digests
of its entries in order, so that a removed, changed or re-ordered entry is found. Acts of one
organisation therefore never wait for one another because of the chain.
"""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, LargeBinary, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class JournalEntry(Base):
    """One act. `details` holds old and new values; `digest` covers them through `salt`.

    The details of an erased person are emptied together with their salt. The digest of the entry
    stays as it was, so the chain still holds.
    """

    __tablename__ = "journal_entry"
    __table_args__ = (
        Index("ix_journal_entry_organisation_id_id", "organisation_id", "id"),
        Index("ix_journal_entry_case_id_id", "case_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    at: Mapped[datetime]
    actor_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("person.id"))
    actor_role: Mapped[str]
    act: Mapped[str]
    subject: Mapped[str]
    case_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("case.id"))
    pack_version_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("pack_version.id"))
    details: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    details_digest: Mapped[bytes] = mapped_column(LargeBinary)
    digest: Mapped[bytes] = mapped_column(LargeBinary)


class JournalUnsealed(Base):
    """An entry that waits for its place in the chain."""

    __tablename__ = "journal_unsealed"
    __table_args__ = (Index("ix_journal_unsealed_organisation_id_entry_id", "organisation_id", "entry_id"),)

    entry_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("journal_entry.id"), primary_key=True, autoincrement=False
    )
    organisation_id: Mapped[uuid.UUID]


class JournalBlock(Base):
    """A sealed block of entries of one organisation."""

    __tablename__ = "journal_block"
    __table_args__ = (UniqueConstraint("organisation_id", "number"),)

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    organisation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("organisation.id"))
    number: Mapped[int] = mapped_column(BigInteger)
    entry_count: Mapped[int]
    previous_hash: Mapped[bytes] = mapped_column(LargeBinary)
    hash: Mapped[bytes] = mapped_column(LargeBinary)
    sealed_at: Mapped[datetime]


class JournalLink(Base):
    """The place of an entry in the chain."""

    __tablename__ = "journal_link"
    __table_args__ = (UniqueConstraint("block_id", "position"),)

    entry_id: Mapped[int] = mapped_column(
        BigInteger, ForeignKey("journal_entry.id"), primary_key=True, autoincrement=False
    )
    block_id: Mapped[int] = mapped_column(BigInteger, ForeignKey("journal_block.id"))
    position: Mapped[int]
