"""Packs as files: read a folder or an archive, check what is in it, refuse it.

Doors without a database use it too.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from workflows import forms, service_tasks
from workflows.engine.archives import read_archive, write_archive
from workflows.engine.check import Names, check_pack
from workflows.engine.check.problems import Problem
from workflows.engine.packs import PackRefused, read_pack
from workflows.queries.readings import READERS
from workflows.refusals import Complaint, Invalid

__all__ = [
    "Problem",
    "check_files",
    "check_source",
    "names_of_the_house",
    "read_source",
    "refusal",
    "write_archive",
]


def read_source(source: Path) -> dict[str, bytes]:
    """Return the files of a pack, which is a folder or a zip archive, or refuse them."""
    try:
        return _read(source)
    except PackRefused as refused:
        raise refusal(refused.problems, otherwise=source.name) from refused


def check_source(source: Path) -> Sequence[Problem]:
    """List what is wrong with a pack's folder or archive, its files included."""
    try:
        return check_files(_read(source))
    except PackRefused as refused:
        return refused.problems


def _read(source: Path) -> dict[str, bytes]:
    return read_archive(source.read_bytes()) if source.is_file() else read_pack(source)


def check_files(files: Mapping[str, bytes]) -> Sequence[Problem]:
    """List what is wrong with the files of a pack."""
    found = check_pack(files, names_of_the_house())
    return [*found, *forms.check_forms(files, known=found)]


def names_of_the_house() -> Names:
    """Gather what diagrams may name."""
    readers = {name: reader.gives for name, reader in READERS.items()}
    return Names(service_tasks.ALL, service_tasks.LISTENERS, readers, service_tasks.SETTINGS)


def refusal(problems: Sequence[Problem], *, otherwise: str = "") -> Invalid:
    """Refuse a pack for its problems, by file; `otherwise` names what has no file."""
    complaints: dict[str, list[Complaint]] = {}
    for one in problems:
        where = {"element": one.element, "name": one.name, "line": one.line, "cause": one.cause}
        complaints.setdefault(one.file or otherwise, []).append(
            Complaint(one.code, **{**one.values, **where})
        )
    return Invalid(complaints, key="pack_refused", count=len(problems))
