"""Simple decision tables as Python functions, cell by cell (see feel_quick).

Only what is ordinary is decided here: plain cells, one clear hit. Everything else (a double hit, an
order, a sum, a default) goes to the sandbox, which also knows how to say what went wrong.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from workflows.engine.dmn_boxes import Box
from workflows.engine.feel_operations import Leave
from workflows.engine.feel_parts import Quick
from workflows.engine.feel_quick import evaluate
from workflows.engine.feel_readings import read
from workflows.engine.feel_shapes import Shape

Data = Mapping[str, Any]
QuickBox = Callable[[Data], Any]

_SINGLE = frozenset({"UNIQUE", "FIRST"})
_SEVERAL = frozenset({"RULE ORDER", "COLLECT"})
_NUMBERS = ("number", "integer", "long", "double", "decimal")
_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    **dict.fromkeys(_NUMBERS, (int, float)),
}


class Column(NamedTuple):
    """What one column asks of its values: their type, and that they are allowed."""

    run: Quick | None
    name: str
    type: str
    allowed: Quick | None


class Rule(NamedTuple):
    """The cells of a rule that say something, and what it puts out."""

    tests: Sequence[tuple[int, Quick]]
    results: Sequence[Quick | None]


def is_plain_type(name: str) -> bool:
    """Say whether a typeRef asks for a type that JSON has, or for none."""
    return name in ("", "Any") or name in _TYPES


def fits(value: Any, name: str) -> Any:
    """Let a value pass that is of its type already; converting is the sandbox's work."""
    if value is None or name in ("", "Any") or type(value) in _TYPES[name]:
        return value
    raise Leave


def quick_box(box: Box | None, shape: Shape) -> QuickBox | None:
    """Make a function of a table or an expression, or None where it is not simple.

    It may raise FeelFailed.
    """
    if box is None or not is_plain_type(box["type"]):
        return None
    try:
        return {"literal": _literal, "table": _table}[box["kind"]](box, shape)
    except (Leave, KeyError):
        return None


def _literal(box: Box, shape: Shape) -> QuickBox:
    run = _expression(box["text"], shape)
    return lambda data: fits(evaluate(run, data), box["type"])


def _table(box: Box, shape: Shape) -> QuickBox:
    if box["aggregation"] or box["policy"] not in _SINGLE | _SEVERAL:
        raise Leave
    inputs = [_column(each, shape, _expression(each["text"], shape)) for each in box["inputs"]]
    outputs = [_column(each, shape, None) for each in box["outputs"]]
    rules = [_rule(each, shape) for each in box["rules"]]
    is_single, is_first = box["policy"] in _SINGLE, box["policy"] == "FIRST"

    def decide(data: Data) -> Any:
        values = [_input_value(column, data) for column in inputs]
        found = []
        for rule in _hits(rules, values, data):
            found.append(_output(rule, outputs, data))
            if is_first:
                break
        if not found or (is_single and len(found) > 1):
            raise Leave
        return found[0] if is_single else found

    return decide


def _expression(text: str, shape: Shape) -> Quick:
    return _simple(read(text, shape).quick)


def _simple(run: Quick | None) -> Quick:
    if run is None:
        raise Leave
    return run


def _column(column: Box, shape: Shape, run: Quick | None) -> Column:
    if not is_plain_type(column["type"]):
        raise Leave
    allowed = _cell(column["allowed"], shape) if column["allowed"] else None
    return Column(run, column.get("name") or column.get("text", ""), column["type"], allowed)


def _rule(rule: Box, shape: Shape) -> Rule:
    tests = [
        (index, _cell(test, shape)) for index, test in enumerate(rule["tests"]) if not says_nothing(test)
    ]
    results = [None if says_nothing(text) else _expression(text, shape) for text in rule["results"]]
    return Rule(tests, results)


def says_nothing(text: str) -> bool:
    """Say whether a cell is empty or has a dash, which both mean: whatever it is."""
    return text in ("", "-")


def _cell(text: str, shape: Shape) -> Quick:
    return _simple(read(text, shape, is_unary=True).quick)


def _input_value(column: Column, data: Data) -> Any:
    assert column.run is not None
    value = evaluate(column.run, data)
    # Whether a name is missing is for the sandbox to say; a null that stands in the data is a value.
    if value is None and column.name not in data:
        raise Leave
    return _accepted(value, column, data)


def _accepted(value: Any, column: Column, data: Data) -> Any:
    if type(value) in (list, dict) or (type(value) is str and column.type in ("boolean", *_NUMBERS)):
        raise Leave
    if value is not None and column.allowed is not None and column.allowed(data, value) is not True:
        raise Leave
    return value


def _hits(rules: Sequence[Rule], values: Sequence[Any], data: Data) -> Iterator[Rule]:
    for rule in rules:
        for index, test in rule.tests:
            if test(data, values[index]) is not True:
                break
        else:
            yield rule


def _output(rule: Rule, columns: Sequence[Column], data: Data) -> Any:
    pairs = zip(rule.results, columns, strict=True)
    values = [_accepted(evaluate(run, data) if run else None, column, data) for run, column in pairs]
    if len(values) == 1:
        return values[0]
    return {column.name: value for column, value in zip(columns, values, strict=True)}
