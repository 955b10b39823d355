"""Write down who looked at what is known of a child: a page that is read writes nothing itself."""

import logging
import uuid
from collections.abc import Callable

from flask import Flask, current_app, g

from webapp.transaction import clock
from workflows.operations.profile_views import note_document_view, note_view
from workflows.transaction import carry_out
from workflows.work import Actor, Work

log = logging.getLogger(__name__)

LOOKS: dict[str, Callable[[Work, uuid.UUID], None]] = {
    "looked_at": note_view,
    "looked_at_document": note_document_view,
}
"""What a page leaves behind for what it showed: an entry of a base, a document."""


def init_app(app: Flask) -> None:
    """Note it when the session that read is closed; call it before the one that closes it is registered.

    What is to be done at the end of a request is done in the opposite order.
    """
    app.teardown_request(note)


def note(error: BaseException | None) -> None:
    """Note in a transaction of its own what the page asked to be noted; the page itself is there already."""
    for name, act in LOOKS.items():
        if error is None and name in g:
            note_one(act, *g.pop(name))


def note_one(act: Callable[[Work, uuid.UUID], None], looked_at: uuid.UUID, actor: Actor) -> None:
    """Note one look; if that fails, the log of the server tells of it."""
    try:
        carry_out(
            current_app.extensions["tandem.sessions"],
            actor,
            lambda work: act(work, looked_at),
            clock=clock(),
        )
    except Exception:
        log.exception("It could not be noted that %s looked at %s.", actor.person_id, looked_at)
