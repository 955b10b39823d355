"""Simple expressions as Python functions, made from the interpreter's own syntax tree.

Asking the sandbox costs a third of a millisecond, and a gateway asks in every step of every case. What
most conditions and cells are made of is evaluated here instead, in microseconds; a differential test
holds both to the same answers. No text is parsed here: a tree with any other node is not simple.
"""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from workflows.engine.feel_operations import (
    LARGEST,
    Leave,
    Said,
    Test,
    arithmetic,
    between,
    both,
    checked,
    either,
    equals,
    is_in,
    ordering,
)
from workflows.engine.feel_parts import (
    NO_PROBE,
    NOW,
    Node,
    NotSimple,
    Part,
    Quick,
    binary,
    children,
    constant,
    makes,
    only_child,
    part,
)
from workflows.engine.feel_shapes import is_plain

_NAME = re.compile(r"[A-Za-z_Ѐ-ӿ][A-Za-z_Ѐ-ӿ0-9]*( [A-Za-z_Ѐ-ӿ0-9]+)*")
_WHOLE = re.compile(r"-?[0-9]{1,15}")
_DECIMAL = re.compile(r"-?[0-9]{0,15}\.[0-9]{1,15}")
_MISSING = object()

makes("Expression")(only_child)


def quick(tree: Node) -> Quick | None:
    """Make a function of a syntax tree, or None if it is not simple."""
    try:
        return part(tree, 0).run
    except NotSimple:
        return None


def evaluate(run: Quick, data: Mapping[str, Any], now: datetime | None = None) -> Any:
    """Evaluate a simple expression; raise Leave where the sandbox has to."""
    before = NOW.set(now)
    try:
        return result(run(data, NO_PROBE))
    finally:
        NOW.reset(before)


def result(value: Any) -> Any:
    """Give a value out: a copy, with numbers as JSON would bring them."""
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return value
    if kind is Said:
        return str(value)
    if kind is list:
        return [result(item) for item in value]
    if kind is dict:
        return {_key(key): result(item) for key, item in value.items()}
    if kind is float and checked(value).is_integer():
        value = int(value)
    if type(value) is int and not -LARGEST <= value <= LARGEST:
        raise Leave
    if type(value) in (int, float):
        return value
    raise Leave


def _key(key: Any) -> str:
    if type(key) is str:
        return key
    raise Leave


@makes("BooleanLiteral")
def _boolean(node: Node, _depth: int) -> Part:
    return constant(node[1] == "true")


@makes("null")
def _null(_node: Node, _depth: int) -> Part:
    return constant(None)


@makes("NumericLiteral")
def _number(node: Node, _depth: int) -> Part:
    if _WHOLE.fullmatch(node[1]):
        return constant(int(node[1]))
    if _DECIMAL.fullmatch(node[1]):
        return constant(float(node[1]))
    raise NotSimple


@makes("StringLiteral")
def _string(node: Node, _depth: int) -> Part:
    text = node[1]
    if len(text) < 2 or not text.startswith('"') or not text.endswith('"') or "\\" in text:
        raise NotSimple
    return constant(text[1:-1])


@makes("VariableName")
def _variable(node: Node, _depth: int) -> Part:
    _, name, is_builtin = node
    if name == "?":
        return Part(lambda data, probe: checked(data["?"] if probe is NO_PROBE else probe))
    if not _NAME.fullmatch(name):
        raise NotSimple

    def run(data: Mapping[str, Any], _probe: Any) -> Any:
        value = data.get(name, _MISSING)
        if value is _MISSING:
            return _absent(data, is_builtin)
        kind = type(value)
        return value if kind is str or kind is bool else checked(value)

    return Part(run)


def _absent(data: Mapping[str, Any], is_builtin: bool) -> None:
    """What is not there is null, unless the interpreter might find it under an odd spelling."""
    if is_builtin or not all(map(is_plain, data)):
        raise Leave


@makes("PathExpression")
def _path(node: Node, depth: int) -> Part:
    target_node, _, (kind, name, _) = children(node, 3)
    if kind != "PathName" or not _NAME.fullmatch(name):
        raise NotSimple
    target = part(target_node, depth).run

    def run(data: Mapping[str, Any], probe: Any) -> Any:
        owner = target(data, probe)
        if type(owner) is dict:
            value = owner.get(name, _MISSING)
            return _absent(owner, False) if value is _MISSING else checked(value)
        if type(owner) is list or type(owner) is Said:
            raise Leave
        return None

    return Part(run)


@makes("ParenthesizedExpression")
def _parenthesized(node: Node, depth: int) -> Part:
    return part(children(node, 3)[1], depth)


@makes("ArithmeticExpression")
def _arithmetic(node: Node, depth: int) -> Part:
    if len(node[1]) == 2:
        (_, sign), operand = node[1]
        left, right = constant(0), part(operand, depth)
    else:
        first, (_, sign), last = children(node, 3)
        left, right = part(first, depth), part(last, depth)
    if sign not in ("+", "-", "*", "/"):
        raise NotSimple
    return binary(arithmetic(sign), left, right)


@makes("Comparison")
def _comparison(node: Node, depth: int) -> Part:
    parts = node[1]
    kind, sign = parts[1][0], parts[1][1]
    value = part(parts[0], depth)
    if kind == "CompareOp":
        return binary(_compare(sign), value, part(children(node, 3)[2], depth))
    if kind == "in":
        return binary(is_in, value, part(parts[3] if len(parts) == 5 else children(node, 3)[2], depth))
    if kind == "between":
        start, end = part(children(node, 5)[2], depth), part(parts[4], depth)
        first, second, third = value.run, start.run, end.run
        return Part(lambda data, probe: between(first(data, probe), second(data, probe), third(data, probe)))
    raise NotSimple


def _compare(sign: str) -> Callable[[Any, Any], bool | None]:
    if sign == "=":
        return equals
    if sign == "!=":
        return lambda left, right: Test(False, right).passes(left)
    return ordering(sign)


@makes("Conjunction")
def _conjunction(node: Node, depth: int) -> Part:
    first, _, last = children(node, 3)
    return binary(both, part(first, depth), part(last, depth))


@makes("Disjunction")
def _disjunction(node: Node, depth: int) -> Part:
    first, _, last = children(node, 3)
    return binary(either, part(first, depth), part(last, depth))


@makes("IfExpression")
def _if(node: Node, depth: int) -> Part:
    _, test, _, then, _, otherwise = (_part_or_word(child, depth) for child in children(node, 6))

    def run(data: Mapping[str, Any], probe: Any) -> Any:
        outcome = test(data, probe)
        if type(outcome) is Said:
            raise Leave
        return otherwise(data, probe) if outcome is None or outcome is False else then(data, probe)

    return Part(run)


def _part_or_word(node: Node, depth: int) -> Quick:
    return part(node, depth).run if node[0] not in ("if", "then", "else") else constant(None).run
