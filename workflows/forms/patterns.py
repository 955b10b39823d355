"""Regular expressions that cannot hang.

A pattern in a form is written by whoever edits the pack and is run on whatever a stranger types. The
`re` of Python (and the one of browsers) tries possibilities one after another and can be kept busy for
hours by `(a+)+$` and forty letters. Here a pattern becomes a machine that looks at each character once:
its work is bounded by length times size, whatever the pattern. What such a machine cannot do, looking
ahead and repeating a group it has seen, is refused when the form is read.
"""

from collections.abc import Callable

from workflows.forms.pattern_syntax import (
    Assertion,
    Branches,
    Characters,
    Node,
    PatternUnsupported,
    Repeat,
    Sequence,
    parse,
)

__all__ = ["Pattern", "PatternUnsupported"]

MAX_SIZE = 1000
MAX_PARTS = 5000


class Pattern:
    """A pattern in the language of browsers, looked for anywhere in a text."""

    def __init__(self, source: str) -> None:
        self.source = source
        self._machine = _Machine()
        self._machine.add(parse(source))
        self._machine.end()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Pattern) and self.source == other.source

    def __hash__(self) -> int:
        return hash(self.source)

    def __repr__(self) -> str:
        return f"Pattern({self.source!r})"

    def is_found_in(self, text: str) -> bool:
        """Say whether some part of the text has this form."""
        return self._machine.run(text)


class _Machine:
    """Steps that test a character, fork, or test the place; all threads move through the text together."""

    def __init__(self) -> None:
        self.tests: list[Characters | None] = []
        self.places: list[str | None] = []
        self.next: list[tuple[int, ...]] = []
        self.parts = 0

    def _step(self, test: Characters | None = None, place: str | None = None) -> int:
        if len(self.next) >= MAX_SIZE:
            raise PatternUnsupported("form_pattern_too_large")
        self.tests.append(test)
        self.places.append(place)
        self.next.append((len(self.next) + 1,))
        return len(self.next) - 1

    def end(self) -> None:
        self.tests.append(None)
        self.places.append(None)
        self.next.append(())

    def add(self, node: Node) -> None:
        self.parts += 1  # Repeated emptiness adds no step, but would still take its time.
        if self.parts > MAX_PARTS:
            raise PatternUnsupported("form_pattern_too_large")
        match node:
            case Characters():
                self._step(test=node)
            case Assertion(place):
                self._step(place=place)
            case Sequence(parts):
                for part in parts:
                    self.add(part)
            case Branches(parts):
                self._add_branches(parts)
            case Repeat(part, least, most):
                self._add_repeat(part, least, most)

    def _add_branches(self, parts: tuple[Node, ...]) -> None:
        fork = self._step()
        starts, ends = [], []
        for part in parts:
            starts.append(len(self.next))
            self.add(part)
            ends.append(self._step())
        self.next[fork] = tuple(starts)
        for end in ends:
            self.next[end] = (len(self.next),)

    def _add_repeat(self, part: Node, least: int, most: int | None) -> None:
        for _ in range(least):
            self.add(part)
        if most is None:
            fork = self._step()
            self.add(part)
            back = self._step()
            self.next[back] = (fork,)
            self.next[fork] = (fork + 1, len(self.next))
            return
        forks = []
        for _ in range(most - least):
            forks.append(self._step())
            self.add(part)
        for fork in forks:
            self.next[fork] = (fork + 1, len(self.next))

    def run(self, text: str) -> bool:
        last = len(self.next) - 1
        threads: set[int] = set()
        for position in range(len(text) + 1):
            threads = self._follow(threads | {0}, text, position)
            if last in threads:
                return True
            if position < len(text):
                threads = self._advance(threads, ord(text[position]))
        return False

    def _follow(self, threads: set[int], text: str, position: int) -> set[int]:
        """Go through forks and places until only tests of characters are left."""
        reached: set[int] = set()
        waiting = list(threads)
        while waiting:
            step = waiting.pop()
            if step in reached:
                continue
            reached.add(step)
            place = self.places[step]
            if self.tests[step] is None and (place is None or _PLACES[place](text, position)):
                waiting.extend(self.next[step])
        return reached

    def _advance(self, threads: set[int], code: int) -> set[int]:
        return {
            self.next[step][0]
            for step in threads
            if (test := self.tests[step]) is not None and test.has(code)
        }


def _is_word(text: str, position: int) -> bool:
    return (
        0 <= position < len(text)
        and text[position].isascii()
        and (text[position].isalnum() or text[position] == "_")
    )


def _is_edge(text: str, position: int) -> bool:
    return _is_word(text, position - 1) != _is_word(text, position)


_PLACES: dict[str, Callable[[str, int], bool]] = {
    "start": lambda _text, position: position == 0,
    "end": lambda text, position: position == len(text),
    "edge": _is_edge,
    "inside": lambda text, position: not _is_edge(text, position),
}
