"""What the check accepts, the parser reads and the engine plays; what the parser refuses, the check does."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.workflows.engine import diagrams as d
from tests.workflows.engine.check.samples import PAIRS, pack
from tests.workflows.engine.nets import Block, blocks, built, drawn
from tests.workflows.engine.running import BEGINNING, Run
from tests.workflows.engine.test_token_game import EVERYTHING
from workflows.engine.check import Names, Problem, check_pack
from workflows.engine.definitions import DefinitionError, Definitions
from workflows.engine.instances import start
from workflows.engine.step import StepFailed

BPMN = f"{{{d.BPMN}}}"
SETTINGS = """
key = "any"
version = "1"
title = {ru = "Любая", en = "Any"}
start = ["main"]
roles = {mentor = {ru = "Наставник", en = "Mentor"}}
"""
FORM = '{"id": "note", "components": [{"type": "checkbox", "key": "a", "id": "a", "label": "А"}, %s]}'
FORM %= '{"type": "checkbox", "key": "b", "id": "b", "label": "Б"}'
OPERATORS = ["notices.tell"]
ACTS = 25
MODERATE = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
OUR_OWN_MISTAKES = ("Error:", "Exception:", "made 5000 steps")
"""How a failure reads that is the engine's and not the data's."""


def whole(content: bytes) -> etree._Element:
    """Name everything in a diagram and give its tasks a form, as people must."""
    root = etree.fromstring(content)
    for node in root.iter(f"{BPMN}*"):
        if node.get("id") and node.get("name") is None:
            node.set("name", f"Имя {node.get('id')}")
        if node.tag == f"{BPMN}userTask":
            form = etree.SubElement(node.find(f"{BPMN}extensionElements"), f"{{{d.ZEEBE}}}formDefinition")
            form.set("formId", "note")
    return root


def files(root: etree._Element) -> dict[str, bytes]:
    written = {"pack.toml": SETTINGS.encode(), "forms/note.form": FORM.encode()}
    return written | {"main.bpmn": etree.tostring(root)}


def errors(content: dict[str, bytes]) -> list[Problem]:
    return [found for found in check_pack(content, Names(OPERATORS)) if found.is_error]


@given(blocks(EVERYTHING), st.data())
@MODERATE
def test_what_the_engine_does_right_the_check_accepts(block: Block, data: st.DataObject) -> None:
    content = files(whole(drawn(*built(block))))
    assert errors(content) == []
    play(Definitions(content), data)


@given(blocks(EVERYTHING, depth=2), st.data())
@settings(MODERATE, max_examples=150)
def test_a_spoilt_diagram_is_refused_or_runs(block: Block, data: st.DataObject) -> None:
    root = whole(EXTRAS[data.draw(st.sampled_from(sorted(EXTRAS)))] or drawn(*built(block)))
    for _ in range(data.draw(st.integers(1, 2))):
        data.draw(st.sampled_from(SPOILERS))(root, data)
    content = files(root)
    found = errors(content)
    assert "cannot_be_run" not in {one.code for one in found}, "the check has no words of its own for this"
    assert "check_failed" not in {one.code for one in found}, found
    refused = refusal(content)
    if refused is not None:
        assert found, refused
        assert all(one.line or not one.element for one in found if one.file == "main.bpmn")
    elif not found:
        play(Definitions(content), data)


def refusal(content: dict[str, bytes]) -> DefinitionError | None:
    definitions = Definitions(content)
    try:
        for process in definitions.process_keys():
            definitions.specs(process)
    except DefinitionError as problem:
        return problem
    return None


def play(definitions: Definitions, data: st.DataObject) -> None:
    """Do what waits in any order; only data may be at fault, and nothing stands still silently."""
    with only_data_at_fault():
        run = Run(definitions, "main", call_service=one, path="", people=[1, 2])
        for _ in range(ACTS):
            if run.finished:
                return
            assert run.tasks or run.timers or run.awaited, "it stands still, and nobody hears of it"
            act(run, data)


def one(_operator: str, _inputs: Any) -> int:
    return 1


@contextmanager
def only_data_at_fault() -> Iterator[None]:
    """Let a step fail where the data is wrong, and nowhere else."""
    try:
        yield
    except StepFailed as failure:
        if not failure.element or any(mark in failure.reason for mark in OUR_OWN_MISTAKES):
            raise AssertionError(f"the engine itself has failed: {failure}") from failure


def act(run: Run, data: st.DataObject) -> None:
    kind, key = data.draw(
        st.sampled_from(
            [("task", key) for key in run.tasks]
            + [("timer", key) for key in run.timers]
            + [("message", key) for key in run.awaited]
        )
    )
    if kind == "task":
        run.complete_id(key, dict.fromkeys(data.draw(st.frozensets(st.sampled_from("ab"))), True))
    elif kind == "timer":
        run.fire_id(key)
    else:
        run.receive_id(key, {"a": True})


def everything_else() -> bytes:
    """A diagram of what the nets do not have: services, errors, escalations, conditions, cycles, sending."""
    stage = d.process(
        "stage",
        *(d.start("s2"), d.user("work", role="mentor", due="P3D"), d.xor("good")),
        d.throw("tell", '<escalationEventDefinition escalationRef="help"/>'),
        d.end("fail", '<errorEventDefinition errorRef="bad"/>'),
        d.end("e2"),
        flows="s2 > work > tell > good; good > e2 ? =work.a = true; good > fail ? default",
    )
    body = d.process(
        "main",
        *(d.start(), d.service("serve", "notices.tell", {"n": "=1"}, "served"), d.script("count", "={n: 1}")),
        d.call("staged", "stage"),
        d.edge("failed", "staged", '<errorEventDefinition errorRef="bad"/>'),
        d.edge("helped", "staged", '<escalationEventDefinition escalationRef="help"/>', interrupts=False),
        d.edge("weekly", "staged", d.timer(every="R3/P7D"), interrupts=False),
        *(d.user("mend", role="mentor"), d.user("help_out", role="mentor"), d.user("remind", role="mentor")),
        d.catch("ready", d.condition("=mend.a = true")),
        d.element("sendTask", "send", "", d.mapped({"to": '="case"', "n": "=n"}), messageRef="note"),
        d.element("receiveTask", "hear", messageRef="note"),
        d.user("each", role="mentor", inside=d.several("=people", "who", into="all", result="=each.a")),
        *(d.end(), d.end("e3"), d.end("e4")),
        flows="""start > serve > count > staged > send > hear > each > end; helped > help_out > e3
                 weekly > remind > e4; failed > mend > ready > end""",
    )
    roots = (
        d.message_root("note") + '<error id="bad" errorCode="bad"/><escalation id="help" escalationCode="h"/>'
    )
    return d.diagram(body, stage, roots=roots)


EXTRAS = {"a net": b"", "everything else": everything_else()}


def test_everything_else_is_accepted_too() -> None:
    assert errors(files(whole(everything_else()))) == []


def _some(root: etree._Element, data: st.DataObject, *kinds: str) -> Any:
    found = [node for node in root.iter(*(f"{BPMN}{kind}" for kind in kinds)) if node is not root]
    assume(found)
    return data.draw(st.sampled_from(found))


def drop(root: etree._Element, data: st.DataObject) -> None:
    node = _some(root, data, "*")
    node.getparent().remove(node)


def drop_attribute(root: etree._Element, data: st.DataObject) -> None:
    node = _some(root, data, "*")
    assume(node.attrib)
    del node.attrib[data.draw(st.sampled_from(sorted(node.attrib)))]


def _with_attributes(root: etree._Element, data: st.DataObject) -> Any:
    found = [node for node in root.iter(etree.Element) if node.attrib]
    assume(found)
    return data.draw(st.sampled_from(found))


def change_attribute(root: etree._Element, data: st.DataObject) -> None:
    node = _with_attributes(root, data)
    values = [value for one in root.iter(etree.Element) for value in one.attrib.values()]
    values += ["", " ", "true", "false", "1", "0", "3", "-1", "=", "=null", "=1", "='x'", "no such thing"]
    node.set(data.draw(st.sampled_from(sorted(node.attrib))), data.draw(st.sampled_from(values)))


def add_blanks(root: etree._Element, data: st.DataObject) -> None:
    node = _with_attributes(root, data)
    name = data.draw(st.sampled_from(sorted(node.attrib)))
    node.set(name, f" {node.get(name)} ")


def change_kind(root: etree._Element, data: st.DataObject) -> None:
    kinds = ["userTask", "task", "manualTask", "serviceTask", "sendTask", "receiveTask", "scriptTask"]
    kinds += [
        "exclusiveGateway",
        "parallelGateway",
        "inclusiveGateway",
        "eventBasedGateway",
        "complexGateway",
    ]
    kinds += ["startEvent", "endEvent", "intermediateCatchEvent", "intermediateThrowEvent", "boundaryEvent"]
    kinds += [
        "callActivity",
        "subProcess",
        "transaction",
        "adHocSubProcess",
        "dataObject",
        "choreographyTask",
    ]
    node = _some(root, data, *kinds)
    node.tag = f"{BPMN}{data.draw(st.sampled_from(kinds))}"


def change_language(root: etree._Element, data: st.DataObject) -> None:
    node = _some(root, data, "*")
    node.tag = f"{{urn:other}}{etree.QName(node).localname}"


def add_inside(root: etree._Element, data: st.DataObject) -> None:
    """Put one more marker, event, condition or mapping into an element."""
    node = _some(root, data, "*")
    parts = [
        d.timer(after="P2D"),
        d.timer(every="R/P1D"),
        d.timer(at="2027-01-01T00:00:00Z"),
        "<terminateEventDefinition/>",
        "<signalEventDefinition/>",
        "<errorEventDefinition/>",
        '<messageEventDefinition messageRef="nothing"/>',
        d.condition("=true"),
        d.several("=[1, 2]", "one"),
        d.several(count="2"),
        d.several("=[1]", "one", count="2"),
        d.repeated(maximum=2),
        "<conditionExpression>=true</conditionExpression>",
        f"<extensionElements>{d.mapped({'n': '=1'}, {'m': '=2'})}</extensionElements>",
        d.manual("added"),
        d.start("begun"),
        '<sequenceFlow id="arrow" sourceRef="start1" targetRef="end2"/>',
        '<dataObject id="data"/>',
    ]
    text = data.draw(st.sampled_from(parts))
    added = etree.fromstring(f'<x xmlns="{d.BPMN}" xmlns:z="{d.ZEEBE}">{text}</x>')[0]
    node.append(added)


def double(root: etree._Element, data: st.DataObject) -> None:
    node = _some(root, data, "*")
    node.addnext(deepcopy(node))


def lead_elsewhere(root: etree._Element, data: st.DataObject) -> None:
    flow = _some(root, data, "sequenceFlow")
    ids = [node.get("id") for node in root.iter(f"{BPMN}*") if node.get("id")]
    flow.set(data.draw(st.sampled_from(["sourceRef", "targetRef"])), data.draw(st.sampled_from(ids)))


SPOILERS: list[Callable[[etree._Element, st.DataObject], None]] = [
    *(drop, drop_attribute, change_attribute, add_blanks, change_kind, change_language, add_inside, double),
    lead_elsewhere,
]


@pytest.mark.parametrize("code", PAIRS)
def test_every_mended_sample_of_the_check_can_be_read_and_started(code: str) -> None:
    pair = PAIRS[code]
    mended = pair["wrong"] | pair["mended"]
    mended["files"] = pair["wrong"].get("files", {}) | pair["mended"].get("files", {})
    definitions = Definitions(pack(mended))
    given = {"members": [1], "programme": "case"}
    for process in definitions.process_keys():
        with only_data_at_fault():
            start(definitions, process, given, now=BEGINNING, call_service=one)
