"""What people say and keep beside a task."""

import contextlib
import io
import uuid

from flask import Response, flash, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.pages.tasks.blueprint import pages
from webapp.transaction import work
from workflows.operations import remarks
from workflows.queries.remarks import get_file
from workflows.records.remarks import LARGEST_FILE

AROUND_A_FILE = 64 * 1024


@pages.url_value_preprocessor
def make_room_for_a_file(endpoint: str | None, _values: dict[str, object] | None) -> None:
    """Let only this one address take a large request; it is said before anything reads the form."""
    if endpoint == "tasks.add_file":
        request.max_content_length = LARGEST_FILE + AROUND_A_FILE


@pages.post("/tasks/<uuid:task_id>/comments")
def comment(task_id: uuid.UUID) -> ResponseReturnValue:
    remarks.comment_task(work(), task_id, request.form.get("text", ""))
    flash(_("Said."), "is-good")
    return redirect(url_for("tasks.show", task_id=task_id, _anchor="comments"), 303)


@pages.post("/comments/<uuid:comment_id>/delete")
def delete_comment(comment_id: uuid.UUID) -> ResponseReturnValue:
    task_id = remarks.delete_comment(work(), comment_id)
    flash(_("Taken back."), "is-good")
    return redirect(url_for("tasks.show", task_id=task_id, _anchor="comments"), 303)


@pages.post("/tasks/<uuid:task_id>/files")
def add_file(task_id: uuid.UUID) -> ResponseReturnValue:
    remarks.add_file(work(), task_id, *sent_file())
    flash(_("The file lies beside the task now."), "is-good")
    return redirect(url_for("tasks.show", task_id=task_id, _anchor="files"), 303)


def sent_file() -> tuple[str, bytes]:
    """Read the name and the content of the file that was sent; nothing when none was."""
    sent = request.files.get("file")
    if sent is None:
        return "", b""
    with contextlib.closing(sent):
        return sent.filename or "", sent.read(LARGEST_FILE + 1)


@pages.get("/files/<uuid:file_id>")
def download(file_id: uuid.UUID) -> Response:
    name, kind, content = get_file(work(), file_id)
    # A file of somebody else's is kept, never opened in a page of ours.
    return send_file(io.BytesIO(content), mimetype=kind, as_attachment=True, download_name=name)


@pages.post("/files/<uuid:file_id>/delete")
def delete_file(file_id: uuid.UUID) -> ResponseReturnValue:
    task_id = remarks.delete_file(work(), file_id)
    flash(_("The file is deleted."), "is-good")
    return redirect(url_for("tasks.show", task_id=task_id, _anchor="files"), 303)
