"""`tandem pack check` says what is wrong where and what to do about it."""

import json

import pytest
from click.testing import CliRunner

from webapp import words
from webapp.cli import main
from workflows.operations.packs import install_pack
from workflows.refusals import Invalid


@pytest.fixture
def folder(tmp_path, pack_files):
    """A pack with a timer that nobody understands."""
    pack_files["pair.bpmn"] = pack_files["pair.bpmn"].replace(b"P14D", b"soon")
    for name, content in pack_files.items():
        target = tmp_path / name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(content)
    return tmp_path


def check(folder, *options):
    return CliRunner().invoke(main, ["pack", "check", str(folder), *options])


def test_a_problem_has_its_place_its_reason_and_its_remedy(folder):
    said = check(folder)
    assert said.exit_code == 1
    first, remedy, *_ = said.output.splitlines()
    assert first.startswith("pair.bpmn:")
    assert "error: “Четырнадцать дней тишины”: “soon” is" in first
    assert remedy.startswith("  Write ")


def test_programs_read_the_same(folder):
    (found,) = [one for one in json.loads(check(folder, "--json").output) if one["severity"] == "error"]
    assert (found["file"], found["code"]) == ("pair.bpmn", "timer_wrong")
    assert found["reason"].startswith("“soon” is")
    assert found["remedy"].startswith("Write ")


def test_a_refused_pack_says_why_in_the_language_of_the_reader(app, as_, town, pack_files):
    pack_files["pair.bpmn"] = pack_files["pair.bpmn"].replace(
        b"=record_meeting.is_last = true", b"=record_meeting.is_last = +"
    )
    with pytest.raises(Invalid) as refused:
        install_pack(as_(town.administrator), town.school.id, pack_files)
    with app.test_request_context():
        said = [words.complain(one) for found in refused.value.problems.values() for one in found]
    assert any("строка" in sentence and "Исправьте" in sentence for sentence in said)
