"""A small Markdown for texts that come with a pack: headings, lists, emphasis, links. HTML stays text."""

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

TOP_LEVEL = 2  # The page has its own first heading; the highest one of a text comes next.

_INLINE = re.compile(
    r"\\(?P<sign>[!-/:-@\[-`{-~])"
    r"|`(?P<code>[^`\n]+)`"
    r"|\[(?P<words>[^\[\]\n]+)\]\((?P<address>[^()\s\\]+)\)"
    r"|\*\*(?P<strong>[^*\n]+)\*\*"
    r"|\*(?P<emphasis>[^*\n]+)\*"
    r"|(?<!\w)_(?P<underlined>[^_\n]+)_(?!\w)"
)
_ADDRESS = re.compile(r"(?:https?://|mailto:|tel:)[^\s]+|/(?!/)[^\s]*", re.IGNORECASE)
_HEADING = re.compile(r"(#{1,5}) +(.+)")
_LINE = re.compile(r"(?:-{3,}|\*{3,}|_{3,}) *")
_POINT = re.compile(r" {0,3}[-*+] +(.*)")
_NUMBERED = re.compile(r" {0,3}[0-9]{1,4}[.)] +(.*)")
_QUOTED = re.compile(r"> ?(.*)")
_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")


def to_html(text: str) -> Markup:
    """Render a text."""
    lines = text.replace("\r\n", "\n").split("\n")
    levels = [len(heading[1]) for heading in map(_HEADING.fullmatch, lines) if heading]
    return Markup("\n").join(_blocks(lines, TOP_LEVEL - min(levels, default=1)))


def as_plain(value: str) -> str:
    """Make a value stand in a text as it is, whatever signs are in it."""
    return _SIGNS.sub(r"\\\1", " ".join(value.split()))


def _blocks(lines: list[str], shift: int) -> Iterator[Markup]:
    at = 0
    while at < len(lines):
        line = lines[at]
        heading = _HEADING.fullmatch(line)
        if not line.strip():
            at += 1
        elif heading:
            level = min(len(heading[1]) + shift, 6)
            yield Markup("<h{0}>{1}</h{0}>").format(level, _inline(heading[2]))
            at += 1
        elif _LINE.fullmatch(line):
            yield Markup("<hr>")
            at += 1
        else:
            block, at = _long_block(lines, at)
            yield block


def _long_block(lines: list[str], at: int) -> tuple[Markup, int]:
    """Take a list, a quotation or a paragraph, as many lines as belong to it."""
    for pattern, frame in ((_POINT, Markup("<ul>{}</ul>")), (_NUMBERED, Markup("<ol>{}</ol>"))):
        points, end = _run(lines, at, pattern)
        if points:
            return frame.format(
                Markup().join(Markup("<li>{}</li>").format(_inline(one)) for one in points)
            ), end
    quoted, end = _run(lines, at, _QUOTED)
    if quoted:
        return Markup("<blockquote><p>{}</p></blockquote>").format(_lines(quoted)), end
    end = at + 1
    while end < len(lines) and lines[end].strip() and not _begins_block(lines[end]):
        end += 1
    return Markup("<p>{}</p>").format(_lines(lines[at:end])), end


def _run(lines: list[str], at: int, pattern: re.Pattern[str]) -> tuple[list[str], int]:
    found = []
    while at < len(lines) and (line := pattern.fullmatch(lines[at])):
        found.append(line[1])
        at += 1
    return found, at


def _begins_block(line: str) -> bool:
    return any(pattern.fullmatch(line) for pattern in (_HEADING, _LINE, _POINT, _NUMBERED, _QUOTED))


def _lines(lines: list[str]) -> Markup:
    return Markup("<br>\n").join(_inline(line.strip()) for line in lines)


def _inline(text: str) -> Markup:
    parts, end = [], 0
    for found in _INLINE.finditer(text):
        parts += [escape(text[end : found.start()]), _marked(found)]
        end = found.end()
    return Markup().join([*parts, escape(text[end:])])


def _marked(found: re.Match[str]) -> Markup:
    kind, inside = found.lastgroup, found[found.lastgroup or 0]
    if kind == "sign":
        return escape(inside)
    if kind == "code":
        return Markup("<code>{}</code>").format(inside)
    if kind == "address":
        if not _ADDRESS.fullmatch(inside):
            return escape(found[0])
        return Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(inside, _inline(found["words"]))
    frame = Markup("<strong>{}</strong>") if kind == "strong" else Markup("<em>{}</em>")
    return frame.format(_inline(inside))
