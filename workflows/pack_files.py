"""Packs as files on disk, for doors that have no database: read a folder, check what is in it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from workflows import service_tasks
from workflows.engine.check import check_pack
from workflows.engine.check.problems import Problem
from workflows.engine.packs import PackRefused, read_pack
from workflows.refusals import Complaint, Invalid

__all__ = ["Problem", "check_files", "check_folder", "read_folder"]


def read_folder(folder: Path) -> dict[str, bytes]:
    """Return the files of a pack's folder, or refuse them."""
    try:
        return read_pack(folder)
    except PackRefused as refused:
        problems: dict[str, list[Complaint]] = {}
        for one in refused.problems:
            problems.setdefault(one.file or folder.name, []).append(Complaint(one.code, **one.values))
        raise Invalid(problems, key="pack_refused", count=len(refused.problems)) from refused


def check_folder(folder: Path) -> Sequence[Problem]:
    """List what is wrong with a pack's folder, its files included."""
    try:
        return check_files(read_pack(folder))
    except PackRefused as refused:
        return refused.problems


def check_files(files: Mapping[str, bytes]) -> Sequence[Problem]:
    """List what is wrong with the files of a pack."""
    return check_pack(files, operators=service_tasks.ALL.keys())
