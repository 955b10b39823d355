"""What the pages of documents share: to send a file, to take one, to be shown again."""

import contextlib
import io

from flask import Blueprint, Response, request, send_file

from workflows.records.remarks import LARGEST_FILE

pages = Blueprint("documents", __name__)
AROUND_A_FILE = 64 * 1024
PDF, ZIP = "application/pdf", "application/zip"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def to_keep(content: bytes, name: str, kind: str) -> Response:
    """Answer with a file that the browser saves and never opens in a page of ours."""
    return send_file(io.BytesIO(content), mimetype=kind, as_attachment=True, download_name=name)


def to_print(content: bytes, name: str) -> Response:
    """Answer with a file that we have printed ourselves, to look at and to send to a printer."""
    return send_file(io.BytesIO(content), mimetype=PDF, download_name=name)


def sent_file() -> tuple[str, bytes]:
    """Read the name and the content of the file that was sent; nothing when none was."""
    sent = request.files.get("file")
    if sent is None:
        return "", b""
    with contextlib.closing(sent):
        return sent.filename or "", sent.read(LARGEST_FILE + 1)
