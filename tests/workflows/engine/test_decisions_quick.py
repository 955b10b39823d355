"""Simple tables are decided beside the sandbox: with the same outcome, and much faster."""

import time
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workflows.engine.dmn_files import decision, dmn, table
from workflows.engine import decisions as deciding
from workflows.engine.decisions import DecisionFailed, Decisions
from workflows.engine.feel_operations import Leave

NOW = datetime(2026, 5, 31, 9, 0, tzinfo=UTC)
POLICIES = ["UNIQUE", "FIRST", "ANY", "PRIORITY", "COLLECT", "RULE ORDER", "OUTPUT ORDER"]
CELLS = [
    "-",
    "> 1",
    "<= 2",
    "[0..2]",
    '"a"',
    'not("a")',
    "true",
    "null",
    "1, 2",
    "limit",
    "? = limit",
    "abs(?) > 1",
]
RESULTS = ["1", '"a"', "limit", "limit + 1", "null", "-", "count([1])", "absent"]
VALUES = [None, True, False, 0, 1, 2, 2.5, "a", "b", "2", [1], {"a": 1}]


@st.composite
def questions(draw: st.DrawFn) -> tuple[bytes, dict[str, Any]]:
    """Make up a table and the data to put to it."""
    outputs = draw(st.sampled_from([["out"], ["first", "second"]]))
    row = st.tuples(*(st.sampled_from(CELLS) for _ in range(2)), *(st.sampled_from(RESULTS) for _ in outputs))
    rules = draw(st.lists(row, max_size=4))
    logic = table(
        *(draw(st.sampled_from(POLICIES)), ["x", "y"], outputs, *rules),
        types=[draw(st.sampled_from(["", "string", "number", "boolean", "date"])) for _ in range(2)],
        input_values=draw(st.sampled_from(["", "", '"a", 1, 2, true'])),
        output_values=draw(st.sampled_from([[], ["1, 2"] * len(outputs)])),
    )
    names = ["x", "y", "limit"]
    data = {name: draw(st.sampled_from(VALUES)) for name in names if draw(st.integers(0, 9))}
    return dmn(
        decision("other", logic),
        decision("it", table("FIRST", ["other"], ["is"], ["1", '"one"'], ["-", "other"]), "decision:other"),
    ), data


@settings(max_examples=150, deadline=None)
@given(question=questions(), key=st.sampled_from(["other", "it"]))
def test_a_simple_table_decides_as_in_the_sandbox(question, key):
    content, data = question
    decisions = Decisions.from_dmn(content)
    try:
        quick = decisions._decide_quickly(key, dict(data), {}, frozenset())
    except (Leave, deciding.FeelFailed):
        return
    assert repr(quick) == repr(decisions._decide_fully(key, data, NOW))


THIRTY = [[f"[{n * 10}..{n * 10 + 9}]", "> 3" if n % 2 else "-", f'"правило {n}"'] for n in range(30)]


def test_thirty_rules_need_no_sandbox(monkeypatch):
    decisions = Decisions.from_dmn(dmn(decision("it", table("UNIQUE", ["n", "m"], ["out"], *THIRTY))))
    assert decisions.decide("it", {"n": 295, "m": 5}, now=NOW) == "правило 29"
    monkeypatch.setattr(deciding, "ask_about", None)
    assert decisions.decide("it", {"n": 284, "m": 0}, now=NOW) == "правило 28"


def test_thirty_rules_take_a_fraction_of_a_millisecond():
    decisions = Decisions.from_dmn(dmn(decision("it", table("UNIQUE", ["n", "m"], ["out"], *THIRTY))))

    def once() -> float:
        begun = time.perf_counter()
        decisions.decide("it", {"n": 295, "m": 5}, now=NOW)
        return time.perf_counter() - begun

    assert min(once() for _ in range(50)) < 0.2e-3


def test_many_rules_that_are_not_simple_take_one_question(monkeypatch):
    rules = [[f"abs(?) = {n}", f"sum([{n}, 1])"] for n in range(30)]
    decisions = Decisions.from_dmn(dmn(decision("it", table("UNIQUE", ["n"], ["out"], *rules))))
    assert decisions.decide("it", {"n": -29}, now=NOW) == 30
    asked = []
    ask_about = deciding.ask_about
    monkeypatch.setattr(
        deciding, "ask_about", lambda *args, **details: asked.append(1) or ask_about(*args, **details)
    )
    assert decisions.decide("it", {"n": -28}, now=NOW) == 29
    assert len(asked) == 1


def test_a_double_hit_is_told_by_the_quick_way_too():
    content = dmn(decision("it", table("UNIQUE", ["n"], ["out"], ["> 0", "1"], ["> 1", "2"])))
    with pytest.raises(DecisionFailed, match="rules 1, 2"):
        Decisions.from_dmn(content).decide("it", {"n": 2}, now=NOW)
