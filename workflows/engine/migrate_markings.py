"""Where the tokens of a process may stand together, in whatever order people act and whatever they decide.

A case may move only to where the new version could have brought it: then every join still gets its tokens,
and nothing is done twice. A marking says how many tokens wait at each place; a place is a node, or for a join
the node with the one the token came from. Two tokens on one place are as good as many.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from heapq import heapify, heappop, heappush
from itertools import chain, combinations
from typing import Any

from workflows.engine.case import Case, SubCase
from workflows.engine.migrate_words import Renaming
from workflows.engine.specs.activities import HumanTask
from workflows.engine.specs.events import BoundaryEvent, BoundarySplit, CatchEvent, EndEvent
from workflows.engine.specs.gateways import (
    CAME_FROM,
    EventGateway,
    ExclusiveGateway,
    InclusiveGateway,
    Joining,
)
from workflows.engine.specs.loops import Repeated
from workflows.engine.specs.subprocesses import Subprocess
from workflows.engine.specs.triggers import TerminateTrigger

Place = tuple[str, str]
Marking = frozenset[tuple[Place, int]]
Arrival = tuple[str, str]
"""A node that a token comes to, and the one it comes from."""

MANY = 2
MOST_MARKINGS = 5_000
"""A net may have more; what was not found among the nearest so many counts as out of reach."""


def marking_of(flow: Case | SubCase, renaming: Renaming) -> Marking:
    """Say where the tokens of a running process would stand in the new version."""
    places: Counter[Place] = Counter()
    for task in flow.tasks.values():
        spec = task.task_spec
        is_gateway = isinstance(spec, EventGateway) and any(not child.is_finished for child in task.children)
        is_beside = isinstance(spec, BoundaryEvent | BoundarySplit) or task.triggered
        if is_gateway or not (task is flow.task_tree or task.is_finished or is_beside or _is_chosen(task)):
            came_from = renaming.name(task.internal_data[CAME_FROM]) if isinstance(spec, Joining) else ""
            places[renaming.node(spec), came_from] += 1
    return _frozen(places)


def _is_chosen(task: Any) -> bool:
    """Say whether it is one of the events of an event gateway, which is where the token stands."""
    return task.parent is not None and isinstance(task.parent.task_spec, EventGateway)


@lru_cache(maxsize=512)
def markings(spec: Any) -> "Markings":
    """Give the markings of a process; what was looked for once is remembered."""
    return Markings(spec)


class Markings:
    """Plays the tokens of one process without data, from its start."""

    def __init__(self, spec: Any) -> None:
        self._nodes: dict[str, Any] = spec.task_specs
        self._splits = {n.activity.name: n for n in self._nodes.values() if isinstance(n, BoundarySplit)}
        self._reach: dict[str, set[str]] = {}
        self._begun = set(self._settled(Counter(), _outputs(spec.start)))
        self._answers: dict[Marking, bool] = {}

    def reach(self, wanted: Marking) -> bool:
        """Say whether the tokens may ever stand so."""
        if wanted not in self._answers:
            self._answers[wanted] = self._search(wanted)
        return self._answers[wanted]

    def _search(self, wanted: Marking) -> bool:
        """Look first at what is nearest: where it can be reached at all, that takes few steps."""
        found = set(self._begun)
        heap = [(len(one ^ wanted), number, one) for number, one in enumerate(found)]
        heapify(heap)
        while heap and wanted not in found and len(found) < MOST_MARKINGS:
            for one in set(self._after(heappop(heap)[2])) - found:
                found.add(one)
                heappush(heap, (len(one ^ wanted), len(found), one))
        return wanted in found

    def _after(self, marking: Marking) -> Iterator[Marking]:
        """Give the markings after whatever may happen next."""
        for (name, came_from), count in marking:
            node = self._nodes[name]
            if isinstance(node, Joining) and came_from:
                continue
            for arrivals, stays in self._happenings(node):
                for left in (count - 1, count) if count == MANY and not stays else (count - 1 + stays,):
                    yield from self._settled(Counter({**dict(marking), (name, ""): left}), arrivals)

    def _happenings(self, node: Any) -> Iterator[tuple[list[Arrival], bool]]:
        """Give what a token that waits here may do: where it goes, and whether it stays here too."""
        if isinstance(node, EventGateway):
            yield from ((_outputs(event), False) for event in node.outputs)
            return
        yield _outputs(node), False
        for event in self._events_beside(node):
            yield _outputs(event), not event.interrupts

    def _events_beside(self, node: Any) -> list[Any]:
        split = self._splits.get(node.name)
        return [event for event in split.outputs if event is not split.activity] if split is not None else []

    def _settled(self, places: Counter[Place], arrivals: list[Arrival]) -> Iterator[Marking]:
        """Move what arrives on until all wait; every choice on the way gives a marking."""
        ahead = [(_frozen(places), tuple(arrivals))]
        seen = set(ahead)
        while ahead:
            marking, arriving = ahead.pop()
            following = list(self._arrived(marking, arriving) if arriving else self._joined(marking))
            if not arriving and not following:
                yield marking
            fresh = [one for one in following if one not in seen]
            seen.update(fresh)
            ahead.extend(fresh)

    def _arrived(
        self, marking: Marking, arriving: tuple[Arrival, ...]
    ) -> Iterator[tuple[Marking, tuple[Arrival, ...]]]:
        (name, came_from), *rest = arriving
        node = self._nodes[name]
        if isinstance(node, BoundarySplit):
            node = node.activity
        if isinstance(node, EndEvent):
            yield (frozenset(), ()) if isinstance(node.trigger, TerminateTrigger) else (marking, tuple(rest))
        elif _waits(node):
            place = (node.name, came_from if isinstance(node, Joining) else "")
            yield _frozen(Counter(dict(marking)) + Counter([place])), tuple(rest)
        else:
            for taken in _ways(node):
                yield marking, (*rest, *taken)

    def _joined(self, marking: Marking) -> Iterator[tuple[Marking, tuple[Arrival, ...]]]:
        """Let the joins go on that need not wait any more."""
        places = Counter(dict(marking))
        for name in {name for name, came_from in places if came_from}:
            node = self._nodes[name]
            needed = Counter((name, source) for source in node._inputs)
            if isinstance(node, InclusiveGateway):
                needed = Counter(place for place in needed if place in places)
                if self._is_expected(node, places):
                    continue
            if all(places[place] >= min(count, MANY) for place, count in needed.items()):
                for taken in _ways(node):
                    yield _frozen(places - needed), tuple(taken)

    def _is_expected(self, join: Any, places: Counter[Place]) -> bool:
        """Say whether a token may still come to an inclusive join by a flow that has none."""
        filled = {came_from for name, came_from in places if name == join.name}
        empty = set(join._inputs) - filled
        standing = [self._nodes[name] for name, _ in places if name != join.name]
        for node in chain(standing, *map(self._events_beside, standing)):
            reached = self._reached(node, join)
            if not reached.isdisjoint(empty) and reached.isdisjoint(filled):
                return True
        return False

    def _reached(self, node: Any, join: Any) -> set[str]:
        key = f"{node.name} {join.name}"
        if key not in self._reach:
            self._reach[key] = join._reach(node)
        return self._reach[key]


def _waits(node: Any) -> bool:
    if isinstance(node, Joining):
        return len(node._inputs) > 1
    if isinstance(node, CatchEvent):
        return node.trigger.is_awaited
    return isinstance(node, HumanTask | Subprocess | Repeated | EventGateway)


def _ways(node: Any) -> Iterator[list[Arrival]]:
    """Give the flows that a token may take together out of a node at which nobody is waited for."""
    outputs = _outputs(node)
    if isinstance(node, ExclusiveGateway):
        yield from ([one] for one in outputs)
    elif isinstance(node, InclusiveGateway):
        sizes = range(1, len(outputs) + 1)
        yield from (list(some) for size in sizes for some in combinations(outputs, size))
    else:
        yield outputs


def _outputs(node: Any) -> list[Arrival]:
    return [(output.name, node.name) for output in node.outputs]


def _frozen(places: Iterable[Place] | Counter[Place]) -> Marking:
    return frozenset((place, min(count, MANY)) for place, count in Counter(places).items() if count > 0)
