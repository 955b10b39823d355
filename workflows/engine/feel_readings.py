"""What a text of FEEL is made of, found out once and kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import workflows.engine.feel_calls  # registers its makers
import workflows.engine.feel_cells  # noqa: F401 - registers its makers
from workflows.engine.feel_parts import Node, Quick
from workflows.engine.feel_quick import quick
from workflows.engine.feel_reasons import FeelFailed
from workflows.engine.feel_sandbox import ask
from workflows.engine.feel_shapes import Shape, names_of

LONGEST_TEXT = 20_000
_MOST_KEPT = 8192


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as the interpreter reads it: its tree, the names in it, and a quick way if it is simple."""

    tree: Node
    names: frozenset[str]
    quick: Quick | None


@lru_cache(maxsize=_MOST_KEPT)
def read(text: str, shape: Shape = (), *, is_unary: bool = False) -> Reading:
    """Read a text among the odd names of its data; raise FeelFailed where it does not parse."""
    if not text.strip():
        raise FeelFailed("empty")
    if len(text) > LONGEST_TEXT:
        raise FeelFailed("too_long", length=len(text), limit=LONGEST_TEXT)
    tree = ask("tree", text=text, names=names_of(shape), unary=is_unary)["tree"]
    return Reading(tree, frozenset(_names(tree)), quick(tree))


def _names(tree: Node) -> Iterator[str]:
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        if node[0].endswith("VariableName"):
            yield node[1]
        elif not isinstance(node[1], str):
            waiting.extend(node[1])


def free_names(node: Node, bound: frozenset[str] = frozenset()) -> Iterator[str]:
    """Give the names that a tree takes from its data, leaving out those it makes itself."""
    kind, content = node[0], node[1]
    if kind.endswith("VariableName"):
        yield from () if content in bound else (content,)
    elif kind == "FunctionInvocation" and content[0][0] == "VariableName" and content[0][2]:
        yield from _in_order(content[1:], bound)
    elif kind == "PathExpression":
        yield from free_names(content[0], bound)
    elif kind == "FilterExpression":
        yield from free_names(content[0], bound)
        yield from _in_order(content[1:], bound | {"item"})
    elif kind in ("ForExpression", "QuantifiedExpression"):
        yield from _in_order(content, bound | {"partial"})
    elif kind != "Type" and not isinstance(content, str):
        yield from _in_order(content, bound)


def _in_order(children: list[Node], bound: frozenset[str]) -> Iterator[str]:
    """Give the free names of siblings, of which each sees what those before it have made."""
    for child in children:
        yield from free_names(child, bound)
        bound |= set(_made_by(child))


def _made_by(node: Node) -> Iterator[str]:
    kind, content = node[0], node[1]
    if kind in ("InExpressions", "FormalParameters", "FormalParameter"):
        for child in content if not isinstance(content, str) else ():
            yield from _made_by(child)
    elif kind in ("InExpression", "ContextEntry", "Key"):
        yield from _made_by(content[0])
    elif kind.endswith("Name"):
        yield content
    elif kind == "StringLiteral":
        yield content[1:-1]
