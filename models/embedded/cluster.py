"""The folder of the embedded PostgreSQL: made, checked, and given its settings at every start."""

import os
import secrets
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from models.embedded import programs
from models.embedded.account import Account, find_account, open_way
from models.embedded.errors import DatabaseUnavailable

ROLE = "tandem"
_LONGEST_SOCKET_FOLDER = 85  # A socket's whole path fits into 104 bytes on the least generous system.

_SETTINGS = {
    "max_connections": "100",
    "shared_buffers": "128MB",
    "max_wal_size": "512MB",
    "huge_pages": "off",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "password_encryption": "scram-sha-256",
    "log_min_messages": "warning",
    "log_line_prefix": "%m [%p] %a ",
    "log_checkpoints": "off",
}


class Cluster:
    """`folder` holds the data, the socket, the log and the locks, all closed to other accounts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.log = folder / "log"
        self.password_file = folder / "password"
        self.gate = folder / "gate.lock"
        self.presence = folder / "presence.lock"
        self.account: Account = find_account(folder)

    @property
    def uses_socket(self) -> bool:
        return sys.platform != "win32"

    def prepare(self) -> None:
        """Make the folder ours and closed, or say why that cannot be."""
        with _told_in_one_line(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            self.account.own(self.folder, 0o700)
            open_way(self.account, self.folder)
            open_way(self.account, programs.folder() / "postgres")
            for lock in (self.gate, self.presence):
                with lock.open("a"):
                    self.account.own(lock, 0o600)
        self._check_version()

    def _check_version(self) -> None:
        version_file = self.data / "PG_VERSION"
        found = version_file.read_text().strip() if version_file.exists() else ""
        if found and found != str(programs.MAJOR_VERSION):
            raise DatabaseUnavailable(
                f"{self.folder} belongs to PostgreSQL {found}, and this Tandem brings "
                f"PostgreSQL {programs.MAJOR_VERSION}: back it up with the Tandem that made it, move the "
                "folder away and restore, or set TANDEM_VAR to another folder."
            )

    def make(self) -> None:
        """Make the data if there are none; a making that was interrupted is begun anew."""
        if (self.data / "PG_VERSION").exists():
            return
        with _told_in_one_line(self.folder):
            unfinished = self.folder / "data.unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            programs.run("initdb", *self._how_to_make(unfinished), account=self.account, cwd=self.folder)
            unfinished.rename(self.data)

    def _how_to_make(self, data: Path) -> list[str | Path]:
        how: list[str | Path] = [
            "--pgdata",
            data,
            "--username",
            ROLE,
            "--encoding",
            "UTF8",
            "--no-instructions",
        ]
        # The builtin locale knows Russian capitals on every machine, whatever locales are installed.
        how += ["--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"]
        if self.uses_socket:
            return [*how, "--auth", "peer"]
        self.write(self.password_file, secrets.token_urlsafe(32))
        return [*how, "--auth", "scram-sha-256", "--pwfile", self.password_file]

    def configure(self, port: int) -> None:
        """Write who may enter and how the server behaves; called before every start."""
        settings = _SETTINGS | self._place(port)
        lines = [f"{name} = '{_quoted(value)}'\n" for name, value in settings.items()]
        self.write(self.data / "postgresql.conf", "".join(lines))
        self.write(self.data / "pg_hba.conf", self._who_may_enter())
        self.write(self.data / "pg_ident.conf", f'tandem "{self.account.name}" {ROLE}\ntandem root {ROLE}\n')
        if self.log.exists() and self.log.stat().st_size > 5_000_000:
            self.log.unlink()

    def _place(self, port: int) -> dict[str, str]:
        if not self.uses_socket:
            return {"listen_addresses": "127.0.0.1", "port": str(port)}
        return {
            "listen_addresses": "",
            "unix_socket_directories": str(self.make_socket_folder()),
            "unix_socket_permissions": "0700",
        }

    def _who_may_enter(self) -> str:
        if self.uses_socket:
            return "local all all peer map=tandem\n"
        return "host all all 127.0.0.1/32 scram-sha-256\n"

    @property
    def socket_folder(self) -> Path:
        """Return where the socket is: beside the data, or in a short folder when that path is too long."""
        beside = self.folder / "socket"
        if len(os.fsencode(beside)) <= _LONGEST_SOCKET_FOLDER:
            return beside
        name = sha256(os.fsencode(self.folder)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"tandem-{self.account.uid}-{name}"

    def make_socket_folder(self) -> Path:
        """Make it closed to all others; in a shared place somebody else's folder is not accepted."""
        folder = self.socket_folder
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid not in (self.account.uid, os.geteuid()):
            raise DatabaseUnavailable(f"{folder} belongs to another account: remove it or set TANDEM_VAR.")
        self.account.own(folder, 0o700)
        return folder

    def write(self, file: Path, text: str) -> None:
        """Write a file that only the account can read."""
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(text)
        self.account.own(file, 0o600)


def _quoted(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "''")


@contextmanager
def _told_in_one_line(folder: Path) -> Iterator[None]:
    try:
        yield
    except programs.ProgramFailed as failure:
        last = str(failure).splitlines()[-1:] or ["no reason given"]
        raise DatabaseUnavailable(f"PostgreSQL cannot be set up in {folder}: {last[0]}") from failure
    except OSError as failure:
        raise DatabaseUnavailable(
            f"The folder {folder} of the embedded PostgreSQL cannot be used ({failure.strerror}): "
            "make it yours and writable, set TANDEM_VAR to another folder, or set TANDEM_DATABASE_URL."
        ) from failure
