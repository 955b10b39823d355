"""Whether the scenarios of the method together reach every end of every sheet of the target model.

Each test notes which nodes its cases went past, as the journal tells it. A run of the whole folder in
which nothing failed is compared with the sheets at its end; a run of a part of it is not. The notes of
the workers of pytest-xdist meet in the folder that they share.
"""

import os
import uuid
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

import bpmn
from models.journal import JournalEntry

HERE = Path(__file__).parent
PACK = Path(bpmn.__file__).parent / "target-model"
_SHARED = "TANDEM_TEST_FOLDER"
_IS_WHOLE = "is_whole"


def ends_of(files: Mapping[str, bytes]) -> dict[str, list[str]]:
    """List the end events of every sheet of a pack."""
    from workflows.engine.check.building import read_document

    sheets = {path: read_document(path, files[path])[0] for path in sorted(files) if path.endswith(".bpmn")}
    return {
        path: sorted(node.id for node in sheet.nodes() if node.kind == "endEvent")
        for path, sheet in sheets.items()
        if sheet
    }


def never_reached(ends: Mapping[str, Iterable[str]], passed: Iterable[str]) -> dict[str, list[str]]:
    """Name, sheet by sheet, the ends that were not among what was passed."""
    seen = set(passed)
    missing = {path: [end for end in own if end not in seen] for path, own in ends.items()}
    return {path: own for path, own in missing.items() if own}


def is_whole(items: Iterable[pytest.Item], words: Iterable[str]) -> bool:
    """Say whether what was collected is the whole folder: every file of it, and each file as a whole."""
    files = {item.path for item in items}
    return files >= set(HERE.glob("test_*.py")) and not any("::" in word for word in words)


def note_passed(connection: Connection) -> None:
    """Note what the cases of a test went past, before the test is undone."""
    told = select(JournalEntry.details["passed"]).where(JournalEntry.details.has_key("passed"))
    passed = {element for row in connection.scalars(told) for element in row}
    if passed:
        (_notes() / uuid.uuid4().hex).write_text("\n".join(sorted(passed)), encoding="utf-8")


def _notes() -> Path:
    folder = Path(os.environ[_SHARED]) / "passed"
    folder.mkdir(exist_ok=True)
    return folder


class EndsReached:
    """Asks, when everything is over, for the ends that no test has reached."""

    def __init__(self) -> None:
        self.has_deselected = False

    def pytest_deselected(self, items: Iterable[pytest.Item]) -> None:
        self.has_deselected |= any(item.path.parent == HERE for item in items)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        whole = not self.has_deselected and is_whole(session.items, session.config.args)
        if whole and not session.config.option.collectonly:
            (Path(os.environ[_SHARED]) / _IS_WHOLE).touch()

    def pytest_sessionfinish(self, session: pytest.Session, exitstatus: int) -> None:
        is_worker = hasattr(session.config, "workerinput")
        if is_worker or exitstatus != pytest.ExitCode.OK or not self._was_whole():
            return
        from workflows.pack_files import read_source

        passed = {line for note in _notes().iterdir() for line in note.read_text("utf-8").splitlines()}
        if missing := never_reached(ends_of(read_source(PACK)), passed):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED
            self._tell(session.config, missing)

    def _was_whole(self) -> bool:
        return (Path(os.environ[_SHARED]) / _IS_WHOLE).exists()

    def _tell(self, config: pytest.Config, missing: Mapping[str, Iterable[str]]) -> None:
        reporter = config.pluginmanager.get_plugin("terminalreporter")
        if reporter is None:
            return
        reporter.section("ends of the target model that no scenario reaches", red=True)
        for path, ends in missing.items():
            reporter.write_line(f"{path}: {', '.join(ends)}", red=True)
