"""Write down who did what. Nothing reads it to decide anything.

An entry and its place in the queue for sealing are one statement, so that an act waits for nobody
because of the chain. `entry_digest` is what the chain binds; sealing and verifying use the same one.
"""

import hashlib
import math
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Protocol, cast

import orjson
from sqlalchemy import Table, bindparam, insert, select

from models.journal import JournalEntry, JournalUnsealed
from models.prepared import Prepared
from workflows.work import Work

_SALT_BYTES = 16
_LARGEST_EXACT = 2**53


class Entry(Protocol):
    """An entry as written or as read back."""

    @property
    def organisation_id(self) -> uuid.UUID: ...
    @property
    def at(self) -> datetime: ...
    @property
    def actor_id(self) -> uuid.UUID | None: ...
    @property
    def actor_role(self) -> str: ...
    @property
    def act(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def case_id(self) -> uuid.UUID | None: ...
    @property
    def pack_version_id(self) -> uuid.UUID | None: ...
    @property
    def details_digest(self) -> bytes: ...


@dataclass(frozen=True, slots=True)
class _NewEntry:
    organisation_id: uuid.UUID
    at: datetime
    actor_id: uuid.UUID | None
    actor_role: str
    act: str
    subject: str
    case_id: uuid.UUID | None
    pack_version_id: uuid.UUID | None
    details_digest: bytes


_ENTRY = cast(Table, JournalEntry.__table__)
_entry = (
    insert(_ENTRY)
    .values(
        {column.name: bindparam(column.name, type_=column.type) for column in _ENTRY.c if column.name != "id"}
    )
    .returning(_ENTRY.c.id, _ENTRY.c.organisation_id)
    .cte("entry")
)
_RECORD = Prepared(
    insert(cast(Table, JournalUnsealed.__table__)).from_select(
        ["entry_id", "organisation_id"], select(_entry.c.id, _entry.c.organisation_id)
    )
)


def record(
    work: Work,
    act: str,
    subject: str,
    *,
    organisation_id: uuid.UUID,
    role: str,
    case_id: uuid.UUID | None = None,
    pack_version_id: uuid.UUID | None = None,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Add one entry, as part of the act's own transaction."""
    settled = settle(details or {})
    salt = secrets.token_bytes(_SALT_BYTES)
    entry = _NewEntry(
        organisation_id=organisation_id,
        at=work.now(),
        actor_id=work.actor.person_id,
        actor_role=role,
        act=act,
        subject=subject,
        case_id=case_id,
        pack_version_id=pack_version_id,
        details_digest=details_digest(settled, salt),
    )
    row = {name: getattr(entry, name) for name in _NewEntry.__slots__}
    row |= {"details": settled, "salt": salt, "digest": entry_digest(entry)}
    _RECORD.run(work.session.connection(), row)


def entry_digest(entry: Entry) -> bytes:
    """Digest everything of an entry, its details through their salted digest."""
    content = {
        "organisation_id": str(entry.organisation_id),
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor_id": str(entry.actor_id) if entry.actor_id else None,
        "actor_role": entry.actor_role,
        "act": entry.act,
        "subject": entry.subject,
        "case_id": str(entry.case_id) if entry.case_id else None,
        "pack_version_id": str(entry.pack_version_id) if entry.pack_version_id else None,
        "details": entry.details_digest.hex(),
    }
    return hashlib.sha256(canonical(content)).digest()


def details_digest(details: Mapping[str, Any], salt: bytes) -> bytes:
    """Digest the details so that, once they and the salt are gone, nobody can guess them back."""
    return hashlib.sha256(salt + canonical(details)).digest()


def canonical(value: Any) -> bytes:
    """Write JSON in the one way that equal values share."""
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def settle(value: Any) -> Any:
    """Turn a value into what the database gives back for it, so that digests can be computed again."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode()
    if isinstance(value, int | float):
        return _settle_number(value)
    if isinstance(value, Mapping):
        return {settle(str(key)): settle(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [settle(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, uuid.UUID | Decimal):
        return str(value)
    raise TypeError(f"A journal entry cannot hold a {type(value).__name__}.")


def _settle_number(value: int | float) -> int | float | str:
    # jsonb keeps decimal digits, not binary floats: only numbers that both write alike stay numbers.
    if isinstance(value, float) and (not math.isfinite(value) or abs(value) >= _LARGEST_EXACT):
        return str(value)
    if isinstance(value, int) and abs(value) >= _LARGEST_EXACT:
        return str(value)
    return int(value) if value == int(value) else value
