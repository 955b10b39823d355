"""Simple expressions are evaluated beside the sandbox: with the same answers, and much faster."""

import itertools
import time
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflows.engine.dmn_files import decision, dmn, table
from workflows.engine import expressions, feel_quick
from workflows.engine.decisions import Decisions
from workflows.engine.feel_operations import Leave
from workflows.engine.feel_readings import read
from workflows.engine.feel_reasons import FeelFailed
from workflows.engine.feel_sandbox import ask
from workflows.engine.feel_shapes import shape_of

NOW = datetime(2026, 5, 31, 9, 0, tzinfo=UTC)
NAMES = ["a", "b", "record_meeting", "количество встреч", "count", "absent", "not here", "date"]

scalars = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.sampled_from([0.5, -0.0, 2.0, 1e300, 2**53, 2**53 + 1, -(2**60), 0.1]),
    st.sampled_from(["", "a", "b", "Б", "10", "true", "\ue000", "😀", 'quo"te']),
)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["a", "x y", "is_last", "c-d"]), inner, max_size=3),
    ),
    max_leaves=4,
)
data = st.dictionaries(st.sampled_from([*NAMES, "a-b", "?", "x.y"]), values, max_size=6)

LEAVES = [
    *["0", "1", "2", "-3", "3.5", "-.5", "10", "1e3", '"a"', '"Б"', '""', r'"\n"', '"10"'],
    *["true", "false", "null", "?", "a-b", "a.a", "record_meeting.is_last", "record_meeting.x y", "a.b.c"],
    *["absent.x", "b.c-d", "today()", 'duration("P7D")', 'duration("PT36H")', *NAMES],
]
COMPARISONS = ["=", "!=", "<", "<=", ">", ">="]


@st.composite
def texts(draw: st.DrawFn, depth: int = 3) -> str:
    """Write an expression of the kinds that are evaluated beside the sandbox, and of some that are not."""
    shape = draw(st.integers(0, 10)) if depth else 0
    first, second = (draw(texts(depth - 1)) if shape else "" for _ in range(2))
    sign = draw(st.sampled_from([*COMPARISONS, *COMPARISONS, "+", "-", "*", "/", "and", "or"]))
    written = {
        1: f"{first} {sign} {second}",
        2: f"({first})",
        3: f"-{first}",
        4: f"not({first})",
        5: f"if {first} then {second} else {second}",
        6: f"{first} between {second} and {draw(st.sampled_from(LEAVES))}",
        7: f"[{first}, {second}]",
        10: f"{draw(st.sampled_from(['count', 'duration']))}({first})",
        8: f"{first} in ({second}, {{test}})",
        9: f"{first} in {{test}}",
    }.get(shape) or draw(st.sampled_from(LEAVES))
    return written.replace("{test}", draw(probes(depth - 1)) if "{test}" in written else "")


@st.composite
def probes(draw: st.DrawFn, depth: int = 2) -> str:
    """Write one test, as it may stand in a cell or after `in`."""
    first, second = draw(texts(max(depth - 1, 0))), draw(texts(max(depth - 1, 0)))
    shapes = [
        first,
        f"{draw(st.sampled_from(COMPARISONS))} {first}",
        f"{draw(st.sampled_from('[(]'))}{first} .. {second}{draw(st.sampled_from('])['))}",
        f"[{first}, {second}]",
    ]
    return draw(st.sampled_from(shapes))


cells = st.one_of(
    st.just("-"),
    probes(),
    st.builds("{}, {}".format, probes(), probes()),
    st.builds("not({}, {})".format, probes(), probes()),
)


@settings(max_examples=250, deadline=None)
@given(text=texts(), context=data)
def test_a_simple_expression_means_the_same_as_in_the_sandbox(text, context):
    try:
        quick = read(text, shape_of(context, is_deep=True)).quick
        answer = None if quick is None else feel_quick.evaluate(quick, context, NOW)
    except (Leave, FeelFailed):
        return
    if quick is not None:
        asked = ask("evaluate", text=text, context=context, now=expressions.instant(NOW))["value"]
        assert (repr(answer), text) == (repr(asked), text)


@settings(max_examples=250, deadline=None)
@given(cell=cells, context=data, value=values)
def test_a_simple_cell_fits_the_same_values_as_in_the_sandbox(cell, context, value):
    context = {**context, "value": value}
    try:
        quick = read(cell, shape_of({**context, "?": value}, is_deep=True), is_unary=True).quick
        answer = None if quick is None else quick(context, value)
    except (Leave, FeelFailed):
        return
    if quick is not None:
        rules = Decisions.from_dmn(dmn(decision("it", table("UNIQUE", ["value"], ["hit"], [cell, "true"]))))
        assert (answer, cell) == (rules._decide_fully("it", context, NOW) is True, cell)


ALL = [None, True, False, 0, 1, 3, 2.5, "", "a", "b", "2", "Б", [1], [], {"k": 1}, 2**60]
PATTERNS = [
    *[f"x {sign} y" for sign in [*COMPARISONS, "+", "-", "*", "/", "and", "or"]],
    *["count(x)", "[today(), x]", "if x = true then today() else y", "count(x) > 0", "today() and x"],
    *["not(x)", "-x", "(x)", "x.k", "[x, y]", "if x then y else 0", "if x = y then 1 else 2"],
    *[
        "x between y and 3",
        "x between 1 and y",
        'x between "a" and y',
        "y between 3 and 1",
        "1 between x and y",
    ],
    *[
        "x in y",
        "x in (y)",
        "x in (y, 2)",
        "x in [y, 2]",
        'x in ("a", "b")',
        "x in (true, y)",
        "x in (null, 1)",
    ],
    *["x in (< y)", "x in (<= y, > 2)", "x in (>= y)", "x in (= y)", "x in (!= y)", "x in (> y, null)"],
    *[
        "x in [y..3]",
        "x in (y..3)",
        "x in [1..y]",
        "x in ]1..y[",
        'x in ["a".."b"]',
        "x in [3..1)",
        "x in [y..null]",
    ],
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_every_operator_means_the_same_for_every_kind_of_value(pattern):
    pairs, answers = [], []
    for x, y in itertools.product(ALL, ALL):
        with suppress(Leave):
            run = read(pattern).quick
            answers.append([feel_quick.evaluate(run, {"x": x, "y": y}, NOW)])
            pairs.append({"x": x, "y": y})
    # One question for all pairs; what the sandbox cannot say, it was left to say.
    text = f"for p in pairs return for x in [p.x], y in [p.y] return {pattern}"
    asked = ask("evaluate", text=text, context={"pairs": pairs}, now=expressions.instant(NOW))["value"]
    differing = [
        (pair, ours, theirs)
        for pair, ours, theirs in zip(pairs, answers, asked, strict=True)
        if repr(ours) != repr(theirs)
    ]
    assert differing == []
    assert len(pairs) >= len(ALL) * 3


SPANS = ["P7D", "P07D", "P0D", "P14D", "P400D", "P13M", "P11M", "P1Y", "PT5H", "PT36H", "PT90M", "P1DT2H"]


@pytest.mark.parametrize("span", [*SPANS, "-P3D", "P2W", " P7D", "P7d", "", "7", None, 7, [], {}, True])
@pytest.mark.parametrize("pattern", ["duration(x)", "duration(x) = duration(x)", "today() + duration(x)"])
def test_a_span_is_given_out_as_the_sandbox_writes_it(pattern, span):
    asked = ask("evaluate", text=pattern, context={"x": span}, now=expressions.instant(NOW))["value"]
    assert expressions.evaluate(pattern, {"x": span}, now=NOW) == asked


CELLS = [
    *[
        "-",
        "y",
        "= y",
        "!= y",
        "< y",
        ">= y",
        "y, 1",
        "not(y)",
        "not(< y, null)",
        "[y..3]",
        "]1..y]",
        "[y, 1]",
    ],
    *["true", "false", "null", '"a", "b"', "? = y", "? > y", "not(true)", "x"],
]


@pytest.mark.parametrize("cell", CELLS)
def test_every_kind_of_cell_fits_the_same_values(cell):
    rules = Decisions.from_dmn(dmn(decision("it", table("UNIQUE", ["x"], ["hit"], [cell, "true"]))))
    answered = 0
    for x, y in itertools.product([None, True, False, 1, 3, "a", "2"], repeat=2):
        with suppress(Leave):
            fits = read(cell, is_unary=True).quick({"x": x, "y": y}, x)
            assert (fits, x, y) == (rules._decide_fully("it", {"x": x, "y": y}, NOW) is True, x, y)
            answered += 1
    assert answered >= 20


CASE = {
    "record_meeting": {"is_last": True, "marks": 4},
    "количество встреч": 4,
    "форма": "педагог – педагог",
    "stories": ["one"],
    **{f"field_{number}": number for number in range(30)},
}
CONDITIONS = [
    "record_meeting.is_last = true",
    "количество встреч >= 3",
    'форма in ("педагог – педагог", "ученик – ученик")',
    "field_7 between 1 and 10",
    "not(record_meeting.marks in [1..3]) and field_1 + 2 * field_2 > 4",
    'if record_meeting.is_last then "конец" else "дальше"',
    "record_meeting.is_last and (field_3 < 2 or field_4 = 4)",
    "[today(), count(stories) = 0, field_1 = null]",
    'duration(if field_1 = 1 then "P14D" else "P3D")',
]


@pytest.mark.parametrize("text", CONDITIONS)
def test_what_conditions_are_made_of_needs_no_sandbox(text, monkeypatch):
    value = expressions.evaluate(text, CASE, now=NOW)
    monkeypatch.setattr(expressions, "ask", None)
    assert expressions.evaluate(text, CASE, now=NOW) == value


def test_a_condition_takes_microseconds():
    def once() -> float:
        begun = time.perf_counter()
        for text in CONDITIONS:
            expressions.evaluate(text, CASE, now=NOW)
        return (time.perf_counter() - begun) / len(CONDITIONS)

    once()
    assert min(once() for _ in range(50)) < 30e-6
