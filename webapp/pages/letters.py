"""The letters of an organisation, for whoever looks after it: what became of them, and what each says."""

import uuid
from collections.abc import Iterator
from functools import partial
from typing import Any

from flask import Blueprint, current_app, g, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import dates, tables
from webapp.letters import put_into_words
from webapp.schemas.letters import LettersQuery
from webapp.schemas.places import asked, written
from webapp.transaction import work
from webapp.words import letters as words
from workflows.operations.letters import note_reading
from workflows.queries.letters import LetterRow, LetterState, get_letter, list_letters
from workflows.queries.names import names_of

pages = Blueprint("letters", __name__)


@pages.get("/letters")
def show() -> ResponseReturnValue:
    wanted = asked(LettersQuery(), request.args)
    found, following = list_letters(work(), **wanted)
    return render_template(
        "letters/list.html",
        letters=found,
        words=words,
        tabs=list(tabs(wanted)),
        state=wanted["state"].value if wanted["state"] else None,
        search=wanted["search"],
        is_first=wanted["after"] is None,
        is_filtered=bool(wanted["state"] or wanted["search"]),
        has_mail=current_app.extensions["tandem.has_mail"],
        next_address=address(wanted, after=written(following.asked_at, following.id)) if following else None,
        first_address=address(wanted),
        table_address=url_for(".export", **filters(wanted)),
    )


@pages.get("/letters.csv")
def export() -> ResponseReturnValue:
    head = [_("To"), _("Address"), _("About"), _("State"), _("Asked for"), _("Sent"), _("Reason")]
    return tables.table("letters", head, map(cells, every_row(asked(LettersQuery(), request.args))))


@pages.get("/letters/<uuid:letter_id>")
def one(letter_id: uuid.UUID) -> ResponseReturnValue:
    letter, _subject = get_letter(work(), letter_id)
    said = None if letter.body else put_into_words(work(), letter)
    # That somebody reads what was written to another is itself written down, once this page is there.
    g.looked_at = partial(note_reading, letter_id=letter_id), work().actor
    return render_template(
        "letters/show.html",
        letter=letter,
        to=names_of(work(), [letter.person_id]).get(letter.person_id, ""),
        words=words,
        state=state_of(letter.sent_at, letter.given_up_at),
        subject=letter.subject or (said.subject if said else ""),
        body=letter.body or (said.plain if said else ""),
    )


def state_of(sent_at: object, given_up_at: object) -> LetterState:
    """Say what has become of a letter."""
    return LetterState.SENT if sent_at else LetterState.GIVEN_UP if given_up_at else LetterState.WAITING


def filters(wanted: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """Return what stands in the address of the list, leaving out the usual."""
    state = wanted["state"].value if wanted["state"] else None
    return {"state": state, "search": wanted["search"] or None} | changed


def address(wanted: dict[str, Any], **changed: Any) -> str:
    """Write the address of the list with these filters."""
    return url_for(".show", **filters(wanted, **changed))


def tabs(wanted: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """List the ways to look at the letters: name, address, whether it is this one."""
    yield _("All of them"), address(wanted, state=None), wanted["state"] is None
    for state in LetterState:
        yield str(words.STATES[state]), address(wanted, state=state.value), wanted["state"] is state


def every_row(wanted: dict[str, Any]) -> Iterator[LetterRow]:
    """Go through the list page by page, up to what a spreadsheet can use."""
    seen, after = 0, None
    while seen < tables.MOST_ROWS:
        found, after = list_letters(work(), **(wanted | {"after": after}), size=tables.PAGE)
        yield from found
        seen += len(found)
        if after is None:
            return


def cells(row: LetterRow) -> tuple[str, ...]:
    """Write a letter as a row of a table."""
    asked_at, sent_at = (dates.machine_readable(at) if at else "" for at in (row.asked_at, row.sent_at))
    kind, state = str(words.LETTERS[row.kind]), str(words.CHIPS[row.state])
    return (row.to, row.address, kind, state, asked_at, sent_at, words.failure(row.failure))
