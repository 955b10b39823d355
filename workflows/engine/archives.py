"""Packs as zip archives: what people send each other."""

import zipfile
from collections import Counter
from collections.abc import Mapping
from io import BytesIO

from workflows.engine.check.files import LARGEST_FILE, path_problems, refused_path, size_problems
from workflows.engine.check.problems import Spot, problem
from workflows.engine.packs import PackRefused, is_left_alone

# The oldest day that a zip archive can tell; every archive of ours has it.
_DAY = (1980, 1, 1, 0, 0, 0)
_MADE_ON_UNIX = 3


def read_archive(content: bytes) -> dict[str, bytes]:
    """Read the files of a pack from a zip archive, whether or not they lie in one folder of it."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _unpacked(archive, _members(archive))
    except PackRefused:
        raise
    # A hostile archive makes zipfile raise almost anything, and all of it means the same here.
    except Exception as cause:
        raise PackRefused([problem("archive_broken", Spot(""))]) from cause


def _members(archive: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    entries = [entry for entry in entries if not entry.filename.startswith("__MACOSX/")]
    folder = _common_folder([entry.filename for entry in entries])
    named = [(entry.filename.removeprefix(folder), entry) for entry in entries]
    named = [(name, entry) for name, entry in named if not is_left_alone(name)]
    times = Counter(name for name, _entry in named)
    refused = path_problems(list(times)) + [refused_path(name) for name, count in times.items() if count > 1]
    if refused:
        raise PackRefused(refused)
    return dict(named)


def _common_folder(names: list[str]) -> str:
    """Name the one folder that holds everything, as when somebody packed the folder and not its content."""
    first = {name.split("/", 1)[0] for name in names}
    holds_all = len(first) == 1 and all("/" in name for name in names)
    return f"{first.pop()}/" if holds_all and not first & {"", ".", ".."} else ""


def _unpacked(archive: zipfile.ZipFile, members: Mapping[str, zipfile.ZipInfo]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for name, entry in members.items():
        # The size that an archive claims may be a lie, so no more is unpacked than is allowed.
        with archive.open(entry) as member:
            files[name] = member.read(LARGEST_FILE + 1)
        refused = size_problems(files)
        if refused:
            raise PackRefused(refused)
    return files


def write_archive(files: Mapping[str, bytes]) -> bytes:
    """Pack the files into a zip archive; equal files give equal bytes on every machine."""
    target = BytesIO()
    # Stored and not deflated: two builds of the compressor may differ in their output.
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _DAY)
            entry.create_system = _MADE_ON_UNIX
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return target.getvalue()
