"""A saved state: what it holds, and that every state ever saved can be loaded by every later version."""

import re
from pathlib import Path

import orjson
import pytest
import zstandard

from tests.workflows.engine import diagrams as d
from tests.workflows.engine.running import Run
from workflows.engine import instances
from workflows.engine.definitions import Definitions
from workflows.engine.known import known_to
from workflows.engine.state import FORMAT, StateProblem, pack, unpack
from workflows.engine.step import EngineError, NothingWaits

STATES = Path(__file__).parent / "states"
SAVED = sorted(STATES.glob("*.state"))


def everything() -> bytes:
    """A diagram that can stand on every kind of node at once."""
    stage = d.process(
        "stage", d.start("s3"), d.user("work", due="P3D", role="=who"), d.end("e3"), flows="s3 > work > e3"
    )
    each = d.subprocess(
        "each",
        d.start("s1"),
        d.first_of("first"),
        d.catch("answer", d.message("note")),
        d.catch("silence", d.timer(after="P9D")),
        d.end("e1"),
        flows="s1 > first > answer > e1; first > silence > e1",
        loop=d.several("=people", "who", into="marks", result="=answer.mark"),
    )
    body = d.process(
        "whole",
        *(
            d.start(),
            d.parallel("fork"),
            each,
            d.call("called", "stage"),
            d.parallel("join"),
            d.user("check"),
            d.end(),
        ),
        *(
            d.user("turns", role="=who", inside=d.several("=people", "who", one_by_one=True)),
            d.manual("again", d.repeated(maximum=3)),
        ),
        *(
            d.edge("remind", "called", d.timer(every="R3/P7D"), interrupts=False),
            d.manual("look"),
            d.end("e4"),
        ),
        *(
            d.edge("noted", "turns", d.message("note"), interrupts=False),
            d.catch("ready", d.condition("=again.ok = true")),
        ),
        flows="""start > fork > each > join > check > end; fork > called > join; fork > turns > join
                 fork > again > join; fork > ready > join; remind > look > e4; noted > e4""",
    )
    return d.diagram(body, stage, roots=d.message_root("note", "note", "=who"))


def reached() -> Run:
    """Bring a case to where all of it waits."""
    run = Run(everything(), "whole", people=["a", "b"], who="c")
    run.fire("remind")
    run.receive("answer", place=1, mark=5)
    run.receive("noted", text="hello")
    run.complete("turns", mark=3)
    run.complete("again", ok=False)
    return run


def finish(run: Run) -> None:
    """Bring such a case to its end, however it was loaded."""
    run.complete("look")
    run.complete("work", mark=4)
    run.receive("answer", mark=2)
    run.complete("turns")
    run.complete("again", ok=True)
    run.complete("again")
    run.complete("check")


class Loaded(Run):
    """A case that was saved by somebody else."""

    def __init__(self, state: bytes) -> None:
        self.definitions = Definitions({"whole.bpmn": everything()})
        standing = instances.standing(self.definitions, state)
        self.now, self.call_service = reached().now, reached().call_service
        self.tasks, self.timers, self.awaited, self.sent, self.passed = {}, {}, {}, [], []
        self._take(standing)


def test_a_case_that_stands_everywhere_goes_on_to_its_end() -> None:
    run = reached()
    assert run.open() == ["again", "look", "turns", "work"]
    assert run.running() == ["remind", "silence"]
    assert [(m.element, m.key) for m in run.awaited.values()] == [("answer", "a"), ("noted", "c")]
    finish(run)
    assert run.finished
    assert run.variables["marks"] == [2, 5]


@pytest.mark.parametrize("file", SAVED, ids=[file.stem for file in SAVED])
def test_a_state_saved_by_any_version_goes_on_to_its_end(file: Path) -> None:
    loaded = Loaded(file.read_bytes())
    assert loaded.open() == ["again", "look", "turns", "work"]
    finish(loaded)
    assert loaded.finished
    assert loaded.variables["marks"] == [2, 5]


def test_the_present_format_has_a_saved_state() -> None:
    assert any(re.fullmatch(rf"format-{FORMAT}\b.*", file.stem) for file in SAVED)


def test_the_state_tells_its_format_its_library_and_its_process() -> None:
    document = unpack(reached().step.state)
    assert (document["format"], document["library"], document["process"]) == (FORMAT, "3.2.0", "whole")


@pytest.mark.parametrize(
    "state",
    [
        b"",
        b"{}",
        b"\x80\x04.",
        zstandard.compress(b"[1, 2"),
        pack({"format": 99}),
        zstandard.compress(orjson.dumps([1])),
    ],
)
def test_what_is_no_state_is_refused_in_words(state: bytes) -> None:
    with pytest.raises(StateProblem):
        instances.standing(Definitions({"whole.bpmn": everything()}), state)


def test_a_state_that_stands_on_what_is_gone_is_refused_in_words() -> None:
    run = reached()
    changed = Definitions({"whole.bpmn": everything().replace(b'"turns"', b'"rounds"')})
    with pytest.raises(StateProblem, match="turns"):
        instances.standing(changed, run.step.state)


def test_a_step_does_not_change_the_state_it_was_given() -> None:
    run = reached()
    before = bytes(run.step.state)
    state = run.step.state
    instances.complete(
        run.definitions, state, _id(run, "look"), {}, now=run.now, call_service=run.call_service
    )
    assert state == before


def _id(run: Run, element: str) -> str:
    return next(key for key, task in run.tasks.items() if task.element == element)


def outline(value: object) -> object:
    """Say of what kinds a document is made, and in what order, without what it says."""
    if isinstance(value, dict):
        return {key: outline(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [outline(inner) for inner in value]
    return type(value).__name__


def test_the_format_changes_only_together_with_its_number() -> None:
    """If this fails: give FORMAT the next number, save a state of it beside the others, and read both."""
    (saved,) = [file for file in SAVED if re.fullmatch(rf"format-{FORMAT}\b.*", file.stem)]
    before, now = unpack(saved.read_bytes()), unpack(reached().step.state)
    assert outline(now) == outline(before)
    assert list(now) == list(before)
    assert [[row[1:4] for row in flow[3]] for flow in now["flows"]] == [
        [row[1:4] for row in flow[3]] for flow in before["flows"]
    ]


def test_what_a_saved_task_sees_is_read_without_bringing_it_to_life() -> None:
    for state in (reached().step.state, *(file.read_bytes() for file in SAVED)):
        standing = instances.standing(Definitions({"whole.bpmn": everything()}), state)
        seen = {task.element: known_to(state, task.id) for task in standing.opened}
        assert {element: known["who"] for element, known in seen.items()} == {
            "turns": "b",
            "again": "c",
            "look": "c",
            "work": "c",
        }
        assert all(known["people"] == ["a", "b"] for known in seen.values())
        with pytest.raises(NothingWaits):
            known_to(state, "no such task")


def test_bytes_that_promise_more_than_any_case_holds_take_no_memory() -> None:
    bomb = zstandard.ZstdCompressor().compress(b" " * (65 * 1024 * 1024))
    with pytest.raises(StateProblem, match="larger than any case"):
        unpack(bomb)


JUNK = (None, "", "x", -1, 10**9, 1.5, [], {}, [[]], ["x", "y"])


@pytest.mark.parametrize("place", ["process", "scopes", "flows"])
def test_a_state_that_somebody_else_has_written_is_refused(place: str) -> None:
    state = Run(everything(), "whole", people=["a"], who="c").step.state
    definitions = Definitions({"whole.bpmn": everything()})
    for junk in JUNK:
        with pytest.raises(EngineError):
            instances.standing(definitions, pack(unpack(state) | {place: junk}))


@pytest.mark.parametrize("part", [0, 1, 2])
def test_a_task_that_somebody_else_has_written_is_refused(part: int) -> None:
    state = Run(everything(), "whole", people=["a"], who="c").step.state
    definitions = Definitions({"whole.bpmn": everything()})
    for junk in JUNK:
        document = unpack(state)
        document["flows"][0][3][0][part] = junk
        try:
            instances.standing(definitions, pack(document))
        except EngineError:
            continue
        assert part == 2, "only a number may be another number"
        assert isinstance(junk, int | float)
