"""Forgetting what is finished changes nothing but the size."""

from collections import Counter

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.workflows.engine import diagrams as d
from tests.workflows.engine.nets import Block, blocks, built, drawn
from tests.workflows.engine.running import BEGINNING, Run, unknown_service
from tests.workflows.engine.test_token_game import EVERYTHING, board_key
from workflows.engine import instances
from workflows.engine.case import Case, CaseTask, Scope, begin
from workflows.engine.definitions import Definitions
from workflows.engine.environment import Environment
from workflows.engine.moving import advance
from workflows.engine.state import unpack
from workflows.engine.step import StepFailed
from workflows.engine.waiting import Waiting, difference, waiting_in


class Unforgetting:
    """The same engine, kept in memory and never compacted nor saved."""

    def __init__(self, definitions: Definitions, process: str) -> None:
        spec, inner = definitions.specs(process)
        self.case = Case(
            spec, inner, Environment(definitions, BEGINNING, unknown_service), Scope({"path": ""})
        )
        begin(self.case)
        advance(self.case, keeps_history=True)

    def waiting(self) -> dict[str, dict[str, CaseTask]]:
        found = waiting_in(self.case)
        return {"task": found.tasks, "timer": found.timers, "message": found.messages}

    def board(self) -> Counter[tuple[str, str, str]]:
        step = difference(Waiting(), waiting_in(self.case), self.case, b"")
        kinds = (("task", step.opened), ("timer", step.timers_started), ("message", step.awaited))
        return Counter(board_key(kind, thing) for kind, things in kinds for thing in things)

    def act(self, kind: str, place: int, answers: dict[str, bool]) -> None:
        task = list(self.waiting()[kind].values())[place]
        if kind == "task":
            task.task_spec.keep_result(task, task.task_spec.bpmn_id, answers)
            task.run()
        else:
            task._ready()
        advance(self.case, keeps_history=True)


@given(blocks(EVERYTHING), st.data())
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_compacted_case_moves_as_one_that_remembers_everything(block: Block, data: st.DataObject) -> None:
    definitions = Definitions({"main.bpmn": drawn(*built(block))})
    run, whole = Run(definitions, "main", path=""), Unforgetting(definitions, "main")
    for _ in range(20):
        kinds = {"task": run.tasks, "timer": run.timers, "message": run.awaited}
        ours = Counter(board_key(kind, thing) for kind, things in kinds.items() for thing in things.values())
        assert ours == whole.board()
        assert run.finished == bool(whole.case.completed)
        if run.finished:
            return
        kind = data.draw(st.sampled_from([kind for kind, things in kinds.items() if things]))
        standing = _in_order(run, kind)
        place = data.draw(st.integers(0, len(standing) - 1))
        answers = dict.fromkeys(data.draw(st.frozensets(st.sampled_from("ab"))), True)
        try:
            whole.act(kind, place, answers)
        except StepFailed:
            return
        if kind == "task":
            run.complete_id(standing[place], answers)
        elif kind == "timer":
            run.fire_id(standing[place])
        else:
            run.receive_id(standing[place], {})


def _in_order(run: Run, kind: str) -> list[str]:
    """List what waits in the order of the state, which is the order it came in."""
    standing = instances.standing(run.definitions, run.step.state)
    listed = {"task": standing.opened, "timer": standing.timers_started, "message": standing.awaited}[kind]
    return [thing.id for thing in listed]


def test_nothing_finished_is_left_but_what_holds_the_living() -> None:
    late = d.edge("late", "each", d.timer(after="P1D")) + d.end("lost")
    inner = d.subprocess(
        "each",
        *(
            d.start("s"),
            d.xor("x"),
            d.first_of("first"),
            d.catch("a", d.timer(after="P2D")),
            d.catch("b", d.message("m")),
            d.end("e"),
        ),
        flows="s > x > first > a > e; first > b > e",
        loop=d.several("=[1, 2]", "n"),
    )
    body = d.process(
        "p", d.start(), d.user("go"), inner, late, d.end(), flows="start > go > each > end; late > lost"
    )
    run = Run(d.diagram(body, roots=d.message_root("m")))
    run.complete("go")
    flows = unpack(run.step.state)["flows"]
    assert [[row[1] for row in tasks] for *_, tasks in flows] == [
        ["each.BoundaryEventSplit", "each", "late", "each [child]", "each [child]"],
        ["first", "a", "b"],
        ["first", "a", "b"],
    ]


def test_one_act_may_take_thousands_of_steps() -> None:
    """As deep as the tree of one act would grow, nothing in it is done by recursion."""
    body = d.process(
        "p",
        *(
            d.start(),
            d.user("go"),
            d.xor("next"),
            d.script("count", "={n: n + 1}"),
            d.xor("enough"),
            d.user("then"),
            d.end(),
        ),
        *(d.edge("late", "then", d.timer(after="P1D")), d.end("lost")),
        flows="""start > go > next > count > enough; enough > next ? default
                 enough > then ? =n >= 1500; then > end; late > lost""",
    )
    run = Run(d.diagram(body), n=0)
    run.complete("go")
    assert run.open() == ["then"]
    assert run.variables["n"] == 1500
