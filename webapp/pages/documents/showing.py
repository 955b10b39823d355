"""One document: its files, what was signed, its versions, and what may be done with it."""

import uuid
from functools import partial

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models.documents import Document, FileRole
from webapp import refusals
from webapp.pages.documents.blueprint import AROUND_A_FILE, pages, sent_file, to_keep, to_print
from webapp.pages.shown_again import Said, again
from webapp.transaction import work
from webapp.words import documents as words
from workflows.operations import documents
from workflows.operations.profile_views import note_document_view
from workflows.queries.documents.showing import (
    DocumentView,
    get_document,
    get_file,
    get_printed,
    list_children,
)
from workflows.records.remarks import LARGEST_FILE
from workflows.refusals import Complaint, Conflict, Invalid

NAMED = 3
TELLING = ("name", "title", "measure", "pair", "result", "kind")


@pages.url_value_preprocessor
def make_room_for_a_scan(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Let only this one address take a large request; it is said before anything reads the form."""
    if endpoint == "documents.attach":
        request.max_content_length = LARGEST_FILE + AROUND_A_FILE


@pages.get("/documents/<uuid:document_id>")
def one(document_id: uuid.UUID) -> ResponseReturnValue:
    return page(document_id, Said())


def page(document_id: uuid.UUID, said: Said) -> str:
    """Make the page of a document, with what was just typed into one of its forms."""
    view = get_document(work(), document_id)
    if view.shows_child:
        remember_look(document_id)
    return render_template(
        "documents/one.html",
        view=view,
        document=view.document,
        may={one.value for one in view.may} if view.is_last else set(),
        made=[file for file in view.files if file.role is not FileRole.SCAN],
        scans=[file for file in view.files if file.role is FileRole.SCAN],
        filled=shown_values(view),
        makes="document:make" in {one.value for one in view.may},
        words=words,
        typed=request.form,
        act=(request.endpoint or "").rpartition(".")[2],
        longest_reason=documents.LONGEST_REASON,
        said=said,
    )


def remember_look(document_id: uuid.UUID) -> None:
    """Remember that somebody opened what tells of a child; it is written down once the page is on its way."""
    g.looked_at = partial(note_document_view, document_id=document_id), work().actor


def shown_values(view: DocumentView) -> list[tuple[str, str]]:
    """Read the values with which a document was filled, as far as they are words."""
    return list(read_values(view.document.values))


def read_values(values: dict[str, object]) -> list[tuple[str, str]]:
    """Put values into words: what a field is called, and what stands in it; of a list its length."""
    found = []
    for name in words.FIELDS:
        group, _dot, inner = name.partition(".")
        value = values.get(group)
        if inner and isinstance(value, dict):
            value = value.get(inner)
        if isinstance(value, list) and value:
            found.append((words.field(name), said_of_list(value)))
        elif isinstance(value, str) and value:
            found.append((words.field(name), value))
    return found


def said_of_list(rows: list[object]) -> str:
    """Name the first few of a list."""
    names = [first_word(row) for row in rows[:NAMED] if isinstance(row, dict)]
    more = len(rows) - len(names)
    return "; ".join(names) + (" " + _("and %(number)s more", number=more) if more > 0 else "")


def first_word(row: dict[str, object]) -> str:
    """Name a row of a list by what tells it from the others."""
    sides = [str(row[name]) for name in ("mentors", "mentees") if row.get(name)]
    return " – ".join(sides) or next((str(row[name]) for name in TELLING if row.get(name)), "")


@pages.get("/documents/<uuid:document_id>/files/<uuid:file_id>")
def download(document_id: uuid.UUID, file_id: uuid.UUID) -> Response:
    document, file = get_file(work(), document_id, file_id)
    look_at(document)
    return to_keep(file.content, file.name, file.kind)


@pages.get("/documents/<uuid:document_id>/print")
def printed(document_id: uuid.UUID) -> Response:
    document, file = get_printed(work(), document_id)
    look_at(document)
    return to_print(file.content, file.name)


def look_at(document: Document) -> None:
    """Remember the look if the document tells of a child that is not the reader."""
    if set(list_children(work(), document)) - {work().actor.person_id}:
        remember_look(document.id)


@pages.post("/documents/<uuid:document_id>/scan")
def attach(document_id: uuid.UUID) -> ResponseReturnValue:
    documents.attach_scan(work(), document_id, *sent_file())
    return back(document_id, _("The signed document lies here now."))


@pages.post("/documents/<uuid:document_id>/files/<uuid:file_id>/remove")
def remove(document_id: uuid.UUID, file_id: uuid.UUID) -> ResponseReturnValue:
    documents.remove_scan(work(), document_id, file_id)
    return back(document_id, _("The scan is gone."))


@pages.post("/documents/<uuid:document_id>/withdraw")
def withdraw(document_id: uuid.UUID) -> ResponseReturnValue:
    get_document(work(), document_id)
    if request.form.get("sure") != "on":
        raise Invalid({"sure": [Complaint("must_be_ticked")]})
    documents.withdraw_document(work(), document_id, request.form.get("reason", ""))
    return back(document_id, _("The document is withdrawn. It stays on record with the reason."))


def back(document_id: uuid.UUID, said: str) -> ResponseReturnValue:
    """Return to the page of the document."""
    flash(said, "is-good")
    return redirect(url_for("documents.one", document_id=document_id), 303)


@pages.errorhandler(Invalid)
@pages.errorhandler(Conflict)
def show_again(refusal: Invalid | Conflict) -> ResponseReturnValue:
    document_id = (request.view_args or {}).get("document_id")
    if document_id is None:
        return refusals.refuse(refusal)
    return again(refusal, lambda said: page(document_id, said))
