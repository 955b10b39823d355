"""What FEEL's operators do with plain values, the way the interpreter does it.

Only what is certain is answered here. Everything unusual (lists in comparisons, numbers that a double
cannot hold, an order that is not defined) raises Leave, and the interpreter in the sandbox is asked.
"""

import operator
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

LARGEST = 2**53
NUMBERS = frozenset({int, float})
ORDERED = frozenset({int, float, str})
SCALARS = frozenset({int, float, str, bool, type(None)})


class Leave(Exception):
    """This is for the sandbox to answer."""


class Said(str):
    """A day or a span, as it is given out; what can be done with it the interpreter knows alone."""


class Interval(NamedTuple):
    """Numbers or texts between two ends; an end that is None is open for ever."""

    start: Any
    end: Any
    has_start: bool
    has_end: bool


class Test(NamedTuple):
    """A test of equality that still waits for the value to be tested."""

    is_equality: bool
    expected: Any

    def passes(self, value: Any) -> bool | None:
        result = equals(value, self.expected)
        return result if self.is_equality or result is None else not result


def checked(value: Any) -> Any:
    """Let a value in if it means the same to Python and to the interpreter."""
    kind = type(value)
    if kind is int:
        if -LARGEST <= value <= LARGEST:
            return value
    elif kind is float:
        if value - value == 0:
            return value
    elif kind in SCALARS or kind is dict or kind is list:
        return value
    raise Leave


def equals(left: Any, right: Any) -> bool | None:
    """Compare two values; values of different types are neither equal nor unequal."""
    if left is None or right is None:
        return left is right
    kinds = type(left), type(right)
    if kinds[0] is kinds[1]:
        if kinds[0] in SCALARS:
            return bool(left == right)
    elif kinds[0] in NUMBERS and kinds[1] in NUMBERS:
        return bool(left == right)
    elif kinds[0] in SCALARS and kinds[1] in SCALARS:
        return None
    raise Leave


def both(left: Any, right: Any) -> bool | None:
    """Say whether both are true; what is neither true nor false leaves it open."""
    if left is False or right is False:
        return False
    return True if left is True and right is True else None


def either(left: Any, right: Any) -> bool | None:
    """Say whether one of them is true; what is neither true nor false leaves it open."""
    if left is True or right is True:
        return True
    return False if left is False and right is False else None


def ordering(symbol: str) -> Callable[[Any, Any], bool | None]:
    """Give the comparison that a sign stands for."""
    compare = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}[symbol]

    def compared(left: Any, right: Any) -> bool | None:
        left_kind, right_kind = type(left), type(right)
        if left_kind in NUMBERS and right_kind in NUMBERS:
            return bool(compare(left, right))
        if left_kind is str and right_kind is str:
            return bool(compare(_simple(left), _simple(right)))
        if right is None or (left_kind in SCALARS and right_kind in ORDERED):
            return None
        raise Leave

    return compared


def interval(start: Any, end: Any, *, has_start: bool, has_end: bool) -> Interval:
    """Make an interval of ends of one kind."""
    kinds = {_kind(value) for value in (start, end) if value is not None}
    if len(kinds) > 1:
        raise Leave
    return Interval(start, end, has_start, has_end)


def _kind(value: Any) -> str:
    if type(value) in NUMBERS:
        return "number"
    if type(value) is str:
        _simple(value)
        return "string"
    raise Leave


def includes(within: Interval, value: Any) -> bool | None:
    """Say whether the interval holds the value; None when they cannot be compared."""
    start, end, has_start, has_end = within
    known = start if start is not None else end
    if known is None or value is None:
        return None
    if type(value) not in SCALARS:
        raise Leave
    if type(value) is bool:
        return None
    if (type(known) is str) != (type(value) is str):
        return None
    if type(value) is str:
        _simple(value)
    if start is not None and end is not None and start > end:
        start, end, has_start, has_end = end, start, has_end, has_start
    is_after = start is None or (value >= start if has_start else value > start)
    return bool(is_after and (end is None or (value <= end if has_end else value < end)))


def between(value: Any, start: Any, end: Any) -> bool | None:
    if start is None or end is None:
        return None
    return includes(interval(start, end, has_start=True, has_end=True), value)


def is_in(value: Any, tests: Any) -> bool | None:
    """Say whether one of the tests fits the value. One that is not certain leaves the answer open."""
    if tests is None:
        return None
    is_open = False
    for test in tests if type(tests) is list else [tests]:
        result = meets(test, value)
        if result is True:
            return True
        is_open = is_open or (result is None and type(test) in (Interval, Test))
    return None if is_open else False


def meets(test: Any, value: Any) -> bool | None:
    """Try a value on an interval, on a test, or on a value that it should equal."""
    if type(test) is Interval:
        return includes(test, value)
    if type(test) is Test:
        return test.passes(value)
    return equals(checked(test), value)


def is_hit(results: Sequence[Any], value: Any) -> bool:
    """Say whether a cell with these tests fits the value."""
    return any(_fits(result, value) for result in results)


def _fits(result: Any, value: Any) -> bool:
    if type(result) is bool:
        return result
    if type(result) is list:
        return any(_is_same(item, value) for item in result)
    return meets(result, value) is True


def _is_same(item: Any, value: Any) -> bool:
    if type(checked(item)) not in SCALARS or type(value) not in SCALARS:
        raise Leave
    return (type(item) is bool) == (type(value) is bool) and bool(item == value)


def arithmetic(symbol: str) -> Callable[[Any, Any], Any]:
    """Give what a sign of arithmetic does; None where the types do not fit."""
    work = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": _divide}[symbol]

    def computed(left: Any, right: Any) -> Any:
        if type(left) in NUMBERS and type(right) in NUMBERS:
            return checked(work(left, right))
        if symbol == "+" and type(left) is str and type(right) is str:
            return left + right
        if type(left) is Said or type(right) is Said:
            raise Leave
        return None

    return computed


def _divide(left: float, right: float) -> float | None:
    return left / right if right else None


def _simple(text: str) -> str:
    """Let a text in whose letters JavaScript orders as Python does."""
    if not text.isascii() and max(text) > "\ud7ff":
        raise Leave
    return text
