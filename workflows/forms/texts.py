"""Texts as people type and paste them: made clean, or refused with the reason."""

import re
import unicodedata
from typing import Any

from workflows.forms.wrong import wrong

MAX_LINE = 1000
MAX_LINES = 20_000
MAX_EMAIL = 254

# Telephone books and messengers paste these along; nobody sees them and nobody means them.
_INVISIBLE = dict.fromkeys([0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_FORBIDDEN_IN_LINE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

_EMAIL_NAME = re.compile(r"[^\s@\"(),:;<>\[\]\\]{1,64}")
_HOST_PART = re.compile(r"[^\W_](?:[\w-]{0,61}[^\W_])?")
_PHONE_SIGNS = re.compile(r"[\s().\u2010-\u2015-]+")
_PHONE = re.compile(r"\+[1-9][0-9]{7,14}")


def tidy(value: Any, *, has_lines: bool) -> str:
    """Strip and normalise a text; refuse what cannot be seen or kept."""
    if not isinstance(value, str):
        raise wrong("not_text")
    most = MAX_LINES if has_lines else MAX_LINE
    if len(value) > 4 * most:
        raise wrong("too_long", maximum=most)
    if value.isascii() and value.isprintable():
        return value.strip()
    text = value.translate(_INVISIBLE).replace("\r\n", "\n").replace("\r", "\n")
    if not has_lines:
        text = text.replace("\t", " ")
    text = unicodedata.normalize("NFC", text.strip())
    if (_FORBIDDEN if has_lines else _FORBIDDEN_IN_LINE).search(text):
        raise wrong("control_characters")
    return text


def check_length(text: str, minimum: int | None, maximum: int | None) -> None:
    """Refuse a text that is shorter or longer than asked for."""
    if minimum is not None and len(text) < minimum:
        raise wrong("too_short", minimum=minimum)
    if maximum is not None and len(text) > maximum:
        raise wrong("too_long", maximum=maximum)


def email(text: str) -> str:
    """Take an address for mail, in any alphabet."""
    name, _, host = text.rpartition("@")
    parts = host.split(".")
    is_name = _EMAIL_NAME.fullmatch(name) and ".." not in name and name[0] != "." != name[-1]
    if not is_name or len(text) > MAX_EMAIL or len(parts) < 2 or not all(map(_HOST_PART.fullmatch, parts)):
        raise wrong("not_an_email")
    return text


def phone(text: str) -> str:
    """Take a telephone number as people write it; give it as +79123456789."""
    digits = _PHONE_SIGNS.sub("", text)
    if digits.startswith("00"):
        digits = "+" + digits[2:]
    elif len(digits) == 11 and digits[0] in "78":
        digits = "+7" + digits[1:]
    if not _PHONE.fullmatch(digits):
        raise wrong("not_a_phone")
    return digits
