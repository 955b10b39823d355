"""Tests of values as Python functions: the cells of a decision table, and what stands after `in`."""

from collections.abc import Mapping
from typing import Any

from workflows.engine.feel_operations import Leave, Test, checked, interval, is_hit
from workflows.engine.feel_parts import (
    NO_PROBE,
    Node,
    NotSimple,
    Part,
    binary,
    children,
    constant,
    gathered,
    makes,
    only_child,
    part,
)


@makes("UnaryTests")
def _cell(node: Node, depth: int) -> Part:
    inside = node[1]
    if inside[0][0] == "Wildcard":
        return constant(True)
    is_negated = inside[0][0] == "not"
    if len(inside) != (4 if is_negated else 1):
        raise NotSimple
    tests = part(inside[2 if is_negated else 0], depth).run
    return Part(lambda data, probe: is_hit(tests(data, probe), checked(probe)) is not is_negated)


@makes("PositiveUnaryTests")
def _tests(node: Node, depth: int) -> Part:
    return gathered([part(child, depth) for child in node[1]])


@makes("PositiveUnaryTest")
def _positive_test(node: Node, depth: int) -> Part:
    child = children(node, 1)[0]
    if not _may_be_booleanconstant(child):
        return part(child, depth)
    if child[0] != "BooleanLiteral":
        raise NotSimple
    expected = child[1] == "true"

    # A truth value in a cell is compared with what is tested; in an `in` it stands for itself.
    def run(data: Mapping[str, Any], probe: Any) -> Any:
        if probe is not NO_PROBE:
            return probe is expected
        if "?" in data:
            raise Leave
        return expected

    return Part(run)


def _may_be_booleanconstant(node: Node) -> bool:
    """The interpreter treats everything that it knows to be a truth value beforehand in its own way."""
    if node[0] in ("ParenthesizedExpression", "IfExpression", "ArithmeticExpression"):
        return any(_may_be_booleanconstant(child) for child in node[1])
    return bool(node[0] == "BooleanLiteral")


@makes("List")
def _list(node: Node, depth: int) -> Part:
    return gathered([part(child, depth) for child in node[1][1:-1]])


@makes("Interval")
def _interval(node: Node, depth: int) -> Part:
    (_, opening), first, _, last, (_, closing) = children(node, 5)

    def made(start: Any, end: Any) -> Any:
        has_start, has_end = start is not None and opening == "[", end is not None and closing == "]"
        return interval(start, end, has_start=has_start, has_end=has_end)

    return binary(made, part(first, depth), part(last, depth))


@makes("SimplePositiveUnaryTest")
def _simple_test(node: Node, depth: int) -> Part:
    if len(node[1]) == 1:
        return only_child(node, depth)
    (_, sign), operand = children(node, 2)
    expected = part(operand, depth)
    return binary(lambda _nothing, value: _test(sign, value), constant(None), expected)


def _test(sign: str, value: Any) -> Any:
    if sign in ("=", "!="):
        return Test(sign == "=", value)
    if sign in (">", ">="):
        return interval(value, None, has_start=sign == ">=", has_end=False)
    return interval(None, value, has_start=False, has_end=sign == "<=")
