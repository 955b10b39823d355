"""What may be taken back of what somebody said, and which files are what they say they are."""

import re
from datetime import timedelta

from models.casework import CaseNote
from models.tasks import TaskComment
from workflows.refusals import Complaint, Invalid
from workflows.work import Work

TO_TAKE_BACK = timedelta(minutes=10)
LARGEST_FILE = 10 * 1024 * 1024
LONGEST_REMARK = 2000

_ZIPPED = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}
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
        return _ZIPPED.get(ending)
    return "text/plain" if ending in (".txt", ".csv") and _is_text(content) else None


def _is_text(content: bytes) -> bool:
    try:
        return "\x00" not in content.decode("utf-8")
    except UnicodeDecodeError:
        return False


def tidy_name(name: str) -> str:
    """Return a name that every system can keep a file under."""
    tidy = " ".join(_UNPRINTABLE.sub(" ", name).split()).strip(". ")
    stem, dot, ending = tidy.rpartition(".")
    return f"{stem[:100]}.{ending[:10]}" if dot else tidy[:100]
