"""What may be taken back of what somebody said, and which files are what they say they are."""

import io
import re
import unicodedata
import zipfile
from datetime import timedelta

from models.casework import CaseNote
from models.tasks import TaskComment
from workflows.refusals import Complaint, Invalid
from workflows.work import Work

TO_TAKE_BACK = timedelta(minutes=10)
LARGEST_FILE = 10 * 1024 * 1024
LONGEST_REMARK = 2000

_OFFICE = "application/vnd.openxmlformats-officedocument"
_ODF = "application/vnd.oasis.opendocument"
_ZIPPED = {
    ".docx": (f"{_OFFICE}.wordprocessingml.document", "word/document.xml"),
    ".xlsx": (f"{_OFFICE}.spreadsheetml.sheet", "xl/workbook.xml"),
    ".pptx": (f"{_OFFICE}.presentationml.presentation", "ppt/presentation.xml"),
    ".odt": (f"{_ODF}.text", "content.xml"),
    ".ods": (f"{_ODF}.spreadsheet", "content.xml"),
}
_MACROS = ("vbaproject.bin", "basic/script-lc.xml")
_BEGINNINGS: tuple[tuple[bytes, str, frozenset[str]], ...] = (
    (b"%PDF-", "application/pdf", frozenset({".pdf"})),
    (b"\xff\xd8\xff", "image/jpeg", frozenset({".jpg", ".jpeg"})),
    (b"\x89PNG\r\n\x1a\n", "image/png", frozenset({".png"})),
    (b"GIF8", "image/gif", frozenset({".gif"})),
)
_UNPRINTABLE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]+')


def may_take_back(work: Work, comment: TaskComment | CaseNote) -> bool:
    """Say whether the actor wrote this just now, and so may take it back."""
    is_new = work.now() <= comment.written_at + TO_TAKE_BACK
    return comment.person_id == work.actor.person_id and is_new


def read_remark(text: str) -> str:
    """Return what somebody wrote, tidied; refuse nothing at all and too much."""
    text = "\n".join(line.rstrip() for line in text.replace("\x00", "").strip().splitlines())
    if not text:
        raise Invalid({"text": [Complaint("required")]})
    if len(text) > LONGEST_REMARK:
        raise Invalid({"text": [Complaint("too_long", maximum=LONGEST_REMARK)]})
    return text


def read_file(name: str, content: bytes) -> str:
    """Return of which kind a file is that was sent; refuse what is no file to keep."""
    if not content:
        raise Invalid({"file": [Complaint("file_not_chosen")]})
    if len(content) > LARGEST_FILE:
        raise Invalid({"file": [Complaint("file_too_large", limit=LARGEST_FILE // 1024 // 1024)]})
    kind = kind_of(name, content)
    if kind is None or not tidy_name(name):
        raise Invalid({"file": [Complaint("file_of_another_kind")]})
    return kind


def kind_of(name: str, content: bytes) -> str | None:
    """Return the media type that a file really has, or None if it is not one of those that are taken."""
    ending = f".{name.rpartition('.')[2].lower()}"
    for beginning, kind, endings in _BEGINNINGS:
        if content.startswith(beginning):
            return kind if ending in endings else None
    if content.startswith(b"PK\x03\x04"):
        document, main_part = _ZIPPED.get(ending, (None, ""))
        return document if main_part and _is_document(content, main_part) else None
    return "text/plain" if ending in (".txt", ".csv") and _is_text(content) else None


def _is_document(content: bytes, main_part: str) -> bool:
    """Say whether this is what its name says, and holds no macros; only the list of its parts is read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            parts = {one.lower() for one in file.namelist()}
    except zipfile.BadZipFile:
        return False
    return main_part in parts and not any(one.endswith(_MACROS) for one in parts)


def _is_text(content: bytes) -> bool:
    try:
        return "\x00" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False


def tidy_name(name: str) -> str:
    """Return a name that every system can keep a file under."""
    # Signs that nobody sees can turn a name around, so that it ends otherwise for the eye.
    seen = "".join(one for one in name if unicodedata.category(one) not in ("Cf", "Cs"))
    tidy = " ".join(_UNPRINTABLE.sub(" ", seen).split()).strip(". ")
    stem, dot, ending = tidy.rpartition(".")
    return f"{stem[:100]}.{ending[:10]}" if dot else tidy[:100]
