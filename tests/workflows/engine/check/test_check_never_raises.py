"""The check answers whatever it is given: noise, broken diagrams, attacks. It never raises."""

import time
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workflows.engine.check import CODES, Names, Problem, check_pack, check_process
from workflows.engine.packs import read_pack

FILES = read_pack(Path(__file__).parents[2] / "pack")
OPERATORS = ["notices.tell_curator", "notices.tell_participants"]
PATHS = sorted(FILES)
WORDS = [
    *(b"startEvent", b"endEvent", b"userTask", b"exclusiveGateway", b"parallelGateway", b"inclusiveGateway"),
    *(b"subProcess", b"callActivity", b"boundaryEvent", b"eventBasedGateway", b"timerEventDefinition"),
    *(
        b"multiInstanceLoopCharacteristics",
        b"bpmn:",
        b"zeebe:",
        b"id=",
        b"name=",
        b"sourceRef=",
        b"targetRef=",
    ),
    *(
        b"record_meeting",
        b"pair",
        b"P7D",
        b"=",
        b"<",
        b">",
        b"/>",
        b'"',
        b"&",
        b"&amp;",
        b"\x00",
        b"\xff",
        b"{",
        b"[",
        b"}",
    ),
]

some_files = st.dictionaries(
    st.sampled_from([*PATHS, "a.bpmn", "a.dmn", "forms/a.form"]) | st.text(max_size=20),
    st.binary(max_size=300),
)


def check(files: dict[str, bytes]) -> list[Problem]:
    problems = check_pack(files, Names(OPERATORS))
    for found in problems:
        assert set(found.values) == set(CODES[found.code][1])
        assert found.code != "check_failed", found
    return problems


@given(some_files)
@settings(max_examples=60, deadline=None)
def test_any_bytes_get_an_answer(files: dict[str, bytes]) -> None:
    assert check(files)


@given(st.sampled_from(PATHS), st.randoms(use_true_random=False), st.integers(1, 6))
@settings(max_examples=120, deadline=None)
def test_a_damaged_pack_gets_an_answer(path: str, random: Random, times: int) -> None:
    content = FILES[path]
    for _ in range(times):
        content = damaged(content, random)
    check(FILES | {path: content})


def damaged(content: bytes, random: Random) -> bytes:
    """Cut out, double, replace or swap some words of a file."""
    start = random.randrange(len(content) + 1)
    end = min(len(content), start + random.choice([1, 2, 10, 100, 1000]))
    piece = content[start:end]
    match random.randrange(4):
        case 0:
            return content[:start] + content[end:]
        case 1:
            return content[:end] + piece + content[end:]
        case 2:
            return content[:start] + random.choice(WORDS) + content[end:]
        case _:
            return content.replace(random.choice(WORDS), random.choice(WORDS), random.randrange(1, 4))


@given(st.sampled_from([path for path in PATHS if path.endswith(".bpmn")]), st.binary(max_size=200))
@settings(max_examples=20, deadline=None)
def test_one_diagram_gets_an_answer_too(path: str, content: bytes) -> None:
    check_process(path, FILES | {path: content}, Names(OPERATORS))


def nested(count: int) -> bytes:
    inside = b'<subProcess id="s">' * count + b"</subProcess>" * count
    return HEAD + b'<process id="pair">' + inside + b"</process></definitions>"


def chain(count: int) -> bytes:
    tasks = b"".join(b'<manualTask id="t%d" name="t"/>' % number for number in range(count))
    flows = b"".join(
        b'<sequenceFlow id="f%d" sourceRef="t%d" targetRef="t%d"/>' % (number, number, (number + 1) % count)
        for number in range(count)
    )
    return HEAD + b'<process id="pair"><startEvent id="s"/>' + tasks + flows + b"</process></definitions>"


def calls(count: int) -> bytes:
    processes = b"".join(
        b'<process id="p%d"><startEvent id="s%d"/><callActivity id="c%d" calledElement="p%d"/>'
        b'<endEvent id="e%d"/><sequenceFlow id="f%d" sourceRef="s%d" targetRef="c%d"/>'
        b'<sequenceFlow id="g%d" sourceRef="c%d" targetRef="e%d"/></process>'
        % (n, n, n, n + 1, n, n, n, n, n, n, n)
        for n in range(count)
    )
    return HEAD + processes + b"</definitions>"


def gateways(count: int) -> bytes:
    kinds = [b"parallelGateway", b"exclusiveGateway", b"inclusiveGateway", b"eventBasedGateway"]
    nodes = b"".join(b'<%s id="g%d" name="g"/>' % (kinds[n % 4], n) for n in range(count))
    flows = b"".join(
        b'<sequenceFlow id="f%d_%d" sourceRef="g%d" targetRef="g%d"/>' % (n, step, n, (n + step) % count)
        for n in range(count)
        for step in (1, 7, 11)
    )
    return HEAD + b'<process id="pair"><startEvent id="s"/>' + nodes + flows + b"</process></definitions>"


HEAD = b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL">'
BOMB = (
    b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b"]>"
    + HEAD
    + b'<process id="&j;" name="&j;">&j;</process></definitions>'
)
THIEF = b'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + HEAD + b"&a;</definitions>"
HOSTILE = {
    "entity bomb": BOMB,
    "another file of the machine": THIEF,
    "deep nesting": nested(100),
    "deeper nesting than XML may have": nested(5000),
    "a circle of 5000 tasks": chain(5000),
    "a thousand processes that call one another": calls(1000),
    "300 gateways, each with every other": gateways(300),
    "3000 gateways": gateways(3000),
    "UTF-16": FILES["pair.bpmn"].decode().replace("UTF-8", "UTF-16").encode("utf-16"),
    "another encoding than it says": FILES["pair.bpmn"].decode().encode("utf-16"),
    "an encoding that nobody knows": FILES["pair.bpmn"].replace(b"UTF-8", b"KLINGON"),
    "UTF-7": b'<?xml version="1.0" encoding="UTF-7"?>+ADw-definitions/+AD4-',
    "a byte order mark": b"\xef\xbb\xbf" + FILES["pair.bpmn"],
    "nothing": b"",
    "a null": b"\x00",
    "a long id": HEAD + b'<process id="' + b"x" * 100_000 + b'"/></definitions>',
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_diagram_gets_an_answer_soon(content: bytes) -> None:
    began = time.perf_counter()
    check(FILES | {"pair.bpmn": content})
    assert time.perf_counter() - began < 5


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000,
        b'{"components":' * 50_000,
        b'{"components": [NaN]}',
        b"1e999999",
        b"\xff\xfe{}",
        b"null",
    ],
    ids=["nested lists", "nested forms", "NaN", "a huge number", "UTF-16", "null"],
)
def test_a_hostile_form_gets_an_answer(content: bytes) -> None:
    codes = {found.code for found in check(FILES | {"forms/record_meeting.form": content})}
    assert codes & {"form_broken", "form_without_components"}


def test_hostile_settings_get_an_answer() -> None:
    for content in (b"a = " + b"[" * 100_000, b"\xff", b"a.b.c = 1\na = 2", b"key = 1e9999"):
        codes = {found.code for found in check(FILES | {"pack.toml": content})}
        assert codes & {"settings_broken", "settings_incomplete"}


def test_a_bomb_is_named_as_what_it_is() -> None:
    codes = {found.code for found in check(FILES | {"pair.bpmn": BOMB}) if found.file == "pair.bpmn"}
    assert codes <= {"xml_doctype", "xml_broken"}
    assert codes
