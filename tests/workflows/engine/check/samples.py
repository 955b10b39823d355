"""Small packs for the check, each written from a sample: nodes, chains of their ids, what is special."""

import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

from workflows.engine.check import Names, Problem, check_pack
from workflows.engine.check.building import read_document
from workflows.engine.check.pack import Pack, Setting
from workflows.engine.check.translations import texts_of

PAIRS = {
    code: pair
    for file in sorted((Path(__file__).parent / "pairs").glob("*.toml"))
    for code, pair in tomllib.loads(file.read_text("utf-8")).items()
}
SETTINGS = """
key = "sample"
version = "1"
title = {ru = "Пример", en = "A sample"}
start = ["sample"]
roles = {mentor = {ru = "Наставник", en = "Mentor"}, curator = {ru = "Куратор", en = "Curator"}}
"""
SPACES = (
    'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:z="http://camunda.org/schema/zeebe/1.0" '
    'xmlns:di="http://www.omg.org/spec/BPMN/20100524/DI"'
)
HOUSE = Names(
    ["notices.tell"],
    ["notes.write", "notes.sort"],
    {"pair.plan": ["plan"]},
    {"notes.sort": [Setting("kind", ["quiet"])]},
)
STEP = '<manualTask id="a" name="Шаг"/>'
ENDS = '<startEvent id="start" name="Начало"/><endEvent id="end" name="Конец"/>'
FORM_STEP = (
    '<userTask id="a" name="Шаг"><extensionElements><z:formDefinition formId="note"/></extensionElements>'
    "</userTask>"
)


def chains(text: str, prefix: str) -> str:
    """Turn `start > a > end; a > b` into flows."""
    ids = [[part.strip() for part in chain.split(">")] for chain in text.split(";")]
    pairs = [pair for chain in ids for pair in pairwise(chain)]
    return "".join(
        f'<sequenceFlow id="{prefix}{number}" sourceRef="{source}" targetRef="{target}"/>'
        for number, (source, target) in enumerate(pairs)
    )


def diagram(
    key: str, body: str, *, top: str = "", lanes: str = "", process: str = "", undrawn: tuple[str, ...] = ()
) -> str:
    """Write a file with one process, all of it in the mentor's lane and all of it drawn."""
    ids = re.findall(r'\bid="([^"]+)"', body)
    refs = "".join(f"<flowNodeRef>{one}</flowNodeRef>" for one in ids)
    lanes = lanes or f'<lane id="mentor" name="Наставник">{refs}</lane>'
    shapes = "".join(f'<di:BPMNShape bpmnElement="{one}"/>' for one in ids if one not in undrawn)
    return (
        f'<definitions {SPACES}>{top}<process id="{key}" name="Пример" {process}><laneSet>{lanes}</laneSet>'
        f"{body}</process><di:BPMNDiagram><di:BPMNPlane>{shapes}</di:BPMNPlane></di:BPMNDiagram></definitions>"
    )


def pack(sample: dict[str, Any]) -> dict[str, bytes]:
    """Write the files of a sample."""
    nodes = sample.get("nodes", FORM_STEP if "form" in sample else STEP)
    body = nodes + sample.get("more", "") + chains(sample.get("flows", "start > a > end"), "flow_")
    body += "" if sample.get("bare") else ENDS
    files = {
        "pack.toml": SETTINGS,
        "pair.bpmn": diagram(
            "sample",
            body,
            top=sample.get("top", ""),
            lanes=sample.get("lanes", ""),
            process=sample.get("process", ""),
            undrawn=tuple(sample.get("undrawn", ())),
        ),
    }
    if "other" in sample:
        files["second.bpmn"] = second(sample)
    if "form" in sample:
        files["forms/note.form"] = sample["form"]
    files |= sample.get("files", {})
    written = {path: text.encode() for path, text in files.items() if text}
    return written | catalogue(written, sample.get("catalogue", "complete"))


def second(sample: dict[str, Any]) -> str:
    """Write another process of the same pack around the first node that is given for it."""
    ends = '<startEvent id="start2" name="Начало"/><endEvent id="end2" name="Конец"/>'
    first = re.findall(r'\bid="([^"]+)"', sample["other"])[0]
    way = sample.get("other_way", f"start2 > {first} > end2")
    flows = chains(f"{way}; {sample.get('other_flows', '')}", "other_")
    return diagram("second", sample["other"] + ends + flows, top=sample.get("other_top", ""))


def catalogue(files: dict[str, bytes], kind: str) -> dict[str, bytes]:
    """Translate every text of the pack, or all but one."""
    if kind == "absent":
        return {}
    read = [read_document(path, files[path])[0] for path in files if path.endswith(".bpmn")]
    documents = [document for document in read if document is not None]
    texts = list(texts_of(Pack(files, HOUSE, None, documents)))
    texts = texts[1:] if kind == "one_missing" else texts + ["Лишнее"] * (kind == "one_unused")
    po = "\n".join(f'msgid "{text}"\nmsgstr "{text} in English"\n' for text in texts)
    return {"translations/en.po": po.encode()}


def check(files: dict[str, bytes]) -> list[Problem]:
    """Check a pack in a house that has one of each."""
    return check_pack(files, HOUSE)


def codes(problems: list[Problem]) -> set[str]:
    return {found.code for found in problems}
