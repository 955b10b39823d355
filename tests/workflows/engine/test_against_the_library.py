"""Where the library is right without compaction, ours does the same: same diagrams, acts and boards."""

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from tests.workflows.engine import stock
from tests.workflows.engine.nets import Block, blocks, built, drawn
from tests.workflows.engine.running import Run
from workflows.engine.step import StepFailed

WITHOUT_LOOPS = frozenset(["seq", "xor", "par", "sub", "call", "edge that fires once"])
WITH_LOOPS = frozenset(["seq", "xor", "loop", "sub", "several tasks", "repeat"])
ACTS = 16
MODERATE = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))


def compare(block: Block, data: st.DataObject) -> None:
    net, called = built(block)
    content = drawn(net, called)
    run, library = Run(content, "main", path=""), stock.workflow(stock.translated(content), "main")
    for _ in range(ACTS):
        board = our_board(run)
        assert board == stock.board(library)
        assert run.finished == library.is_completed()
        if run.finished:
            return
        kind, element = data.draw(st.sampled_from(sorted(board)))
        answers = data.draw(st.frozensets(st.sampled_from("ab"))) if kind == "task" else frozenset()
        note(f"{kind} {element} {sorted(answers)}")
        act_in_library(library, kind, element, dict.fromkeys(answers, True))
        if not stock.board(library) and not library.is_completed():
            with pytest.raises(StepFailed, match="stands still"):
                act_in_ours(run, kind, element, dict.fromkeys(answers, True))
            return
        act_in_ours(run, kind, element, dict.fromkeys(answers, True))


def our_board(run: Run) -> Counter[tuple[str, str]]:
    kinds = (("task", run.tasks), ("timer", run.timers), ("message", run.awaited))
    return Counter((kind, thing.element) for kind, things in kinds for thing in things.values())


def act_in_ours(run: Run, kind: str, element: str, answers: dict[str, bool]) -> None:
    if kind == "task":
        run.complete(element, **answers)
    elif kind == "timer":
        run.fire(element)
    else:
        run.receive(element)


def act_in_library(library: stock.BpmnWorkflow, kind: str, element: str, answers: dict[str, bool]) -> None:
    if kind == "task":
        stock.complete(library, element, **answers)
    elif kind == "timer":
        stock.fire(library, next(t for t in stock.waiting_timers(library) if t.task_spec.bpmn_id == element))
    else:
        stock.send(library, f"m_{element}", {})


@given(blocks(WITHOUT_LOOPS), st.data())
@MODERATE
def test_ours_moves_as_the_library_where_nothing_repeats(block: Block, data: st.DataObject) -> None:
    compare(block, data)


@given(blocks(WITH_LOOPS), st.data())
@MODERATE
def test_ours_moves_as_the_library_in_loops_without_parallel_branches(
    block: Block, data: st.DataObject
) -> None:
    compare(block, data)
