"""What the rules of the house are read from."""

import ast
import subprocess
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
ROOMS = ("models", "workflows", "webapp", "bpmn")


@pytest.fixture(scope="session")
def kept_files() -> list[Path]:
    """Every file that is, or is about to be, under version control."""
    # The tree may belong to another account than the one that runs the tests, as in a container.
    command = [
        "git",
        "-c",
        "safe.directory=*",
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]
    listed = subprocess.run(command, cwd=HOUSE, capture_output=True, check=True, text=True).stdout
    return [file for name in sorted(listed.split("\0")) if name and (file := HOUSE / name).is_file()]


@pytest.fixture(scope="session")
def kept_texts(kept_files: list[Path]) -> dict[str, str]:
    """Path → text of every kept file that is text."""
    contents = {file.relative_to(HOUSE).as_posix(): file.read_bytes() for file in kept_files}
    return {path: _decoded(content) for path, content in contents.items() if b"\0" not in content}


@pytest.fixture(scope="session")
def modules(kept_texts: dict[str, str]) -> dict[str, ast.Module]:
    """Path → syntax tree of every Python module of the rooms."""
    return {
        path: ast.parse(text, filename=path)
        for path, text in kept_texts.items()
        if path.endswith(".py") and path.split("/")[0] in ROOMS
    }


def _decoded(content: bytes) -> str:
    return content.decode("utf-8", errors="replace")
