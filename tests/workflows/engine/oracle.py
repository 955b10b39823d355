"""A token game written from the BPMN standard alone: it knows nothing of the library, nor of our engine.

Tokens stand on flows and inside activities. It remembers everything it needs in plain objects and never
compacts. What waits is told by keys: ("task", element, path), ("timer", element, ""),
("message", element, path).
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from tests.workflows.engine.nets import Edge, Flow, Net, Node

Key = tuple[str, str, str]


@dataclass(eq=False)
class Armed:
    """An event that waits; at the edge of an activity, or as a node of its own."""

    key: str
    kind: str
    since: int
    edge: Edge | None = None


@dataclass(eq=False)
class Instance:
    """One run of an activity: a task that is open, or a place where a net runs."""

    path: str
    since: int
    place: "Place | None" = None


@dataclass(eq=False)
class Activity:
    """A token inside a node."""

    node: Node
    place: "Place"
    instances: list[Instance] = field(default_factory=list)
    events: list[Armed] = field(default_factory=list)
    begun: int = 0
    done: int = 0


@dataclass(eq=False)
class Place:
    """A net in which tokens move."""

    net: Net
    path: str
    owner: tuple[Activity, Instance] | None
    tokens: Counter[int] = field(default_factory=Counter)
    activities: list[Activity] = field(default_factory=list)
    answers: dict[str, frozenset[str]] = field(default_factory=dict)
    is_over: bool = False


Waiting = tuple[Key, Activity, Instance | None, Armed | None]


class Oracle:
    def __init__(self, net: Net) -> None:
        self.places: list[Place] = []
        self.passed: list[str] = []
        self.clock = count()
        self.top = self._open(net, "", None)
        self._move()

    @property
    def finished(self) -> bool:
        return self.top.is_over

    def waiting(self) -> list[Key]:
        return [key for key, *_ in self._all_waiting()]

    def do(self, key: Key, nth: int, answers: frozenset[str]) -> None:
        """Complete the task, fire the timer or deliver the message; then move on."""
        self.passed = []
        _, activity, instance, armed = [found for found in self._all_waiting() if found[0] == key][nth]
        if instance is not None:
            activity.place.answers[activity.node.key] = answers
            self._instance_done(activity, instance)
        elif armed is not None:
            self._event(activity, armed)
        self._move()

    def _all_waiting(self) -> list[Waiting]:
        """List what waits, the oldest first."""
        found: list[tuple[int, Waiting]] = []
        for place in self.places:
            for activity in place.activities:
                for instance in activity.instances:
                    if instance.place is None:
                        key = ("task", activity.node.key, instance.path)
                        found.append((instance.since, (key, activity, instance, None)))
                for armed in activity.events:
                    key = (armed.kind, armed.key, place.path if armed.kind == "message" else "")
                    found.append((armed.since, (key, activity, None, armed)))
        return [waiting for _, waiting in sorted(found, key=lambda pair: pair[0])]

    def _open(self, net: Net, path: str, owner: tuple[Activity, Instance] | None) -> Place:
        place = Place(net, path, owner)
        self.places.append(place)
        start = next(node for node in net.nodes.values() if node.kind == "start")
        self.passed.append(start.key)
        self._leave(place, start.key)
        return place

    def _leave(self, place: Place, key: str) -> None:
        for number, flow in enumerate(place.net.flows):
            if flow.source == key:
                place.tokens[number] += 1

    def _move(self) -> None:
        while self._step() or self._join_inclusively():
            pass

    def _step(self) -> bool:
        for place in self.places:
            for number, flow in enumerate(place.net.flows):
                if place.tokens[number] and self._arrive(place, number, flow):
                    return True
            if not place.activities and not +place.tokens:
                self._close(place)
                return True
        return False

    def _close(self, place: Place) -> None:
        place.is_over = True
        self.places.remove(place)
        if place.owner is not None:
            self._instance_done(*place.owner)

    def _arrive(self, place: Place, number: int, flow: Flow) -> bool:
        node = place.net.nodes[flow.target]
        if node.kind == "par":
            return self._join(place, node)
        if node.kind == "inc" and len(place.net.incoming(node.key)) > 1:
            return False
        place.tokens[number] -= 1
        if node.kind in ("xor", "inc"):
            self._choose(place, node)
        elif node.kind in ("end", "stop"):
            self.passed.append(node.key)
            if node.kind == "stop":
                self._clear(place)
        else:
            self._enter(place, node)
        return True

    def _join(self, place: Place, node: Node) -> bool:
        incoming = [n for n, flow in enumerate(place.net.flows) if flow.target == node.key]
        if not all(place.tokens[n] for n in incoming):
            return False
        for n in incoming:
            place.tokens[n] -= 1
        self.passed.append(node.key)
        self._leave(place, node.key)
        return True

    def _choose(self, place: Place, node: Node) -> None:
        self.passed.append(node.key)
        outgoing = [(n, flow) for n, flow in enumerate(place.net.flows) if flow.source == node.key]
        if node.by:
            answers = place.answers.get(node.by, frozenset())
            taken = [pair for pair in outgoing if pair[1].when and pair[1].when in answers]
            taken = taken or [pair for pair in outgoing if not pair[1].when]
            outgoing = taken[:1] if node.kind == "xor" else taken
        for n, _ in outgoing:
            place.tokens[n] += 1

    def _join_inclusively(self) -> bool:
        """Let an inclusive join go on to which no further token can come by a flow that has none."""
        for place in self.places:
            for node in place.net.nodes.values():
                if node.kind == "inc" and self._inclusive_join(place, node):
                    return True
        return False

    def _inclusive_join(self, place: Place, node: Node) -> bool:
        incoming = [n for n, flow in enumerate(place.net.flows) if flow.target == node.key]
        filled = [n for n in incoming if place.tokens[n]]
        if len(incoming) < 2 or not filled:
            return False
        empty = [n for n in incoming if not place.tokens[n]]
        for source in self._token_positions(place, node):
            reached = _reachable(place.net, source, node.key)
            if reached & set(empty) and not reached & set(filled):
                return False
        for n in filled:
            place.tokens[n] -= 1
        self._choose(place, node)
        return True

    def _token_positions(self, place: Place, join: Node) -> Iterator[str]:
        for n in +place.tokens:
            if place.net.flows[n].target != join.key:
                yield place.net.flows[n].target
        for activity in place.activities:
            yield activity.node.key
            yield from (armed.key for armed in activity.events)

    def _enter(self, place: Place, node: Node) -> None:
        activity = Activity(node, place)
        place.activities.append(activity)
        if node.kind == "gate":
            self.passed.append(node.key)
            for flow in place.net.outgoing(node.key):
                activity.events.append(
                    Armed(flow.target, place.net.nodes[flow.target].kind, next(self.clock))
                )
            return
        activity.events = [self.armed(edge) for edge in node.edges]
        if node.mode == "parallel" and node.times:
            for _ in range(node.times):
                self._begin(activity)
        elif node.mode and not node.times:
            self._activity_done(activity)
        else:
            self._begin(activity)

    def armed(self, edge: Edge) -> Armed:
        """Let an event at the edge of an activity begin to wait."""
        return Armed(edge.key, edge.kind, next(self.clock), edge)

    def _begin(self, activity: Activity) -> None:
        activity.begun += 1
        numbered = activity.node.mode in ("parallel", "sequential")
        path = f"{activity.place.path}.{activity.begun}" if numbered else activity.place.path
        instance = Instance(path, next(self.clock))
        activity.instances.append(instance)
        if activity.node.inner is not None:
            instance.place = self._open(activity.node.inner, path, (activity, instance))

    def _instance_done(self, activity: Activity, instance: Instance) -> None:
        activity.instances.remove(instance)
        activity.done += 1
        self.passed.append(activity.node.key)
        times = activity.node.times if activity.node.mode else 1
        if activity.done == times:
            self._activity_done(activity)
        elif activity.node.mode != "parallel":
            self._begin(activity)

    def _activity_done(self, activity: Activity) -> None:
        if activity.node.mode and not activity.node.times:
            self.passed.append(activity.node.key)
        activity.place.activities.remove(activity)
        self._leave(activity.place, activity.node.key)

    def _event(self, activity: Activity, armed: Armed) -> None:
        place = activity.place
        self.passed.append(armed.key)
        activity.events.remove(armed)
        if armed.edge is None or armed.edge.interrupts:
            self._drop(activity)
        elif armed.kind == "message":
            activity.events.append(Armed(armed.key, armed.kind, next(self.clock), armed.edge))
        self._leave(place, armed.key)

    def _drop(self, activity: Activity) -> None:
        activity.place.activities.remove(activity)
        for instance in activity.instances:
            if instance.place is not None:
                self._clear(instance.place)
                self.places.remove(instance.place)

    def _clear(self, place: Place) -> None:
        place.tokens.clear()
        for activity in list(place.activities):
            self._drop(activity)


def _reachable(net: Net, source: str, join: str) -> set[int]:
    """Number the flows that a token at `source` may still take without passing the join."""
    reached: set[int] = set()
    ahead = [source]
    while ahead:
        key = ahead.pop()
        if key == join:
            continue
        for number, flow in enumerate(net.flows):
            if flow.source == key and number not in reached:
                reached.add(number)
                ahead.append(flow.target)
    return reached
