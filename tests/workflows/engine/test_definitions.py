"""A pack as the engine reads it: safely, lazily, once, and with words for what it cannot read."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.workflows.engine import diagrams as d
from tests.workflows.engine.running import Run
from workflows.engine.definitions import DefinitionError, Definitions

PAIR = d.process(
    "pair", d.start(), d.user("meet", name="Meet"), d.end(), flows="start > meet > end", title="The pair"
)


def test_a_pack_tells_its_processes_titles_elements_and_forms() -> None:
    inner = d.subprocess(
        "talk", d.start("s"), d.user("ask", name="Ask\nthem"), d.end("e"), flows="s > ask > e"
    )
    stage = d.process("stage", d.start(), inner, d.end(), flows="start > talk > end")
    files = {
        "b.bpmn": d.diagram(PAIR),
        "a.bpmn": d.diagram(stage),
        "forms/note.form": b'{"id": "note"}',
        "x.txt": b"?",
    }
    definitions = Definitions(files)
    assert definitions.process_keys() == ["stage", "pair"]
    assert definitions.title("pair") == "The pair"
    assert definitions.elements("stage") == {
        "start": "",
        "talk": "",
        "s": "",
        "ask": "Ask them",
        "e": "",
        "end": "",
    }
    assert definitions.form("note") == {"id": "note"}


@pytest.mark.parametrize(("key", "content"), [("none", b"{}"), ("note", b"{")])
def test_a_form_that_is_not_there_or_none_is_refused(key: str, content: bytes) -> None:
    with pytest.raises(DefinitionError, match=f"forms/{key}.form"):
        Definitions({"forms/note.form": content}).form(key)


def test_embedded_subprocesses_of_two_processes_may_have_the_same_id() -> None:
    def holding(key: str, task: str) -> str:
        inner = d.subprocess("same", d.start("s"), d.user(task), d.end("e"), flows=f"s > {task} > e")
        return d.process(key, d.start(), inner, d.end(), flows="start > same > end")

    definitions = Definitions(
        {"a.bpmn": d.diagram(holding("a", "x")), "b.bpmn": d.diagram(holding("b", "y"))}
    )
    assert (Run(definitions, "a").open(), Run(definitions, "b").open()) == (["x"], ["y"])


def test_messages_of_two_files_may_have_the_same_id() -> None:
    def waiting(key: str) -> str:
        return d.process(key, d.start(), d.catch("it", d.message("m1")), d.end(), flows="start > it > end")

    files = {f"{key}.bpmn": d.diagram(waiting(key), roots=d.message_root("m1", f"for_{key}")) for key in "ab"}
    definitions = Definitions(files)
    for key in "ab":
        assert [message.name for message in Run(definitions, key).awaited.values()] == [f"for_{key}"]


def test_the_inner_lane_counts() -> None:
    body = PAIR.replace(
        '<laneSet id="pair_lanes">',
        '<laneSet id="pair_lanes"><lane id="school"><flowNodeRef>meet</flowNodeRef><childLaneSet id="c">'
        '<lane id="mentor"><flowNodeRef> meet </flowNodeRef></lane></childLaneSet></lane>',
    )
    assert [task.role for task in Run(d.diagram(body)).tasks.values()] == ["mentor"]


def test_a_plain_called_element_is_read_too() -> None:
    calls = d.element("callActivity", "it", calledElement="pair")
    body = d.process("p", d.start(), calls, d.end(), flows="start > it > end")
    assert Run(d.diagram(body, PAIR), "p").open() == ["meet"]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "no XML"),
        (b"<a", "no XML"),
        (b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/hostname">]><d>&e;</d>', "DOCTYPE"),
        (b'<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x.dtd"><d/>', "DOCTYPE"),
        (b'<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><l>&b;</l>', "DOCTYPE"),
    ],
)
def test_what_is_no_plain_xml_is_refused(content: bytes, word: str) -> None:
    with pytest.raises(DefinitionError, match=word) as refused:
        Definitions({"bad.bpmn": content}).process_keys()
    assert refused.value.file == "bad.bpmn"


BROKEN = {
    "start event": d.process("p", d.user("it"), d.end(), flows="it > end"),
    "not there": d.process("p", d.start(), flows="start > nowhere"),
    "is not supported": d.process("p", d.start(), d.element("complexGateway", "it"), flows="start > it"),
    "which message": d.process(
        "p", d.start(), d.catch("it", "<messageEventDefinition/>"), flows="start > it"
    ),
    "refers to": d.process("p", d.start(), d.catch("it", d.message("none")), flows="start > it"),
    "say when": d.process("p", d.start(), d.catch("it", d.timer()), flows="start > it"),
    "several triggers": d.process(
        "p", d.start(), d.catch("it", d.timer(after="P1D") * 2), flows="start > it"
    ),
    "has no condition": d.process(
        "p", d.start(), d.xor("g"), d.end("a"), d.end("b"), flows="start > g > a; g > b"
    ),
    "which process": d.process("p", d.start(), d.element("callActivity", "it"), flows="start > it"),
    "no such process": d.process("p", d.start(), d.call("it", "nowhere"), flows="start > it"),
    "number of instances": d.process("p", d.start(), d.user("it", inside=d.several()), flows="start > it"),
    "largest number": d.process("p", d.start(), d.user("it", inside=d.repeated()), flows="start > it"),
    "compensateEvent": d.process(
        "p", d.start(), d.throw("it", "<compensateEventDefinition/>"), flows="start > it"
    ),
    "edge of an activity": d.process("p", d.start(), d.user("it"), d.edge("x", "it", ""), flows="start > it"),
}


@pytest.mark.parametrize("word", BROKEN)
def test_what_cannot_be_run_is_refused_with_the_element(word: str) -> None:
    definitions = Definitions({"p.bpmn": d.diagram(BROKEN[word])})
    for _ in range(2):
        with pytest.raises(DefinitionError, match=word):
            definitions.specs("p")


def test_a_process_twice_in_a_pack_is_refused() -> None:
    with pytest.raises(DefinitionError, match="twice"):
        Definitions({"a.bpmn": d.diagram(PAIR), "b.bpmn": d.diagram(PAIR)}).process_keys()


def test_eight_threads_that_ask_at_once_get_the_same_spec() -> None:
    definitions = Definitions({"pair.bpmn": d.diagram(PAIR)})
    with ThreadPoolExecutor(8) as threads:
        specs = list(threads.map(lambda _: definitions.specs("pair")[0], range(32)))
    assert len({id(spec) for spec in specs}) == 1


def test_a_process_of_a_thousand_elements_in_a_row_can_be_read() -> None:
    gates = [f"g{n}" for n in range(1_000)]
    body = d.process(
        "p", d.start(), *map(d.xor, gates), d.user("it"), flows=" > ".join(["start", *gates, "it"])
    )
    assert Run(d.diagram(body)).open() == ["it"]
