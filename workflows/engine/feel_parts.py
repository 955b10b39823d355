"""Parts of quick expressions: how a node of a syntax tree becomes a Python function.

Every kind of node that is simple has a maker, registered by `makes`; a node without one is not simple.
"""

from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from datetime import datetime
from typing import Any, NamedTuple

from workflows.engine.feel_operations import Leave

Node = Sequence[Any]
Quick = Callable[[Mapping[str, Any], Any], Any]
"""Called with the data and, in a cell, the value that is tested."""

NOW: ContextVar[datetime | None] = ContextVar("now", default=None)
"""The moment at which an expression is evaluated, where there is one."""

DEEPEST = 40
NO_PROBE = object()
"""Stands for the tested value where nothing is tested."""


class NotSimple(Exception):
    """The tree has something that only the interpreter knows."""


class Part(NamedTuple):
    """A node made ready; a constant gives the same value whatever the data."""

    run: Quick
    is_constant: bool = False


Maker = Callable[[Node, int], Part]
_makers: dict[str, Maker] = {}


def makes(kind: str) -> Callable[[Maker], Maker]:
    """Register a function as the maker of one kind of node."""

    def register(maker: Maker) -> Maker:
        _makers[kind] = maker
        return maker

    return register


def part(node: Node, depth: int) -> Part:
    """Make a node ready; raise NotSimple where it cannot be."""
    maker = _makers.get(node[0])
    if maker is None or depth > DEEPEST:
        raise NotSimple
    return maker(node, depth + 1)


def folded(run: Quick, *parts: Part) -> Part:
    """Work out now what does not depend on the data."""
    if not all(each.is_constant for each in parts):
        return Part(run)
    try:
        value = run({}, None)
    except Leave:
        raise NotSimple from None
    return constant(value)


def constant(value: Any) -> Part:
    """Give a part that is always this value."""
    return Part(lambda _data, _probe: value, is_constant=True)


def binary(work: Callable[[Any, Any], Any], left: Part, right: Part) -> Part:
    """Put two parts together by an operator, which sees both values."""
    first, second = left.run, right.run
    return folded(lambda data, probe: work(first(data, probe), second(data, probe)), left, right)


def gathered(parts: list[Part]) -> Part:
    """Give the list of what the parts give."""
    runs = [each.run for each in parts]
    return folded(lambda data, probe: [run(data, probe) for run in runs], *parts)


def children(node: Node, count: int) -> list[Node]:
    """Give the children of a node that must have so many."""
    if isinstance(node[1], str) or len(node[1]) != count:
        raise NotSimple
    return list(node[1])


def only_child(node: Node, depth: int) -> Part:
    """Make ready what stands alone inside a node."""
    return part(children(node, 1)[0], depth)
