"""Catalogues of words (gettext PO): what the texts of a pack are in another language."""

import re
from collections.abc import Iterator

_ENTRY = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d+\])?)\s+(".*")')
_TEXT = re.compile(r'"(?:[^"\\]|\\.)*"')
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "t": "\t", "r": "\r"}


class CatalogueBroken(ValueError):
    """These bytes are no catalogue. Says in which line and why."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line
        self.reason = reason


def read_catalogue(content: bytes) -> dict[str, str]:
    """Read what each text is in the language of the catalogue; what is unsure or empty is left out."""
    return {
        entry["msgid"]: entry["msgstr"]
        for entry, is_fuzzy in _entries(content)
        if entry.get("msgid") and entry.get("msgstr") and not is_fuzzy
    }


def _entries(content: bytes) -> Iterator[tuple[dict[str, str], bool]]:
    entry: dict[str, str] = {}
    keyword, is_fuzzy = "", False
    for number, line in enumerate(_lines(content), start=1):
        match = _ENTRY.fullmatch(line)
        begins_anew = line.startswith("#") or (match is not None and match[1] in {"msgctxt", "msgid"})
        if begins_anew and "msgstr" in entry:
            yield entry, is_fuzzy
            entry, is_fuzzy = {}, False
        if line.startswith("#"):
            is_fuzzy = is_fuzzy or (line.startswith("#,") and "fuzzy" in line)
        elif match is not None:
            keyword = match[1]
            if keyword in entry:
                raise CatalogueBroken(number, f"{keyword} stands here twice")
            entry[keyword] = _unquoted(number, match[2])
        elif line.startswith('"') and keyword in entry:
            entry[keyword] += _unquoted(number, line)
        elif line:
            raise CatalogueBroken(number, "this line is neither msgid nor msgstr nor a comment")
    yield entry, is_fuzzy


def _lines(content: bytes) -> list[str]:
    try:
        return [line.strip() for line in content.decode("utf-8-sig").split("\n")]
    except UnicodeDecodeError as cause:
        raise CatalogueBroken(content[: cause.start].count(b"\n") + 1, "the file is not in UTF-8") from cause


def _unquoted(number: int, text: str) -> str:
    if _TEXT.fullmatch(text) is None:
        raise CatalogueBroken(number, "the text in quotes does not end where it should")
    return _ESCAPE.sub(lambda match: _ESCAPED.get(match[1], match[1]), text[1:-1])
