"""Every sheet is drawn for people: nothing overlaps, all stands in its lane, arrows arrive."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from lxml import etree

import bpmn
from workflows.engine.check.building import read_document
from workflows.engine.check.graph import Document, Process

SHEETS = sorted(Path(bpmn.__file__).parent.glob("*/*.bpmn"))
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
BOUNDS = "{http://www.omg.org/spec/DD/20100524/DC}Bounds"
WAYPOINT = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"
WIDTH_OF_A_LETTER = 6.0

each_sheet = pytest.mark.parametrize("path", SHEETS, ids=lambda path: f"{path.parent.name}/{path.stem}")


@dataclass(frozen=True)
class Box:
    """A rectangle of the drawing."""

    id: str
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Box") -> bool:
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom

    def holds(self, other: "Box") -> bool:
        across = self.left <= other.left and other.right <= self.right
        return across and self.top <= other.top and other.bottom <= self.bottom

    def touches(self, x: float, y: float) -> bool:
        """Say whether a point lies on the border."""
        within = self.left <= x <= self.right and self.top <= y <= self.bottom
        return within and (x in (self.left, self.right) or y in (self.top, self.bottom))

    def is_crossed(self, line: "Box") -> bool:
        """Say whether a line runs through the inside."""
        across = line.left < self.right and self.left < line.right
        return across and line.top < self.bottom and self.top < line.bottom


@cache
def document(path: Path) -> Document:
    read, problems = read_document(path.name, path.read_bytes())
    assert read is not None, problems
    return read


def box(shape_id: str, holder: etree._Element) -> Box:
    bounds = holder.find(BOUNDS)
    assert bounds is not None
    left, top, width, height = (float(bounds.get(side, "")) for side in ("x", "y", "width", "height"))
    return Box(shape_id, left, top, left + width, top + height)


@cache
def shapes(path: Path) -> dict[str, Box]:
    """Give the box of every shape by the id of its element."""
    found = document(path).root.iter(f"{DI}BPMNShape")
    return {shape.get("bpmnElement", ""): box(shape.get("bpmnElement", ""), shape) for shape in found}


def nodes(path: Path) -> dict[str, Box]:
    return {node.id: shapes(path)[node.id] for node in document(path).nodes()}


def labels(path: Path) -> list[Box]:
    """Give the boxes of the texts beside events, gateways and arrows."""
    drawn = document(path).root.iter(f"{DI}BPMNShape", f"{DI}BPMNEdge")
    return [
        box(one.get("bpmnElement", ""), label)
        for one in drawn
        for label in one.iterchildren(f"{DI}BPMNLabel")
    ]


def routes(path: Path) -> dict[str, list[tuple[float, float]]]:
    return {
        edge.get("bpmnElement", ""): [
            (float(point.get("x", "")), float(point.get("y", ""))) for point in edge.iterchildren(WAYPOINT)
        ]
        for edge in document(path).root.iter(f"{DI}BPMNEdge")
    }


def lines(path: Path) -> Iterator[tuple[str, Box]]:
    """Give the straight pieces of every arrow."""
    for flow, points in routes(path).items():
        for (x, y), (x2, y2) in pairwise(points):
            yield flow, Box(flow, min(x, x2), min(y, y2), max(x, x2), max(y, y2))


def with_lanes(path: Path) -> list[Process]:
    return [process for process in document(path).processes if process.lanes]


@each_sheet
def test_no_two_shapes_overlap(path: Path) -> None:
    hosts = {node.id: node.host for node in document(path).nodes()}
    for one, other in combinations(nodes(path).values(), 2):
        attached = any(
            (host := hosts[a.id]) is not None and host.id == b.id for a, b in ((one, other), (other, one))
        )
        assert attached or not one.overlaps(other), (one.id, other.id)


@each_sheet
def test_an_event_at_the_edge_stands_on_the_edge(path: Path) -> None:
    for node in document(path).nodes():
        if node.host is not None:
            event, host = shapes(path)[node.id], shapes(path)[node.host.id]
            middle = (event.left + event.right) / 2, (event.top + event.bottom) / 2
            assert host.touches(*middle), node.id


@each_sheet
def test_everything_stands_in_its_own_lane(path: Path) -> None:
    for process in with_lanes(path):
        for node in process.sheet.nodes:
            (lane,) = process.lanes_by_node[node.id]
            assert shapes(path)[lane.id].holds(shapes(path)[node.id]), node.id


@each_sheet
def test_texts_stay_on_the_sheet_and_inside_one_lane(path: Path) -> None:
    lanes = [shapes(path)[lane.id] for process in with_lanes(path) for lane in process.lanes]
    for label in labels(path) if lanes else []:
        assert any(lane.holds(label) for lane in lanes), label.id


@each_sheet
def test_texts_cover_nothing(path: Path) -> None:
    written = labels(path)
    for one, other in combinations(written, 2):
        assert not one.overlaps(other), (one.id, other.id)
    for label in written:
        for shape in nodes(path).values():
            assert not label.overlaps(shape), (label.id, shape.id)
        for flow, line in lines(path):
            assert not label.is_crossed(line), (label.id, flow)


@each_sheet
def test_texts_have_room_for_their_longest_word(path: Path) -> None:
    named = {node.id: node.name for node in document(path).nodes()}
    named |= {flow.id: flow.name for scope in document(path).scopes() for flow in scope.flows}
    for label in labels(path):
        longest = max(named[label.id].split(), key=len)
        assert label.right - label.left >= len(longest) * WIDTH_OF_A_LETTER, named[label.id]


@each_sheet
def test_arrows_are_attached_at_both_ends(path: Path) -> None:
    for scope in document(path).scopes():
        for flow in scope.flows:
            first, *_between, last = routes(path)[flow.id]
            assert shapes(path)[flow.source_id].touches(*first), flow.id
            assert shapes(path)[flow.target_id].touches(*last), flow.id


@each_sheet
def test_arrows_run_straight_and_through_nothing(path: Path) -> None:
    for flow, line in lines(path):
        assert line.left == line.right or line.top == line.bottom, flow
        for shape in nodes(path).values():
            assert not shape.is_crossed(line), (flow, shape.id)


@each_sheet
def test_only_a_decision_leads_back_to_the_left(path: Path) -> None:
    for scope in document(path).scopes():
        for flow in scope.flows:
            source, target = shapes(path)[flow.source_id], shapes(path)[flow.target_id]
            decides = flow.source is not None and flow.source.kind == "exclusiveGateway"
            assert decides or source.left <= target.left, flow.id


@each_sheet
def test_a_sheet_fits_on_a_screen(path: Path) -> None:
    assert len(nodes(path)) <= 15
    right = max(shape.right for shape in shapes(path).values())
    assert right <= 1400


def lines_of(name: str, width: float) -> int:
    """Count the lines of a name in a box, as wide letters would break it."""
    lines, filled = 1, 0.0
    for word in name.split():
        length = len(word) * WIDTH_OF_A_LETTER
        if filled and filled + WIDTH_OF_A_LETTER / 2 + length > width - 10:
            lines, filled = lines + 1, length
        else:
            filled += length + (WIDTH_OF_A_LETTER / 2 if filled else 0)
    return lines


@each_sheet
def test_names_of_tasks_fit_beside_their_sign(path: Path) -> None:
    """A third line would begin beside the sign in the corner, and a narrow box has no room there."""
    for node in document(path).nodes():
        if node.kind in {"userTask", "serviceTask", "businessRuleTask", "callActivity"}:
            box = shapes(path)[node.id]
            width = box.right - box.left
            assert lines_of(node.name, width) <= (2 if width <= 100 else 3), node.id
