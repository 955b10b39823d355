"""Tarjan's strongly connected components, without recursion: a diagram may be of any depth."""

from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Generic, TypeVar

Thing = TypeVar("Thing", bound=Hashable)


def knots(things: Iterable[Thing], onward: Callable[[Thing], Iterable[Thing]]) -> list[set[Thing]]:
    """Find the sets of things that lead back to one another, or one thing that leads to itself."""
    search = _Search(onward)
    for thing in things:
        if thing not in search.number:
            search.run(thing)
    return search.found


class _Search(Generic[Thing]):
    """One depth-first search: the number of each thing, and the lowest it leads back to."""

    def __init__(self, onward: Callable[[Thing], Iterable[Thing]]) -> None:
        self.onward = onward
        self.number: dict[Thing, int] = {}
        self.lowest: dict[Thing, int] = {}
        self.path: list[Thing] = []
        self.on_path: set[Thing] = set()
        self.found: list[set[Thing]] = []

    def run(self, first: Thing) -> None:
        stack = [self._enter(first)]
        while stack:
            thing, following = stack[-1]
            for other in following:
                if other not in self.number:
                    stack.append(self._enter(other))
                    break
                if other in self.on_path:
                    self.lowest[thing] = min(self.lowest[thing], self.number[other])
            else:
                stack.pop()
                if stack:
                    above = stack[-1][0]
                    self.lowest[above] = min(self.lowest[above], self.lowest[thing])
                self._close(thing)

    def _enter(self, thing: Thing) -> tuple[Thing, Iterator[Thing]]:
        self.number[thing] = self.lowest[thing] = len(self.number)
        self.path.append(thing)
        self.on_path.add(thing)
        return thing, iter(self.onward(thing))

    def _close(self, thing: Thing) -> None:
        if self.lowest[thing] != self.number[thing]:
            return
        knot = {self.path.pop()}
        while thing not in knot:
            knot.add(self.path.pop())
        self.on_path -= knot
        if len(knot) > 1 or thing in self.onward(thing):
            self.found.append(knot)
