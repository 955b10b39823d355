"""Read a regular expression as browsers write it into a small tree."""

import re
from dataclasses import dataclass

MAX_REPEATS = 1000
MAX_DEPTH = 20

_QUANTIFIER = re.compile(r"\{(\d{1,4})(?:(,)(\d{1,4})?)?\}", re.ASCII)
_HEX = re.compile(r"x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})")
_GROUP_NAME = re.compile(r"\?<[A-Za-z_$][A-Za-z0-9_$]*>")

_DIGITS = ((48, 57),)
_WORD = ((48, 57), (65, 90), (95, 95), (97, 122))
_SPACE = (
    (9, 13), (32, 32), (160, 160), (0x1680, 0x1680), (0x2000, 0x200A),
    (0x2028, 0x2029), (0x202F, 0x202F), (0x205F, 0x205F), (0x3000, 0x3000), (0xFEFF, 0xFEFF),
)  # fmt: skip
_SETS = {"d": _DIGITS, "w": _WORD, "s": _SPACE}
_SIGNS = {"n": 10, "r": 13, "t": 9, "v": 11, "f": 12, "0": 0}
_LINE_ENDS = ((10, 10), (13, 13), (0x2028, 0x2029))

Ranges = tuple[tuple[int, int], ...]


class PatternUnsupported(ValueError):
    """The pattern cannot be read, or would need a machine that may hang. `reason` is a key for people."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Characters:
    """One character out of these ranges, or out of everything else."""

    ranges: Ranges
    is_negated: bool = False

    def has(self, code: int) -> bool:
        return any(first <= code <= last for first, last in self.ranges) != self.is_negated


@dataclass(frozen=True)
class Assertion:
    """A place in the text rather than a character."""

    place: str


@dataclass(frozen=True)
class Sequence:
    parts: "tuple[Node, ...]"


@dataclass(frozen=True)
class Branches:
    parts: "tuple[Node, ...]"


@dataclass(frozen=True)
class Repeat:
    part: "Node"
    least: int
    most: int | None


Node = Characters | Assertion | Sequence | Branches | Repeat


def parse(source: str) -> Node:
    """Read a pattern, or refuse it with the reason."""
    reader = _Reader(source)
    node = reader.branches(depth=0)
    if reader.rest:
        raise PatternUnsupported("form_pattern_broken")
    return node


def _complement(ranges: Ranges) -> Ranges:
    gaps, start = [], 0
    for first, last in sorted(ranges):
        if first > start:
            gaps.append((start, first - 1))
        start = max(start, last + 1)
    return (*gaps, (start, 0x10FFFF))


class _Reader:
    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0

    @property
    def rest(self) -> bool:
        return self.at < len(self.source)

    def peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def take(self) -> str:
        if not self.rest:
            raise PatternUnsupported("form_pattern_broken")
        self.at += 1
        return self.source[self.at - 1]

    def takes(self, text: str) -> bool:
        if self.source.startswith(text, self.at):
            self.at += len(text)
            return True
        return False

    def branches(self, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise PatternUnsupported("form_pattern_too_large")
        parts = [self.sequence(depth)]
        while self.takes("|"):
            parts.append(self.sequence(depth))
        return parts[0] if len(parts) == 1 else Branches(tuple(parts))

    def sequence(self, depth: int) -> Node:
        parts = []
        while self.rest and self.peek() not in "|)":
            parts.append(self.quantified(self.atom(depth)))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def quantified(self, node: Node) -> Node:
        bounds = self.quantifier()
        if bounds is None:
            return node
        if isinstance(node, Assertion):
            raise PatternUnsupported("form_pattern_broken")
        self.takes("?")  # Greedy or not, the answer to "is it there?" is the same.
        least, most = bounds
        if most is not None and most < least:
            raise PatternUnsupported("form_pattern_broken")
        if max(least, most or 0) > MAX_REPEATS:
            raise PatternUnsupported("form_pattern_too_large")
        return Repeat(node, least, most)

    def quantifier(self) -> tuple[int, int | None] | None:
        for sign, bounds in (("*", (0, None)), ("+", (1, None)), ("?", (0, 1))):
            if self.takes(sign):
                return bounds
        found = _QUANTIFIER.match(self.source, self.at)
        if not found:
            return None
        self.at = found.end()
        least = int(found[1])
        if not found[2]:
            return least, least
        return least, int(found[3]) if found[3] else None

    def atom(self, depth: int) -> Node:
        sign = self.take()
        match sign:
            case "(":
                return self.group(depth)
            case "[":
                return self.characters()
            case "\\":
                return self.escape()
            case ".":
                return Characters(_LINE_ENDS, is_negated=True)
            case "^":
                return Assertion("start")
            case "$":
                return Assertion("end")
            case "*" | "+" | "?":
                raise PatternUnsupported("form_pattern_broken")
        return Characters(((ord(sign), ord(sign)),))

    def group(self, depth: int) -> Node:
        if self.peek() == "?" and not self.takes("?:"):
            name = _GROUP_NAME.match(self.source, self.at)
            if not name:
                raise PatternUnsupported("form_pattern_looks_around")
            self.at = name.end()
        node = self.branches(depth + 1)
        if not self.takes(")"):
            raise PatternUnsupported("form_pattern_broken")
        return node

    def escape(self) -> Node:
        if self.takes("b"):
            return Assertion("edge")
        if self.takes("B"):
            return Assertion("inside")
        if self.peek() in "123456789k" and self.rest:
            raise PatternUnsupported("form_pattern_looks_around")
        return Characters(self.escaped())

    def escaped(self) -> Ranges:
        code = _HEX.match(self.source, self.at)
        if code:
            self.at = code.end()
            number = int(code[1] or code[2], 16)
            return ((number, number),)
        sign = self.take()
        if sign.lower() in _SETS:
            ranges = _SETS[sign.lower()]
            return ranges if sign.islower() else _complement(ranges)
        if sign in _SIGNS:
            return ((_SIGNS[sign], _SIGNS[sign]),)
        if sign.isascii() and sign.isalnum():
            raise PatternUnsupported("form_pattern_broken")
        return ((ord(sign), ord(sign)),)

    def characters(self) -> Node:
        is_negated = self.takes("^")
        ranges: list[tuple[int, int]] = []
        while not self.takes("]"):
            first = self.member()
            if self.peek() == "-" and self.source[self.at + 1 : self.at + 2] not in ("]", ""):
                self.at += 1
                ranges.append(_span(first, self.member()))
            else:
                ranges.extend(first)
        return Characters(tuple(ranges), is_negated)

    def member(self) -> Ranges:
        sign = self.take()
        if sign != "\\":
            return ((ord(sign), ord(sign)),)
        return ((8, 8),) if self.takes("b") else self.escaped()


def _span(first: Ranges, last: Ranges) -> tuple[int, int]:
    if len(first) != 1 or len(last) != 1 or first[0][0] > last[0][0]:
        raise PatternUnsupported("form_pattern_broken")
    return first[0][0], last[0][1]
