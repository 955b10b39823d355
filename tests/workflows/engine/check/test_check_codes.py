"""Every code of the check has a diagram that is wrong in exactly this way, and a mended one that is not."""

from pathlib import Path
from typing import Any

import pytest

from tests.workflows.engine.check.samples import PAIRS, check, codes, pack
from workflows.engine.archives import read_archive
from workflows.engine.check import CODES, Names, Problem, check_process, checking
from workflows.engine.check.files import LARGEST_FILE, MOST_FILES
from workflows.engine.packs import PackRefused, read_pack


def refused(act: Any, *arguments: Any) -> list[Problem]:
    """Say why reading a pack was refused."""
    try:
        act(*arguments)
    except PackRefused as refusal:
        return refusal.problems
    return []


def failing_check(monkeypatch: pytest.MonkeyPatch) -> list[Problem]:
    """Check with a check that has a mistake of its own."""
    monkeypatch.setattr(checking, "CHECKS", (lambda _pack, _document: [1 / 0],))
    return check(pack({}))


def large(size: int, count: int) -> dict[str, bytes]:
    """Add catalogues of a size to a pack that is otherwise right."""
    files = pack({})
    empty = b"#" + b" " * (size - 1)
    return files | {f"translations/x{chr(97 + n // 26)}{chr(97 + n % 26)}.po": empty for n in range(count)}


@pytest.mark.parametrize("code", PAIRS)
def test_a_wrong_diagram_is_refused_for_exactly_this_and_a_mended_one_is_not(code: str) -> None:
    pair = PAIRS[code]
    mended = pair["wrong"] | pair["mended"]
    mended["files"] = pair["wrong"].get("files", {}) | pair["mended"].get("files", {})
    assert codes(check(pack(pair["wrong"]))) == {code}
    assert check(pack(mended)) == []


def test_a_pack_is_found_where_it_is(tmp_path: Path) -> None:
    assert codes(refused(read_pack, tmp_path / "nowhere")) == {"pack_not_found"}
    assert codes(refused(read_pack, tmp_path)) == set()


def test_what_is_no_archive_is_refused() -> None:
    assert codes(refused(read_archive, b"PK\x03\x04 and then nothing")) == {"archive_broken"}


def test_a_file_may_be_only_so_large() -> None:
    assert codes(check(large(LARGEST_FILE + 1, 1))) == {"file_too_large"}
    assert "file_too_large" not in codes(check(large(LARGEST_FILE, 1)))


def test_a_pack_may_be_only_so_large() -> None:
    assert codes(check(large(LARGEST_FILE, 11))) == {"pack_too_large"}
    assert "pack_too_large" not in codes(check(large(LARGEST_FILE, 9)))


def test_a_pack_may_have_only_so_many_files() -> None:
    assert codes(check(large(1, MOST_FILES))) == {"too_many_files"}
    assert "too_many_files" not in codes(check(large(1, 100)))


def test_a_mistake_of_the_check_itself_is_a_problem_too(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check(pack({})) == []
    assert codes(failing_check(monkeypatch)) == {"check_failed"}


def test_what_only_the_engine_refuses_is_refused_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "CHECKS", ())
    (found,) = check(pack({"flows": "start > a > nowhere"}))
    assert (found.code, found.file, found.element) == ("cannot_be_run", "pair.bpmn", "flow_1")
    assert found.line > 0


OUTSIDE_DIAGRAMS = {
    "pack_not_found",
    "archive_broken",
    "file_too_large",
    "pack_too_large",
    "too_many_files",
    "check_failed",
    "cannot_be_run",
}


def test_every_code_has_such_a_pair() -> None:
    assert set(CODES) == PAIRS.keys() | OUTSIDE_DIAGRAMS


def test_a_problem_says_where_it_is() -> None:
    nodes = '\n<manualTask id="a" name="Шаг"/>\n<manualTask id="island" name="Остров"/>'
    files = pack({"nodes": nodes, "flows": "start > a > end; island > end"})
    (problem,) = check(files)
    assert (problem.file, problem.element, problem.name, problem.line) == ("pair.bpmn", "island", "Остров", 3)
    assert problem.is_error


def test_one_diagram_is_checked_among_the_others() -> None:
    files = pack(PAIRS["call_unknown"]["wrong"])
    assert codes(check_process("pair.bpmn", files, Names())) == {"call_unknown"}
    files = pack(PAIRS["call_unknown"]["wrong"] | PAIRS["call_unknown"]["mended"])
    assert check_process("pair.bpmn", files, Names()) == []
