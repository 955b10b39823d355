"""The few functions of FEEL that forms and timers call all the time, as Python functions."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from workflows.engine.feel_operations import Leave, Said
from workflows.engine.feel_parts import NOW, Node, NotSimple, Part, Quick, children, folded, makes, part

_ONE_UNIT = re.compile(r"P[1-9][0-9]{0,3}D|P(1[01]|[1-9])M|PT(2[0-3]|1[0-9]|[1-9])H")
"""Spans that are given out as they are written; of others the interpreter makes another text."""


@makes("FunctionInvocation")
def _call(node: Node, depth: int) -> Part:
    called, _, given, _ = children(node, 4)
    if called[0] != "VariableName" or given[0] != "PositionalParameters":
        raise NotSimple
    name = called[1]
    if name == "today" and not given[1]:
        return Part(_unless_named(name, lambda _data, _probe: _today()))
    work = _CALLS.get(name)
    if work is None:
        raise NotSimple
    operand = part(children(given, 1)[0], depth).run
    return Part(_unless_named(name, lambda data, probe: work(operand(data, probe))))


@makes("DateTimeLiteral")
def _moment(node: Node, depth: int) -> Part:
    constructor, _, given, _ = children(node, 4)
    if children(constructor, 1)[0][0] != "duration" or given[0] != "PositionalParameters":
        raise NotSimple
    operand = part(children(given, 1)[0], depth)
    return folded(lambda data, probe: _duration(operand.run(data, probe)), operand)


def _unless_named(name: str, run: Quick) -> Quick:
    """Leave it to the interpreter where the data has something of the same name."""

    def checked_first(data: Mapping[str, Any], probe: Any) -> Any:
        if name in data:
            raise Leave
        return run(data, probe)

    return checked_first


def _today() -> Said:
    now = NOW.get()
    if now is None:
        raise Leave
    return Said(now.date().isoformat())


def _negated(value: Any) -> bool | None:
    return not value if type(value) is bool else None


def _count(value: Any) -> int | None:
    if type(value) is list:
        return len(value)
    if value is None:
        return None
    raise Leave


def _duration(value: Any) -> Said | None:
    if value is None:
        return None
    if type(value) is str and _ONE_UNIT.fullmatch(value):
        return Said(value)
    raise Leave


_CALLS: Mapping[str, Callable[[Any], Any]] = {"not": _negated, "count": _count}
