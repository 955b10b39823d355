"""Write down who looked at the profile of a child: a page that is read writes nothing itself."""

import logging

from flask import Flask, current_app, g

from webapp.transaction import clock
from workflows.transaction import carry_out

log = logging.getLogger(__name__)


def init_app(app: Flask) -> None:
    """Note it when the session that read is closed; call it before the one that closes it is registered.

    What is to be done at the end of a request is done in the opposite order.
    """
    app.teardown_request(note)


def note(error: BaseException | None) -> None:
    """Note in a transaction of its own what the page asked to be noted; the page itself is there already."""
    if error is not None or "looked_at" not in g:
        return
    note_it, looked_at, actor = g.pop("looked_at")
    try:
        carry_out(
            current_app.extensions["tandem.sessions"],
            actor,
            lambda work: note_it(work, looked_at),
            clock=clock(),
        )
    except Exception:
        log.exception("It could not be noted that %s looked at %s.", actor.person_id, looked_at)
