"""Generated processes: a tree of blocks becomes a net of nodes and flows, and a net becomes a diagram.

Identities: every choice is made by the answer of a task that stands right before its gateway. Instances of a
multi-instance are told apart by `path`, which tasks show as their role and messages as their key.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from hypothesis import strategies as st

from tests.workflows.engine import diagrams as d


@dataclass
class Edge:
    """An event at the edge of an activity."""

    key: str
    kind: str
    interrupts: bool


@dataclass
class Node:
    """A node; `inner` is the net that runs inside, `times` says how often, `by` the task that decides.

    `closes` names the join at which the branches of a split meet again.
    """

    key: str
    kind: str
    by: str = ""
    inner: "Net | None" = None
    mode: str = ""
    times: int = 1
    edges: list[Edge] = field(default_factory=list)
    closes: str = ""


@dataclass
class Flow:
    source: str
    target: str
    when: str = ""


@dataclass
class Net:
    """A process or a subprocess."""

    key: str
    nodes: dict[str, Node] = field(default_factory=dict)
    flows: list[Flow] = field(default_factory=list)

    def outgoing(self, key: str) -> list[Flow]:
        return [flow for flow in self.flows if flow.source == key]

    def incoming(self, key: str) -> list[Flow]:
        return [flow for flow in self.flows if flow.target == key]


Block = tuple[Any, ...]
TASK: Block = ("task",)


def blocks(kinds: frozenset[str], depth: int = 3) -> st.SearchStrategy[Block]:
    """Draw a block of these kinds, nested at most so deep."""
    if depth == 0:
        return st.just(TASK)
    inner = blocks(kinds, depth - 1)
    held = st.one_of(st.just(TASK), st.tuples(st.just("sub"), inner), st.tuples(st.just("call"), inner))
    edges = [(True, "timer"), (True, "message"), (False, "timer"), (False, "message")]
    modes = ["parallel", "sequential"]
    pairs = st.lists(inner, min_size=2, max_size=2).map(tuple)
    ways = {
        "seq": st.tuples(st.just("seq"), st.lists(inner, min_size=2, max_size=3).map(tuple)),
        "xor": st.tuples(st.just("xor"), pairs),
        "inc": st.tuples(st.just("inc"), pairs),
        "par": st.tuples(st.just("par"), st.lists(inner, min_size=2, max_size=3).map(tuple)),
        "loop": st.tuples(st.just("loop"), inner),
        "sub": st.tuples(st.just("sub"), inner),
        "call": st.tuples(st.just("call"), inner),
        "gate": st.tuples(st.just("gate"), pairs),
        "stop": st.just(("stop",)),
        "edge": st.tuples(st.just("edge"), held, inner, st.sampled_from(edges), st.booleans()),
        "edge that fires once": st.tuples(
            st.just("edge"), held, inner, st.sampled_from(edges[:3]), st.just(False)
        ),
        "several": st.tuples(st.just("several"), held, st.sampled_from(modes), st.integers(0, 3)),
        "several tasks": st.tuples(
            st.just("several"), st.just(TASK), st.sampled_from(modes), st.integers(0, 3)
        ),
        "repeat": st.tuples(st.just("repeat"), held, st.integers(1, 3)),
    }
    return st.one_of(st.just(TASK), *(ways[kind] for kind in sorted(kinds)))


class Builder:
    """Builds the nets of one diagram; called processes become nets of their own."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self.called: list[Net] = []

    def net(self, key: str, block: Block) -> Net:
        net = Net(key)
        begin = self._node(net, "start")
        last = self._add(net, block, begin)
        self._join(net, last, self._node(net, "end"))
        return net

    def _key(self, kind: str) -> str:
        return f"{kind}{next(self._numbers)}"

    def _node(self, net: Net, kind: str, **more: Any) -> str:
        node = Node(self._key(kind), kind, **more)
        net.nodes[node.key] = node
        return node.key

    def _join(self, net: Net, source: str, target: str, when: str = "") -> str:
        net.flows.append(Flow(source, target, when))
        return target

    def _add(self, net: Net, block: Block, after: str, when: str = "") -> str:
        """Add a block behind a node; give its last node."""
        return getattr(self, f"_add_{block[0]}")(net, after, when, *block[1:])

    def _add_task(self, net: Net, after: str, when: str) -> str:
        return self._join(net, after, self._node(net, "task"), when)

    def _add_seq(self, net: Net, after: str, when: str, parts: tuple[Block, ...]) -> str:
        for part in parts:
            after, when = self._add(net, part, after, when), ""
        return after

    def _add_xor(self, net: Net, after: str, when: str, ways: tuple[Block, ...]) -> str:
        chosen = self._add_task(net, after, when)
        split = self._join(net, chosen, self._node(net, "xor", by=chosen))
        return self._branches(net, split, self._node(net, "xor"), ways, ["a", ""])

    def _add_inc(self, net: Net, after: str, when: str, ways: tuple[Block, ...]) -> str:
        chosen = self._add_task(net, after, when)
        split = self._join(net, chosen, self._node(net, "inc", by=chosen))
        return self._branches(net, split, self._node(net, "inc"), (*ways, TASK), ["a", "b", ""])

    def _add_par(self, net: Net, after: str, when: str, ways: tuple[Block, ...]) -> str:
        split = self._join(net, after, self._node(net, "par"), when)
        return self._branches(net, split, self._node(net, "par"), ways, [""] * len(ways))

    def _branches(self, net: Net, split: str, merge: str, ways: tuple[Block, ...], whens: list[str]) -> str:
        net.nodes[split].closes = merge
        for way, when in zip(ways, whens, strict=True):
            self._join(net, self._add(net, way, split, when), merge)
        return merge

    def _add_loop(self, net: Net, after: str, when: str, body: Block) -> str:
        again = self._join(net, after, self._node(net, "xor"), when)
        chosen = self._add_task(net, self._add(net, body, again), "")
        split = self._join(net, chosen, self._node(net, "xor", by=chosen))
        self._join(net, split, again, "a")
        # What follows hangs on a node of its own, so that the flow out of the loop is the default one.
        return self._join(net, split, self._node(net, "xor"))

    def _add_stop(self, net: Net, after: str, when: str) -> str:
        chosen = self._add_task(net, after, when)
        split = self._join(net, chosen, self._node(net, "xor", by=chosen))
        self._join(net, split, self._node(net, "stop"), "a")
        return self._join(net, split, self._node(net, "xor"))

    def _add_gate(self, net: Net, after: str, when: str, ways: tuple[Block, ...]) -> str:
        gate = self._join(net, after, self._node(net, "gate"), when)
        merge = self._node(net, "xor")
        for kind, way in zip(("timer", "message"), ways, strict=True):
            event = self._join(net, gate, self._node(net, kind))
            self._join(net, self._add(net, way, event), merge)
        return merge

    def _held(self, net: Net, block: Block, **more: Any) -> str:
        if block[0] == "task":
            return self._node(net, "task", **more)
        key = self._key(block[0])
        inner = self.net(f"{key}_process", block[1])
        if block[0] == "call":
            self.called.append(inner)
        net.nodes[key] = Node(key, block[0], inner=inner, **more)
        return key

    def _add_sub(self, net: Net, after: str, when: str, body: Block) -> str:
        return self._join(net, after, self._held(net, ("sub", body)), when)

    def _add_call(self, net: Net, after: str, when: str, body: Block) -> str:
        return self._join(net, after, self._held(net, ("call", body)), when)

    def _add_several(self, net: Net, after: str, when: str, body: Block, mode: str, times: int) -> str:
        return self._join(net, after, self._held(net, body, mode=mode, times=times), when)

    def _add_repeat(self, net: Net, after: str, when: str, body: Block, times: int) -> str:
        return self._join(net, after, self._held(net, body, mode="repeat", times=times), when)

    def _add_edge(
        self, net: Net, after: str, when: str, host: Block, way: Block, how: tuple[bool, str], returns: bool
    ) -> str:
        key = self._join(net, after, self._held(net, host), when)
        event = Edge(self._key("edge"), how[1], interrupts=how[0])
        net.nodes[key].edges.append(event)
        last = self._add(net, way, event.key)
        if not returns:
            self._join(net, last, self._node(net, "end"))
            return key
        merge = self._join(net, key, self._node(net, "xor"))
        return self._join(net, last, merge)


def built(block: Block) -> tuple[Net, list[Net]]:
    """Build the net of a block, and the nets of the processes it calls."""
    builder = Builder()
    return builder.net("main", block), builder.called


def drawn(net: Net, called: list[Net]) -> bytes:
    """Draw the nets as a diagram."""
    messages = [key for one in (net, *called) for key in _message_keys(one)]
    roots = "".join(d.message_root(f"m_{key}", correlation="=path") for key in messages)
    return d.diagram(
        *(d.process(n.key, *_elements(n), flows=_flow_text(n)) for n in (net, *called)), roots=roots
    )


def _message_keys(net: Net) -> Iterator[str]:
    for node in net.nodes.values():
        if node.kind == "message":
            yield node.key
        yield from (edge.key for edge in node.edges if edge.kind == "message")
        if node.kind == "sub" and node.inner:
            yield from _message_keys(node.inner)


def _flow_text(net: Net) -> str:
    return "; ".join(f"{flow.source} > {flow.target}{_condition(net, flow)}" for flow in net.flows)


def _condition(net: Net, flow: Flow) -> str:
    decider = net.nodes[flow.source].by if flow.source in net.nodes else ""
    if not decider:
        return ""
    return f" ? ={decider}.{flow.when} = true" if flow.when else " ? default"


def _elements(net: Net) -> Iterator[str]:
    for node in net.nodes.values():
        yield _element(node)
        for edge in node.edges:
            yield d.edge(edge.key, node.key, _trigger(edge.kind, edge.key), interrupts=edge.interrupts)


def _trigger(kind: str, key: str) -> str:
    return d.timer(after="P1D") if kind == "timer" else d.message(f"m_{key}")


def _element(node: Node) -> str:
    if node.kind in ("sub", "call"):
        assert node.inner is not None
        if node.kind == "call":
            return d.call(node.key, node.inner.key, loop=_marker(node))
        return d.subprocess(
            node.key, *_elements(node.inner), flows=_flow_text(node.inner), loop=_marker(node)
        )
    if node.kind in ("timer", "message"):
        return d.catch(node.key, _trigger(node.kind, node.key))
    simple = {
        "start": d.start,
        "end": d.end,
        "xor": d.xor,
        "par": d.parallel,
        "inc": d.inclusive,
        "gate": d.first_of,
        "stop": lambda key: d.end(key, "<terminateEventDefinition/>"),
        "task": lambda key: d.user(key, role="=path", inside=_marker(node)),
    }
    return simple[node.kind](node.key)


def _marker(node: Node) -> str:
    if node.mode == "repeat":
        return d.repeated(maximum=node.times)
    if node.mode:
        paths = ", ".join(f'path + ".{n + 1}"' for n in range(node.times))
        return d.several(f"=[{paths}]", "path", one_by_one=node.mode == "sequential")
    return ""
