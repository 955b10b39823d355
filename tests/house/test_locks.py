"""The locks hold what pyproject.toml and package.json ask for, and THIRD_PARTY.md lists all of it."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HOUSE = Path(__file__).parents[2]
FRONTEND = HOUSE / "webapp" / "frontend"
PINNED = re.compile(r"^([a-z0-9._-]+)==([^\s;]+)", re.MULTILINE)
ASK_AGAIN = "run `make lock`"


def _pinned(name: str) -> set[tuple[str, str]]:
    return set(PINNED.findall((HOUSE / name).read_text("utf-8")))


def _asked_for() -> tuple[list[Requirement], list[Requirement]]:
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))
    server, development = project["project"]["dependencies"], project["dependency-groups"]["dev"]
    return [Requirement(line) for line in server], [Requirement(line) for line in development]


def _unmet(requirements: list[Requirement], pinned: set[tuple[str, str]]) -> list[str]:
    return [
        str(asked)
        for asked in requirements
        if not any(
            canonicalize_name(asked.name) == name and version in asked.specifier for name, version in pinned
        )
    ]


def _asked_directly(lock: str) -> set[str]:
    entries = re.split(r"\n(?=[a-z])", (HOUSE / lock).read_text("utf-8"))
    return {entry.split("==")[0] for entry in entries if "tandem-mentoring" in entry}


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-server.lock"])
def test_the_lock_holds_what_the_project_asks_for_and_no_more(lock):
    server, development = _asked_for()
    asked = server if "server" in lock else server + development
    assert _unmet(asked, _pinned(lock)) == [], ASK_AGAIN
    assert _asked_directly(lock) == {canonicalize_name(one.name) for one in asked}, ASK_AGAIN


def test_a_requirement_that_the_lock_does_not_meet_is_found():
    assert _unmet([Requirement("flask>=99")], {("flask", "3.1.3")}) == ["flask>=99"]


def test_a_server_runs_what_was_tested():
    assert _pinned("requirements-server.lock") <= _pinned("requirements.lock"), ASK_AGAIN


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-server.lock"])
def test_every_pinned_version_has_its_hashes(lock):
    entries = re.split(r"\n(?=[a-z])", (HOUSE / lock).read_text("utf-8"))
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_npm_lock_holds_exactly_what_package_json_asks_for():
    asked = json.loads((FRONTEND / "package.json").read_text("utf-8"))
    locked = json.loads((FRONTEND / "package-lock.json").read_text("utf-8"))["packages"]
    assert {kind: asked[kind] for kind in ("dependencies", "devDependencies")} == {
        kind: locked[""][kind] for kind in ("dependencies", "devDependencies")
    }, ASK_AGAIN
    versions = asked["dependencies"] | asked["devDependencies"]
    assert versions == {name: locked[f"node_modules/{name}"]["version"] for name in versions}, ASK_AGAIN


def test_every_locked_part_is_listed_with_its_licence():
    listed = (HOUSE / "THIRD_PARTY.md").read_text("utf-8")
    rows = {
        cells[0].strip(): cells
        for line in listed.splitlines()
        if len(cells := line.strip("| ").split(" | ")) == 3
    }
    missing = [
        name for name, version in _pinned("requirements.lock") if version not in rows.get(name, ["", ""])[1]
    ]
    locked = json.loads((FRONTEND / "package-lock.json").read_text("utf-8"))["packages"]
    for path, part in locked.items():
        name = path.rpartition("node_modules/")[2]
        together = re.sub(r"^(@esbuild/|@parcel/watcher-).*", r"\1*", name) if "os" in part else name
        if path and part["version"] != rows.get(together, ["", ""])[1]:
            missing.append(name)
    assert missing == [], ASK_AGAIN
    assert [name for name, cells in rows.items() if not cells[2].strip(" ?")] == []
