"""Every pack can be installed as it stands: the check finds nothing, and all that it names is there."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

import bpmn
from workflows.engine.archives import read_archive, write_archive
from workflows.engine.check import check_pack
from workflows.engine.check.building import read_document
from workflows.engine.check.decision_texts import RUSSIAN
from workflows.engine.check.graph import Node
from workflows.engine.check.reading import local_name
from workflows.engine.definitions import Definitions
from workflows.engine.packs import read_pack, read_settings
from workflows.forms import complaints
from workflows.pack_files import names_of_the_house
from workflows.service_tasks import ALL

FOLDERS = sorted(path.parent for path in Path(bpmn.__file__).parent.glob("*/pack.toml"))
GIVEN_BY_THE_HOUSE = {"work", "place"}


def test_there_are_packs() -> None:
    assert [folder.name for folder in FOLDERS] == ["target-model"]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_check_finds_nothing(folder: Path) -> None:
    assert check_pack(read_pack(folder), names_of_the_house()) == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_pack_is_called_like_its_folder(folder: Path) -> None:
    assert read_settings(read_pack(folder)).key == folder.name


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_engine_reads_every_process(folder: Path) -> None:
    definitions = Definitions(read_pack(folder))
    for process in definitions.process_keys():
        assert definitions.title(process)
        assert definitions.specs(process)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_form_can_be_shown_and_checked(folder: Path) -> None:
    files = read_pack(folder)
    found = {path: complaints(orjson.loads(files[path])) for path in files if path.endswith(".form")}
    assert found == {path: [] for path in found}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_service_tasks_give_what_their_operators_take(folder: Path) -> None:
    for node in service_tasks_of(folder):
        takes = parameters_of(node)
        named = {name for name, one in takes.items() if one.kind is not one.VAR_KEYWORD}
        needs = {name for name in named if takes[name].default is inspect.Parameter.empty}
        assert needs <= inputs_of(node).keys(), node.id
        # Who takes more than is named takes what fills the braces of a text, by any name.
        assert named < takes.keys() or inputs_of(node).keys() <= named, node.id


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_brace_of_a_notice_is_filled_and_nothing_is_given_in_vain(folder: Path) -> None:
    told = 0
    for node in service_tasks_of(folder):
        texts = [text for text in inputs_of(node).values() if text[:1] != "=" and RUSSIAN.search(text)]
        wanted = {name for text in texts for name in re.findall(r"\{(\w+)\}", text)}
        assert wanted == inputs_of(node).keys() - parameters_of(node).keys(), node.id
        told += len(texts)
    assert told


def service_tasks_of(folder: Path) -> Iterator[Node]:
    files = read_pack(folder)
    for document in (read_document(path, files[path])[0] for path in files if path.endswith(".bpmn")):
        assert document is not None
        yield from (node for node in document.nodes() if node.extension("taskDefinition") is not None)


def parameters_of(node: Node) -> dict[str, inspect.Parameter]:
    operator = ALL[node.extension_value("taskDefinition", "type")]
    takes = inspect.signature(operator).parameters
    return {name: one for name, one in takes.items() if name not in GIVEN_BY_THE_HOUSE}


def inputs_of(node: Node) -> dict[str, str]:
    children = (child for mapping in node.extensions.get("ioMapping", []) for child in mapping)
    return {
        child.get("target", ""): child.get("source", "") for child in children if local_name(child) == "input"
    }


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_pack_travels_as_an_archive(folder: Path) -> None:
    files = read_pack(folder)
    assert read_archive(write_archive(files)) == files
