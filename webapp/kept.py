"""Carry what was typed through a sign-in: the posted fields travel in the sign-in page, signed.

They stay in the reader's own page and are never written on our side before somebody is signed in
again. Whoever signs in as somebody else does not get them.
"""

import uuid
from dataclasses import dataclass
from typing import Any

from flask import current_app, request
from itsdangerous import BadData, URLSafeTimedSerializer

from webapp.addresses import is_from_here

NEVER_KEPT = frozenset({"csrf_token", "password", "kept"})
HOURS_24 = 24 * 60 * 60


@dataclass(frozen=True)
class Kept:
    """A posted form that waits for its author to be signed in again."""

    address: str
    fields: list[tuple[str, str]]
    author: str | None

    def belongs_to(self, user_id: uuid.UUID) -> bool:
        """Say whether this person typed it; a browser that forgot who it was is trusted to be the same."""
        return self.author is None or self.author == str(user_id)


def keep(author: str | None) -> str | None:
    """Sign what was just posted; nothing if another site posted it or nothing was typed."""
    fields = typed()
    if request.method != "POST" or not fields or not is_from_here():
        return None
    return signer().dumps({"address": request.path, "fields": fields, "author": author})


def typed() -> list[tuple[str, str]]:
    """List the fields of this request in their order, without secrets."""
    return [(name, value) for name, value in request.form.items(multi=True) if name not in NEVER_KEPT]


def unpack(text: str | None) -> Kept | None:
    """Read back what was kept; nothing if it is not ours or older than a day."""
    if not text:
        return None
    try:
        found: dict[str, Any] = signer().loads(text, max_age=HOURS_24)
    except BadData:
        return None
    fields = [(str(name), str(value)) for name, value in found["fields"]]
    return Kept(found["address"], fields, found["author"])


def signer() -> URLSafeTimedSerializer:
    """Return the signer of kept forms; its salt keeps them apart from sessions."""
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="kept form")
