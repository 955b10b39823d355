"""The check at the end of a run that every end of every sheet was reached is itself checked."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.workflows.mentoring.ends_reached import (
    HERE,
    PACK,
    EndsReached,
    ends_of,
    is_whole,
    never_reached,
    note_passed,
)
from tests.workflows.mentoring.programme_way import Way
from workflows.pack_files import read_source

ENDS = {"one.bpmn": ["done", "refused"], "two.bpmn": ["silent"]}


def all_files():
    return sorted(HERE.glob("test_*.py"))


def items(files):
    return [SimpleNamespace(path=path) for path in files]


@pytest.mark.parametrize(
    ("passed", "missing"),
    [
        (["done", "refused", "silent", "a_task"], {}),
        (["done", "silent"], {"one.bpmn": ["refused"]}),
        ([], ENDS),
    ],
)
def test_what_was_never_reached_is_named_sheet_by_sheet(passed, missing):
    assert never_reached(ENDS, passed) == missing


def test_every_sheet_of_the_pack_has_ends_and_no_two_share_a_name():
    ends = ends_of(read_source(PACK))
    named = [end for own in ends.values() for end in own]
    assert set(ends) == {path.name for path in PACK.glob("*.bpmn")}
    assert all(ends.values())
    assert len(named) == len(set(named))


def test_only_the_whole_folder_is_judged():
    first, *others = all_files()
    assert is_whole(items([first, *others, Path("elsewhere.py")]), ["tests"])
    assert not is_whole(items(others), ["tests"])
    assert not is_whole(items([first, *others]), [f"{first}::test_one"])


def test_a_run_in_which_tests_were_left_out_is_not_judged(tmp_path, monkeypatch):
    monkeypatch.setenv("TANDEM_TEST_FOLDER", str(tmp_path))
    judge, session = EndsReached(), _session()
    judge.pytest_deselected(items(all_files()[:1]))
    judge.pytest_collection_finish(session)
    judge.pytest_sessionfinish(session, 0)
    assert session.exitstatus == 0


@pytest.mark.parametrize(("exitstatus", "judged"), [(0, 1), (1, 0), (2, 0)])
def test_a_whole_run_without_failures_fails_when_ends_are_missing(tmp_path, monkeypatch, exitstatus, judged):
    monkeypatch.setenv("TANDEM_TEST_FOLDER", str(tmp_path))
    judge, session = EndsReached(), _session()
    judge.pytest_collection_finish(session)
    judge.pytest_sessionfinish(session, exitstatus)
    assert session.exitstatus == judged
    assert len(session.said) == judged * len(ends_of(read_source(PACK)))


def test_a_whole_run_that_reached_all_ends_is_left_alone(tmp_path, monkeypatch):
    monkeypatch.setenv("TANDEM_TEST_FOLDER", str(tmp_path))
    (tmp_path / "passed").mkdir()
    named = [end for own in ends_of(read_source(PACK)).values() for end in own]
    (tmp_path / "passed" / "one").write_text("\n".join(named), encoding="utf-8")
    judge, session = EndsReached(), _session()
    judge.pytest_collection_finish(session)
    judge.pytest_sessionfinish(session, 0)
    assert session.exitstatus == 0


def test_a_test_that_is_over_has_noted_what_its_cases_went_past(tmp_path, monkeypatch, play, connection):
    monkeypatch.setenv("TANDEM_TEST_FOLDER", str(tmp_path))
    Way(play).stage_1()
    note_passed(connection)
    passed = {line for note in (tmp_path / "passed").iterdir() for line in note.read_text("utf-8").split()}
    assert {"package_published", "conditions_ready"} <= passed
    assert "programme_ended" not in passed


def _session():
    said = []
    reporter = SimpleNamespace(
        section=lambda *_a, **_k: None, write_line=lambda text, **_k: said.append(text)
    )
    config = SimpleNamespace(
        args=["tests"],
        option=SimpleNamespace(collectonly=False),
        pluginmanager=SimpleNamespace(get_plugin=lambda _name: reporter),
    )
    return SimpleNamespace(items=items(all_files()), config=config, exitstatus=0, said=said)
