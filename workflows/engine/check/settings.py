"""pack.toml: how a pack is called, which roles it knows, and which processes people may start."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workflows.engine.check.problems import Problem, Spot, problem

SETTINGS = "pack.toml"
LANGUAGES = ("ru", "en")
_OPTIONAL = ("begun", "given")
_KEY = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_CODE = re.compile(r"[a-z][a-z0-9_]{0,63}")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,127}")
_LINE = re.compile(r"at line (\d+)")


@dataclass(frozen=True)
class PackSettings:
    """What pack.toml says."""

    key: str
    version: str
    titles: Mapping[str, str]
    roles: Mapping[str, Mapping[str, str]]
    starts: tuple[str, ...]
    """Processes that people may start by hand."""
    begun: tuple[str, ...] = ()
    """Processes that the house itself begins, because they need variables that only its acts give."""
    given: tuple[str, ...] = ()
    """Variables that whoever starts a case gives, so that the check does not look for who sets them."""

    def may_begin(self, process: str) -> bool:
        """Say whether a case of this process may begin, whoever begins it."""
        return process in self.starts or process in self.begun


def settings_problems(files: Mapping[str, bytes]) -> tuple[PackSettings | None, list[Problem]]:
    """Read pack.toml; there are settings exactly if there is no problem."""
    if SETTINGS not in files:
        return None, [problem("settings_not_found", Spot(SETTINGS))]
    try:
        data = tomllib.loads(files[SETTINGS].decode())
    except (ValueError, RecursionError) as cause:
        return None, [_broken(cause)]
    found = [problem(code, Spot(SETTINGS), entry=entry) for code, entry in _complaints(data)]
    return (None, found) if found else (_settings(data), [])


def _broken(cause: Exception) -> Problem:
    reason = "" if isinstance(cause, RecursionError) else str(cause)
    line = _LINE.search(reason)
    return problem("settings_broken", Spot(SETTINGS, line=int(line[1]) if line else 0), reason=reason)


def _settings(data: dict[str, Any]) -> PackSettings:
    lists = {name: tuple(data.get(name, ())) for name in _OPTIONAL}
    starts = tuple(data["start"])
    return PackSettings(data["key"], data["version"], data["title"], data["roles"], starts, **lists)


def _complaints(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    checks = {
        "key": lambda value: isinstance(value, str) and _KEY.fullmatch(value),
        "version": lambda value: isinstance(value, str) and 0 < len(value) <= 64,
        "title": lambda value: isinstance(value, dict),
        "roles": lambda value: isinstance(value, dict) and value,
        "start": _is_list_of_names,
    }
    yield from (("settings_unknown", entry) for entry in data.keys() - checks.keys() - set(_OPTIONAL))
    for entry in _OPTIONAL:
        if not _is_list_of_names(data.get(entry, [])):
            yield "settings_wrong", entry
    for entry, is_right in checks.items():
        if entry not in data:
            yield "settings_incomplete", entry
        elif not is_right(data[entry]):
            yield "settings_wrong", entry
        elif entry == "title":
            yield from _title_complaints("title", data["title"])
        elif entry == "roles":
            yield from _role_complaints(data["roles"])


def _is_list_of_names(value: Any) -> bool:
    return (
        isinstance(value, list)
        and all(isinstance(key, str) and _NAME.fullmatch(key) for key in value)
        and len(set(value)) == len(value)
    )


def _role_complaints(roles: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for code, titles in roles.items():
        if not _CODE.fullmatch(code) or not isinstance(titles, dict):
            yield "settings_wrong", f"roles.{code}"
        else:
            yield from _title_complaints(f"roles.{code}", titles)


def _title_complaints(entry: str, titles: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        title = titles.get(language)
        if title is None:
            yield "settings_incomplete", f"{entry}.{language}"
        elif not isinstance(title, str) or not title.strip():
            yield "settings_wrong", f"{entry}.{language}"
    yield from (("settings_unknown", f"{entry}.{other}") for other in titles.keys() - set(LANGUAGES))
