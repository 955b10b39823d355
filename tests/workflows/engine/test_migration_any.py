"""Any diagram, played to any point, moved to any other version: it goes on as that version says, or stays."""

from collections import Counter
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.workflows.engine.nets import TASK, Block, Edge, Flow, Net, Node, blocks, built, drawn
from tests.workflows.engine.oracle import Oracle, Place
from tests.workflows.engine.running import Run
from tests.workflows.engine.test_token_game import EVERYTHING, act, board_key
from workflows.engine import instances, migrate
from workflows.engine.definitions import Definitions

ACTS_BEFORE = 8
ACTS_AFTER = 60
TAME = EVERYTHING - {"loop", "repeat", "edge"}
"""What such a diagram is made of can neither stand still by itself nor do a task twice."""


class Version:
    """A diagram that can be redrawn: its processes, and what was renamed since the one before."""

    def __init__(self, main: Net, called: list[Net]) -> None:
        self.main, self.called = main, called
        self.renamed: dict[str, str] = {}
        self.fresh = 0

    def definitions(self) -> Definitions:
        return Definitions({"main.bpmn": drawn(self.main, self.called)})

    def nets(self) -> list[Net]:
        found = [self.main, *self.called]
        for net in found:
            found += [node.inner for node in net.nodes.values() if node.kind == "sub" and node.inner]
        return found

    def next_version(self) -> "Version":
        again = deepcopy(self)
        again.renamed = {}
        return again

    def key(self, kind: str) -> str:
        self.fresh += 1
        return f"new_{kind}{self.fresh}"


def redraw(version: Version, data: st.DataObject, *, tamely: bool = False) -> None:
    """Change one thing somewhere in a diagram."""
    net = data.draw(st.sampled_from(version.nets()))
    changes = [change for change in CHANGES if not (tamely and change in (add_event, drop_event))]
    data.draw(st.sampled_from(changes))(version, net, data)


def insert(version: Version, net: Net, data: st.DataObject) -> None:
    flow = data.draw(st.sampled_from(_flows(net)))
    key = version.key("task")
    net.nodes[key] = Node(key, "task")
    net.flows[net.flows.index(flow)] = Flow(flow.source, key, flow.when)
    net.flows.append(Flow(key, flow.target))


def _flows(net: Net) -> list[Flow]:
    """List the flows a task may be put on; behind an event gateway only its events may stand."""
    gates = {key for key, node in net.nodes.items() if node.kind == "gate"}
    return [flow for flow in net.flows if flow.source not in gates]


def _plain_tasks(net: Net) -> list[str]:
    deciding = {node.by for node in net.nodes.values()}
    return [n.key for n in net.nodes.values() if n.kind == "task" and not n.edges and n.key not in deciding]


def _chosen(data: st.DataObject, found: list[Any]) -> Any:
    assume(found)
    return data.draw(st.sampled_from(found))


def remove(version: Version, net: Net, data: st.DataObject) -> None:
    _cut_out(net, _chosen(data, _plain_tasks(net)))


def _cut_out(net: Net, key: str) -> Node:
    (before,), (after,) = net.incoming(key), net.outgoing(key)
    net.flows.remove(after)
    net.flows[net.flows.index(before)] = Flow(before.source, after.target, before.when)
    return net.nodes.pop(key)


def move_elsewhere(version: Version, net: Net, data: st.DataObject) -> None:
    node = _cut_out(net, _chosen(data, _plain_tasks(net)))
    flow = data.draw(st.sampled_from(_flows(net)))
    net.nodes[node.key] = node
    net.flows[net.flows.index(flow)] = Flow(flow.source, node.key, flow.when)
    net.flows.append(Flow(node.key, flow.target))


def rename(version: Version, net: Net, data: st.DataObject) -> None:
    old = _chosen(data, [n.key for n in net.nodes.values() if n.kind not in ("start", "sub")])
    node = net.nodes.pop(old)
    node.key = version.key(node.kind)
    net.nodes[node.key] = node
    version.renamed[old] = node.key
    for flow in net.flows:
        flow.source = node.key if flow.source == old else flow.source
        flow.target = node.key if flow.target == old else flow.target
    for other in net.nodes.values():
        other.by = node.key if other.by == old else other.by


def add_branch(version: Version, net: Net, data: st.DataObject) -> None:
    split, join = _chosen(data, _regions(net, "par"))
    key = version.key("task")
    net.nodes[key] = Node(key, "task")
    net.flows += [Flow(split, key), Flow(key, join)]


def _regions(net: Net, kind: str) -> list[tuple[str, str]]:
    """List the splits of this kind with the join of the same block, which the builder made right after."""
    splits = [node for node in net.nodes.values() if node.kind == kind and node.closes]
    return [(node.key, node.closes) for node in splits if len(net.outgoing(node.key)) > 1]


def drop_branch(version: Version, net: Net, data: st.DataObject) -> None:
    split, join = _chosen(data, _regions(net, "par"))
    assume(len(net.outgoing(split)) > 2)
    ways = [f.target for f in net.outgoing(split) if f.target in _plain_tasks(net)]
    ways = [key for key in ways if net.outgoing(key)[0].target == join]
    key = _chosen(data, ways)
    del net.nodes[key]
    net.flows[:] = [flow for flow in net.flows if key not in (flow.source, flow.target)]


def put_one_after_another(version: Version, net: Net, data: st.DataObject) -> None:
    """Do the branches of a fork in a row; the fork and the join are then plain passages."""
    split, join = _chosen(data, _regions(net, "par"))
    firsts, lasts = net.outgoing(split), net.incoming(join)
    assume(len(firsts) == len(lasts) == 2)
    first, second = (flow.target for flow in firsts)
    ends_first = next(flow for flow in lasts if flow.source in _within(net, first, join))
    net.flows.remove(firsts[1])
    ends_first.target = second
    net.nodes[split].kind = net.nodes[join].kind = "xor"


def _within(net: Net, start: str, end: str) -> set[str]:
    found: set[str] = set()
    ahead = [start]
    while ahead:
        key = ahead.pop()
        if key not in found and key != end:
            found.add(key)
            ahead += [flow.target for flow in net.outgoing(key)]
            if key in net.nodes:
                ahead += [edge.key for edge in net.nodes[key].edges]
    return found


def do_side_by_side(version: Version, net: Net, data: st.DataObject) -> None:
    """Put a new task beside one that was alone."""
    host = _chosen(data, [n.key for n in net.nodes.values() if n.kind in ("task", "sub", "call")])
    assume(not net.nodes[host].edges and len(net.outgoing(host)) == 1)
    split, join, key = version.key("par"), version.key("par"), version.key("task")
    net.nodes |= {split: Node(split, "par"), join: Node(join, "par"), key: Node(key, "task")}
    for flow in net.incoming(host):
        flow.target = split
    for flow in net.outgoing(host):
        flow.source = join
    net.flows += [Flow(split, host), Flow(host, join), Flow(split, key), Flow(key, join)]
    net.nodes[split].closes = join


def swap_gateways(version: Version, net: Net, data: st.DataObject) -> None:
    split, join = _chosen(data, [*_regions(net, "xor"), *_regions(net, "inc")])
    kind = data.draw(st.sampled_from(["par", "xor", "inc"]))
    net.nodes[split].kind = net.nodes[join].kind = kind
    if kind == "par":
        net.nodes[split].by = ""
        for flow in net.outgoing(split):
            flow.when = ""


def add_event(version: Version, net: Net, data: st.DataObject) -> None:
    host = _chosen(data, [n for n in net.nodes.values() if n.kind in ("task", "sub", "call")])
    event = Edge(
        version.key("edge"), data.draw(st.sampled_from(["timer", "message"])), data.draw(st.booleans())
    )
    task, end = version.key("task"), version.key("end")
    host.edges.append(event)
    net.nodes |= {task: Node(task, "task"), end: Node(end, "end")}
    net.flows += [Flow(event.key, task), Flow(task, end)]


def drop_event(version: Version, net: Net, data: st.DataObject) -> None:
    host = _chosen(data, [node for node in net.nodes.values() if node.edges])
    host.edges.pop()
    start = next(key for key, node in net.nodes.items() if node.kind == "start")
    reached = _within(net, start, "")
    net.flows[:] = [flow for flow in net.flows if flow.source in reached]
    for key in net.nodes.keys() - reached:
        del net.nodes[key]


def call_it(version: Version, net: Net, data: st.DataObject) -> None:
    """Wrap a task into a process that is called."""
    node = net.nodes.pop(_chosen(data, _plain_tasks(net)))
    key = version.key("call")
    start, end = version.key("start"), version.key("end")
    inner = Net(f"{key}_process", {start: Node(start, "start"), node.key: node, end: Node(end, "end")})
    inner.flows = [Flow(start, node.key), Flow(node.key, end)]
    version.called.append(inner)
    net.nodes[key] = Node(key, "call", inner=inner)
    for flow in net.flows:
        flow.source = key if flow.source == node.key else flow.source
        flow.target = key if flow.target == node.key else flow.target


CHANGES = [
    *(insert, remove, move_elsewhere, rename, add_branch, drop_branch, put_one_after_another),
    *(do_side_by_side, swap_gateways, add_event, drop_event, call_it),
]


class Case:
    """A case and the token game beside it, in which the same is done."""

    def __init__(self, version: Version, *, is_tame: bool = False) -> None:
        self.version = version
        self.is_tame = is_tame
        self.oracle = Oracle(version.main)
        self.run = Run(version.definitions(), "main", path="")
        self.done: Counter[tuple[str, str]] = Counter()

    def play(self, data: st.DataObject, acts: int) -> None:
        """Do what waits in any order, until the end or for so long."""
        for _ in range(acts):
            if self.oracle.finished:
                break
            waiting = sorted(Counter(self.oracle.waiting()).items())
            key, times = data.draw(st.sampled_from(waiting))
            nth = data.draw(st.integers(0, times - 1))
            answers = data.draw(st.frozensets(st.sampled_from("ab"))) if key[0] == "task" else frozenset()
            self.oracle.do(key, nth, answers)
            # Where an event leads a token away from its join, a diagram stands still by itself.
            assume(self.is_tame or self.oracle.finished or self.oracle.waiting())
            act(self.run, key, nth, answers)
            self.done[key[1:]] += key[0] == "task"
            assert not self.is_tame or self.done[key[1:]] <= 1
            self.compare()

    def compare(self) -> None:
        run = self.run
        kinds = (("task", run.tasks), ("timer", run.timers), ("message", run.awaited))
        ours = Counter(board_key(kind, thing) for kind, things in kinds for thing in things.values())
        assert ours == Counter(self.oracle.waiting())
        assert run.finished == self.oracle.finished

    def move(self, version: Version) -> bool:
        """Move the case if the plan says so; otherwise check that it is as it was."""
        run, new = self.run, version.definitions()
        planned = migrate.plan(run.definitions, new, run.step.state, version.renamed)
        if not planned.moves:
            with pytest.raises(migrate.CannotMigrate) as refused:
                migrate.move(run.definitions, new, run.step.state, version.renamed, now=run.now)
            assert refused.value.reasons == planned.reasons
            standing = instances.standing(run.definitions, run.step.state)
            assert {task.id: task for task in standing.opened} == run.tasks
            return False
        before = (dict(run.tasks), dict(run.timers), dict(run.awaited), run.step.variables)
        step = migrate.move(run.definitions, new, run.step.state, version.renamed, now=run.now)
        run.definitions, run.step = new, step
        run.tasks = in_order(run.tasks, step.opened)
        run.timers = in_order(run.timers, step.timers_started)
        run.awaited = in_order(run.awaited, step.awaited)
        self.check_kept(*before)
        transplant(self.oracle, version)
        self.version = version
        self.done.clear()
        self.compare()
        return True

    def check_kept(self, tasks: Any, timers: Any, awaited: Any, variables: Any) -> None:
        run = self.run
        assert tasks.keys() == run.tasks.keys()
        assert {key: task.due_at for key, task in tasks.items()} == {
            key: task.due_at for key, task in run.tasks.items()
        }
        for key, timer in timers.items():
            assert key not in run.timers or run.timers[key].due_at == timer.due_at
        assert variables == run.step.variables


def in_order(before: dict[str, Any], standing: tuple[Any, ...]) -> dict[str, Any]:
    """List what waits in the order in which it began to wait."""
    found = {thing.id: thing for thing in standing}
    return {key: found[key] for key in before if key in found} | found


def transplant(oracle: Oracle, version: Version) -> None:
    """Put the tokens of the game on the same places of the new diagram."""
    nets = {net.key: net for net in version.nets()}
    for place in oracle.places:
        _transplant_place(place, nets[place.net.key], version.renamed, oracle)


def _transplant_place(place: Place, net: Net, renamed: dict[str, str], oracle: Oracle) -> None:
    def called(key: str) -> str:
        return renamed.get(key, key)

    numbers = {(flow.source, flow.target): number for number, flow in enumerate(net.flows)}
    old = place.net.flows
    place.tokens = Counter(
        {numbers[called(old[n].source), called(old[n].target)]: count for n, count in (+place.tokens).items()}
    )
    for activity in place.activities:
        was = activity.node
        activity.node = net.nodes[called(was.key)]
        if was.kind == "gate":
            for armed in activity.events:
                armed.key = called(armed.key)
            continue
        known = {edge.key for edge in was.edges}
        present = {edge.key: edge for edge in activity.node.edges}
        activity.events = [armed for armed in activity.events if called(armed.key) in present]
        for edge in activity.node.edges:
            if edge.key not in known:
                activity.events.append(oracle.armed(edge))
    place.net = net


FEW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@given(blocks(EVERYTHING), st.data())
@FEW
def test_wherever_a_case_stands_it_may_move_to_the_same_diagram(block: Block, data: st.DataObject) -> None:
    case = Case(Version(*built(block)))
    case.play(data, ACTS_BEFORE)
    before = case.run.step.state
    assert case.move(case.version)
    assert case.run.step.state == before


@given(blocks(TAME), st.data())
@FEW
def test_a_case_that_moved_ends_and_nothing_is_done_twice(block: Block, data: st.DataObject) -> None:
    case = Case(Version(*built(("seq", (TASK, block, TASK)))), is_tame=True)
    case.play(data, data.draw(st.integers(0, ACTS_BEFORE)))
    version = case.version.next_version()
    redraw(version, data, tamely=True)
    case.move(version)
    case.play(data, ACTS_AFTER)
    assert case.run.finished


@given(blocks(EVERYTHING), st.data())
@FEW
def test_a_case_that_moved_goes_on_as_the_new_version_says(block: Block, data: st.DataObject) -> None:
    case = Case(Version(*built(("seq", (TASK, block, TASK)))))
    case.play(data, data.draw(st.integers(0, ACTS_BEFORE)))
    for _ in range(data.draw(st.integers(1, 2))):
        version = case.version.next_version()
        redraw(version, data)
        case.move(version)
        case.play(data, data.draw(st.integers(0, 2)))
    case.play(data, ACTS_AFTER)
