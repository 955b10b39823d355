"""Which files a pack may have, and how large they may be."""

import re
from collections.abc import Iterable, Mapping

from workflows.engine.check.problems import Problem, Spot, problem

LARGEST_FILE = 2_000_000
LARGEST_PACK = 20_000_000
MOST_FILES = 500
# Small letters only: two names that differ in case alone would be one file on some machines.
_KNOWN = re.compile(
    r"pack\.toml|[a-z0-9][a-z0-9_-]{0,79}\.(?:bpmn|dmn)"
    r"|forms/[a-z0-9][a-z0-9_-]{0,79}\.form|translations/[a-z]{2,3}(?:_[A-Z]{2})?\.po"
)


def path_problems(names: Iterable[str]) -> list[Problem]:
    """Say which of these paths a pack may not have."""
    names = list(names)
    found = [] if len(names) <= MOST_FILES else [problem("too_many_files", Spot(""), limit=MOST_FILES)]
    for name in names[: MOST_FILES + 1]:
        if _is_trick(name):
            found.append(refused_path(name))
        elif not _KNOWN.fullmatch(name):
            found.append(problem("file_unknown", Spot(name), path=name))
    return found


def _is_trick(name: str) -> bool:
    parts = name.split("/")
    return (
        not name.isprintable()
        or len(name) > 200
        or not {"\\", ":"}.isdisjoint(name)
        or not {"", ".", ".."}.isdisjoint(parts)
    )


def refused_path(name: str) -> Problem:
    return problem("path_refused", Spot(name), path=name)


def size_problems(files: Mapping[str, bytes]) -> list[Problem]:
    """Say which files are larger than a pack may carry."""
    large = [name for name, content in files.items() if len(content) > LARGEST_FILE]
    found = [problem("file_too_large", Spot(name), limit=LARGEST_FILE) for name in large]
    if sum(map(len, files.values())) > LARGEST_PACK:
        found.append(problem("pack_too_large", Spot(""), limit=LARGEST_PACK))
    return found
