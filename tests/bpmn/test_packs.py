"""Every pack can be installed as it stands: the check finds nothing, and all that it names is there."""

import inspect
from pathlib import Path

import orjson
import pytest

import bpmn
from workflows.engine.archives import read_archive, write_archive
from workflows.engine.check import check_pack
from workflows.engine.check.building import read_document
from workflows.engine.check.pack import Pack
from workflows.engine.definitions import Definitions
from workflows.engine.packs import read_pack, read_settings
from workflows.forms import complaints
from workflows.pack_files import names_of_the_house
from workflows.service_tasks import ALL

FOLDERS = sorted(path.parent for path in Path(bpmn.__file__).parent.glob("*/pack.toml"))
GIVEN_BY_THE_HOUSE = {"work", "place"}


def test_there_are_packs() -> None:
    assert [folder.name for folder in FOLDERS] == ["five-meetings"]


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
    files = read_pack(folder)
    read = [read_document(path, files[path])[0] for path in files if path.endswith(".bpmn")]
    pack = Pack(files, names_of_the_house(), None, [document for document in read if document is not None])
    for node in (node for document in pack.documents for node in document.nodes()):
        for definition in node.extensions.get("taskDefinition", []):
            takes = inspect.signature(ALL[definition.get("type", "")]).parameters
            needs = {name for name, one in takes.items() if one.default is one.empty}
            gives = {child.get("target") for mapping in node.extensions["ioMapping"] for child in mapping}
            assert needs - GIVEN_BY_THE_HOUSE <= gives <= takes.keys() - GIVEN_BY_THE_HOUSE, node.id


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_pack_travels_as_an_archive(folder: Path) -> None:
    files = read_pack(folder)
    assert read_archive(write_archive(files)) == files
