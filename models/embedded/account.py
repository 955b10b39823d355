"""Under which account of the machine PostgreSQL runs, and what that account may reach.

PostgreSQL refuses to run as root. Root's data belong to an account made for this alone, which gets
exactly one right more than it had: to pass through the folders on the way to data and programs.
"""

import os
import shutil
import stat
import struct
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from models.embedded.errors import DatabaseUnavailable

ACCOUNT_OF_ROOT = "tandem-postgres"


@dataclass(frozen=True)
class Account:
    """Who owns the data and runs the server; `is_own` when that is who runs this process."""

    name: str
    uid: int
    gid: int
    is_own: bool

    def as_subprocess(self) -> dict[str, Any]:
        """Return what makes `subprocess` run a program as this account."""
        return {} if self.is_own else {"user": self.uid, "group": self.gid, "extra_groups": []}

    def own(self, path: Path, mode: int) -> None:
        """Give a file or folder to this account, closed to all others."""
        if not self.is_own:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)
        path.chmod(mode)


def find_account(folder: Path) -> Account:
    """Return the account that runs the server of this folder."""
    if sys.platform == "win32":
        return Account(os.environ.get("USERNAME", "user"), 0, 0, is_own=True)
    if os.geteuid() != 0:
        return _account(os.geteuid(), is_own=True)
    owner = folder.stat().st_uid if folder.exists() else 0
    return _account(owner or _uid_for_root(), is_own=False)


def _account(uid: int, *, is_own: bool) -> Account:
    import pwd

    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise DatabaseUnavailable(
            f"The embedded PostgreSQL needs an account with a name, and user id {uid} has none: "
            "add it to /etc/passwd or set TANDEM_DATABASE_URL."
        ) from None
    return Account(entry.pw_name, uid, entry.pw_gid, is_own)


def _uid_for_root() -> int:
    import pwd

    try:
        return pwd.getpwnam(ACCOUNT_OF_ROOT).pw_uid
    except KeyError:
        _make_account()
        return pwd.getpwnam(ACCOUNT_OF_ROOT).pw_uid


def _make_account() -> None:
    program = shutil.which("useradd")
    made = program and subprocess.run(  # noqa: S603
        [program, "--system", "--user-group", "--no-create-home", "--shell", "/bin/false", ACCOUNT_OF_ROOT],
        capture_output=True,
        check=False,
    )
    # Two processes may both find it missing; the slower one's failure is none if it exists now.
    if not made or made.returncode not in (0, 9):
        raise DatabaseUnavailable(
            f"PostgreSQL does not run as root and the account {ACCOUNT_OF_ROOT} cannot be made: "
            "run as an ordinary user or set TANDEM_DATABASE_URL."
        )


def open_way(account: Account, destination: Path) -> None:
    """Let the account pass through the folders above `destination`, and nothing more."""
    if account.is_own:
        return
    for folder in destination.resolve().parents:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH and folder.stat().st_uid != account.uid:
            _let_pass(folder, mode, account.uid)


_OWNER, _USER, _GROUP, _MASK, _OTHER, _PASS = 0x01, 0x02, 0x04, 0x10, 0x20, 0o1
_NOBODY = 0xFFFFFFFF


def _let_pass(folder: Path, mode: int, uid: int) -> None:
    """Add one entry to the folder's access list; where there are no such lists, open it to passing."""
    name = "system.posix_acl_access"
    try:
        entries = (
            _entries(os.getxattr(folder, name)) if name in os.listxattr(folder) else _plain_entries(mode)
        )
        entries[_USER, uid] = entries.get((_USER, uid), 0) | _PASS
        entries[_MASK, _NOBODY] = entries.get((_MASK, _NOBODY), entries[_GROUP, _NOBODY]) | _PASS
        os.setxattr(folder, name, _packed(entries))
    except (OSError, AttributeError):
        folder.chmod(stat.S_IMODE(mode) | stat.S_IXOTH)


def _plain_entries(mode: int) -> dict[tuple[int, int], int]:
    return {
        (_OWNER, _NOBODY): mode >> 6 & 7,
        (_GROUP, _NOBODY): mode >> 3 & 7,
        (_OTHER, _NOBODY): mode & 7,
    }


def _entries(raw: bytes) -> dict[tuple[int, int], int]:
    return {(tag, who): rights for tag, rights, who in struct.iter_unpack("<HHI", raw[4:])}


def _packed(entries: dict[tuple[int, int], int]) -> bytes:
    rows = (struct.pack("<HHI", tag, rights, who) for (tag, who), rights in sorted(entries.items()))
    return struct.pack("<I", 2) + b"".join(rows)
