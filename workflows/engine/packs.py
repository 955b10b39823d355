"""Packs as folders: read the files of a pack, and what its settings say."""

from collections.abc import Mapping
from pathlib import Path

from workflows.engine.check.files import LARGEST_FILE, path_problems, refused_path, size_problems
from workflows.engine.check.problems import Problem, Spot, problem
from workflows.engine.check.settings import PackSettings, settings_problems

_README = "README.md"
_BESIDE = "documents/"
"""Templates of documents lie beside the methodology: they are replaced without a new version of it."""


class PackRefused(Exception):
    """These files are no pack; `problems` says why."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(", ".join(sorted({found.code for found in problems})))
        self.problems = problems


def read_pack(folder: Path) -> dict[str, bytes]:
    """Read the files of a pack's folder; what lies beside the method is left alone."""
    if not folder.is_dir():
        raise PackRefused([problem("pack_not_found", Spot(""), path=folder.name)])
    paths = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*"))}
    wanted = {name: path for name, path in paths.items() if not is_left_alone(name)}
    # A link could point at any file of the machine.
    linked = [refused_path(name) for name, path in wanted.items() if path.is_symlink()]
    plain = {name: path for name, path in wanted.items() if path.is_file() and not path.is_symlink()}
    refused = linked + path_problems(plain)
    if refused:
        raise PackRefused(refused)
    files = {name: _read_at_most(path) for name, path in plain.items()}
    refused = size_problems(files)
    if refused:
        raise PackRefused(refused)
    return files


def read_settings(files: Mapping[str, bytes]) -> PackSettings:
    """Read what pack.toml says about the pack."""
    settings, problems = settings_problems(files)
    if settings is None:
        raise PackRefused(problems)
    return settings


def is_left_alone(name: str) -> bool:
    """Say whether this file is none of the pack's business."""
    is_beside = name == _README or name.startswith(_BESIDE)
    return is_beside or any(part.startswith(".") and part != ".." for part in name.split("/"))


def _read_at_most(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(LARGEST_FILE + 1)
