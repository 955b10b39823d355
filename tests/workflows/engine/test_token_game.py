"""Generated diagrams in any order of completion, saved and loaded at every step, against `oracle.py`."""

from collections import Counter
from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from tests.workflows.engine.nets import Block, Net, blocks, built, drawn
from tests.workflows.engine.oracle import Key, Oracle
from tests.workflows.engine.running import Run
from workflows.engine.step import StepFailed

EVERYTHING = frozenset(
    ["seq", "xor", "inc", "par", "loop", "sub", "call", "gate", "stop", "edge", "several", "repeat"]
)
ACTS = 24
MODERATE = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


def play(block: Block, data: st.DataObject) -> None:
    """Play one diagram on both boards, one act at a time."""
    net, called = built(block)
    oracle = Oracle(net)
    run = Run(drawn(net, called), "main", path="")
    assert_same(run, oracle, net, called)
    for _ in range(ACTS):
        if oracle.finished:
            return
        waiting = sorted(Counter(oracle.waiting()).items())
        key, times = data.draw(st.sampled_from(waiting))
        nth = data.draw(st.integers(0, times - 1))
        answers = data.draw(st.frozensets(st.sampled_from("ab"))) if key[0] == "task" else frozenset()
        note(f"{key} {nth} {sorted(answers)}")
        oracle.do(key, nth, answers)
        if not oracle.finished and not oracle.waiting():
            with pytest.raises(StepFailed, match="stands still"):
                act(run, key, nth, answers)
            return
        act(run, key, nth, answers)
        assert_same(run, oracle, net, called)


def act(run: Run, key: Key, nth: int, answers: frozenset[str]) -> None:
    run.passed.clear()
    waiting = {"task": run.tasks, "timer": run.timers, "message": run.awaited}[key[0]]
    chosen = [found for found, thing in waiting.items() if board_key(key[0], thing) == key][nth]
    if key[0] == "task":
        run.complete_id(chosen, dict.fromkeys(answers, True))
    elif key[0] == "timer":
        run.fire_id(chosen)
    else:
        run.receive_id(chosen, {})


def board_key(kind: str, thing: Any) -> Key:
    told_apart_by = {"task": "role", "message": "key"}
    return kind, thing.element, getattr(thing, told_apart_by[kind]) if kind in told_apart_by else ""


def assert_same(run: Run, oracle: Oracle, net: Net, called: list[Net]) -> None:
    kinds = (("task", run.tasks), ("timer", run.timers), ("message", run.awaited))
    ours = Counter(board_key(kind, thing) for kind, things in kinds for thing in things.values())
    assert ours == Counter(oracle.waiting())
    assert run.finished == oracle.finished
    if not any(node.kind == "stop" for one in (net, *called) for node in one.nodes.values()):
        assert Counter(run.passed) == Counter(oracle.passed)


@given(blocks(EVERYTHING), st.data())
@MODERATE
def test_any_diagram_moves_as_the_standard_says(block: Block, data: st.DataObject) -> None:
    play(block, data)
