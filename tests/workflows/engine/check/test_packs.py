"""Packs come from folders and archives; what could harm is refused with a reason."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

import bpmn
from tests.workflows.engine.check.samples import PAIRS, SETTINGS, check, codes, pack
from workflows.engine.archives import read_archive, write_archive
from workflows.engine.check.files import LARGEST_FILE
from workflows.engine.check.problems import Problem
from workflows.engine.packs import PackRefused, read_pack, read_settings

FOLDER = Path(bpmn.__file__).parent / "target-model"
FILES = read_pack(FOLDER)


def archive(*entries: tuple[str, bytes]) -> bytes:
    """Pack entries with any names, as a stranger's program may."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in entries:
            written.writestr(name, content)
    return target.getvalue()


def why_refused(content: bytes) -> list[Problem]:
    with pytest.raises(PackRefused) as refusal:
        read_archive(content)
    return refusal.value.problems


def test_a_folder_is_read_without_its_readme_and_hidden_files(tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    for name in (
        "pack.toml",
        "README.md",
        ".DS_Store",
        "pair.bpmn",
        "forms/note.form",
        "forms/.note.form.swp",
    ):
        (tmp_path / name).write_bytes(b"x")
    assert set(read_pack(tmp_path)) == {"pack.toml", "pair.bpmn", "forms/note.form"}


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"x")
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "pair.bpmn").symlink_to(tmp_path / "secret")
    with pytest.raises(PackRefused) as refusal:
        read_pack(pack)
    assert [found.code for found in refusal.value.problems] == ["path_refused"]


def test_a_large_file_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "pair.bpmn").write_bytes(b" " * (LARGEST_FILE + 1))
    with pytest.raises(PackRefused) as refusal:
        read_pack(tmp_path)
    assert [found.code for found in refusal.value.problems] == ["file_too_large"]


def test_settings_say_what_the_pack_is() -> None:
    settings = read_settings(FILES)
    assert settings.key == "target-model"
    assert settings.titles["ru"] == "Целевая модель наставничества"
    assert list(settings.roles)[:4] == ["head", "curator", "mentor", "mentee"]
    assert settings.starts == ()
    assert {"programme", "pair"} < set(settings.begun)


def test_what_is_given_at_the_start_need_not_be_set_by_anything() -> None:
    asking = pack(PAIRS["variable_never_set"]["wrong"])
    assert "variable_never_set" in codes(check(asking))
    given = {**asking, "pack.toml": (SETTINGS + 'given = ["record_meating"]').encode()}
    assert "variable_never_set" not in codes(check(given))


def test_what_the_house_begins_is_a_process_of_the_pack() -> None:
    sample = pack(PAIRS["start_unknown"]["mended"])
    unknown = {**sample, "pack.toml": (SETTINGS + 'begun = ["nowhere"]').encode()}
    assert [found.values["process"] for found in check(unknown) if found.code == "start_unknown"] == [
        "nowhere"
    ]
    known = SETTINGS.replace('start = ["sample"]', 'start = []\nbegun = ["sample"]')
    assert check({**sample, "pack.toml": known.encode()}) == []


@pytest.mark.parametrize("entry", ["begun", "given"])
def test_lists_that_may_be_left_out_hold_names(entry: str) -> None:
    sample = pack(PAIRS["start_unknown"]["mended"])
    wrong = check({**sample, "pack.toml": (SETTINGS + f'{entry} = ["no name"]').encode()})
    assert [found.values["entry"] for found in wrong if found.code == "settings_wrong"] == [entry]


def test_settings_that_cannot_be_read_are_refused() -> None:
    with pytest.raises(PackRefused) as refusal:
        read_settings({"pack.toml": b'key = "a"\nversion =\n'})
    (found,) = refusal.value.problems
    assert (found.code, found.line) == ("settings_broken", 2)


def test_an_archive_is_the_same_whatever_the_order_of_the_files() -> None:
    backwards = dict(reversed(FILES.items()))
    assert write_archive(FILES) == write_archive(backwards)
    assert read_archive(write_archive(FILES)) == FILES


def test_an_archive_may_hold_the_folder_itself() -> None:
    entries = [(f"target-model/{name}", content) for name, content in FILES.items()]
    system = [("__MACOSX/target-model/._pack.toml", b"x"), ("target-model/.DS_Store", b"x")]
    assert read_archive(archive(*entries, *system, ("target-model/README.md", b"x"))) == FILES


@pytest.mark.parametrize(
    "name",
    [
        "../pair.bpmn",
        "/pair.bpmn",
        "forms/../../pair.form",
        "C:/pair.bpmn",
        "forms//a.form",
        "a\nb.bpmn",
    ],
)
def test_paths_that_lead_out_are_refused(name: str) -> None:
    assert [found.code for found in why_refused(archive(("pack.toml", b""), (name, b"")))] == ["path_refused"]


@pytest.mark.parametrize("name", ["pair.exe", "Pair.bpmn", "forms/a.json", "deep/er/pair.bpmn", "пара.bpmn"])
def test_files_that_no_pack_has_are_refused(name: str) -> None:
    assert [found.code for found in why_refused(archive(("pack.toml", b""), (name, b"")))] == ["file_unknown"]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_one_name_twice_is_refused() -> None:
    twice = archive(("pack.toml", b"a"), ("pair.bpmn", b"1"), ("pair.bpmn", b"2"))
    assert [found.code for found in why_refused(twice)] == ["path_refused"]


def test_a_bomb_is_not_unpacked() -> None:
    bomb = archive(("pack.toml", b""), ("pair.bpmn", b"\0" * 100_000_000))
    assert len(bomb) < 200_000
    assert [found.code for found in why_refused(bomb)] == ["file_too_large"]


def test_many_large_files_are_too_much_together() -> None:
    entries = [(f"a{number}.bpmn", b"\0" * LARGEST_FILE) for number in range(11)]
    assert [found.code for found in why_refused(archive(*entries))] == ["pack_too_large"]


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x05\x06" + b"\0" * 17, b"not a zip"])
def test_what_is_no_archive_is_refused(content: bytes) -> None:
    assert [found.code for found in why_refused(content)] == ["archive_broken"]


def test_an_archive_with_a_damaged_file_is_refused() -> None:
    content = bytearray(archive(("pack.toml", b"key = 1" * 100)))
    content[45] ^= 0xFF
    assert [found.code for found in why_refused(bytes(content))] == ["archive_broken"]
