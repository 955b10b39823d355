"""What people note and keep beside a case."""

import io
import uuid

from flask import Blueprint, Response, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.pages.cases import show_again
from webapp.pages.tasks.remarks import AROUND_A_FILE, sent_file
from webapp.transaction import work
from workflows.operations import case_remarks
from workflows.queries.case_remarks import get_case_file
from workflows.records.remarks import LARGEST_FILE
from workflows.refusals import Invalid

pages = Blueprint("case_remarks", __name__)
pages.register_error_handler(Invalid, show_again)


@pages.url_value_preprocessor
def make_room_for_a_file(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Let only this one address take a large request; it is said before anything reads the form."""
    if endpoint == "case_remarks.add_file":
        request.max_content_length = LARGEST_FILE + AROUND_A_FILE


@pages.post("/cases/<uuid:case_id>/notes")
def note(case_id: uuid.UUID) -> ResponseReturnValue:
    case_remarks.note_case(work(), case_id, request.form.get("text", ""), is_inner=is_inner())
    return back(case_id, _("Noted."), "notes")


@pages.post("/case-notes/<uuid:note_id>/delete")
def delete_note(note_id: uuid.UUID) -> ResponseReturnValue:
    return back(case_remarks.delete_note(work(), note_id), _("Taken back."), "notes")


@pages.post("/cases/<uuid:case_id>/files")
def add_file(case_id: uuid.UUID) -> ResponseReturnValue:
    case_remarks.add_case_file(work(), case_id, *sent_file(), is_inner=is_inner())
    return back(case_id, _("The file lies beside the case now."), "files")


@pages.get("/case-files/<uuid:file_id>")
def download(file_id: uuid.UUID) -> Response:
    name, kind, content = get_case_file(work(), file_id)
    # A file of somebody else's is kept, never opened in a page of ours.
    return send_file(io.BytesIO(content), mimetype=kind, as_attachment=True, download_name=name)


@pages.post("/case-files/<uuid:file_id>/delete")
def delete_file(file_id: uuid.UUID) -> ResponseReturnValue:
    return back(case_remarks.delete_case_file(work(), file_id), _("The file is deleted."), "files")


def is_inner() -> bool:
    """Say whether it is only for those who lead the case."""
    return request.form.get("is_inner") == "on"


def back(case_id: uuid.UUID, said: str, place: str) -> ResponseReturnValue:
    """Return to the place on the page of the case."""
    flash(said, "is-good")
    return redirect(url_for("cases.show", case_id=case_id, _anchor=place), 303)
