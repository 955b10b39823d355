"""Attach this process to the server of a folder; the last process to leave stops it.

Who is attached is known from file locks, which the system takes back from a process that dies in
whatever way. There is no list of processes that could be wrong after a kill.
"""

import atexit
import os
import socket
import sys
import threading
import time
from pathlib import Path

import psutil
import psycopg
from fasteners import InterProcessReaderWriterLock
from psycopg.sql import SQL, Identifier
from sqlalchemy import URL

from models.embedded import programs
from models.embedded.cluster import ROLE, Cluster
from models.embedded.errors import DatabaseUnavailable

_SECONDS_TO_START = 120

_attached: dict[Path, "Attachment"] = {}
_threads = threading.RLock()


def attach(folder: Path) -> URL:
    """Make sure that the folder's server runs for as long as this process is attached; return its URL."""
    folder = folder.expanduser().absolute()
    with _threads:
        if folder not in _attached:
            attachment = Attachment(Cluster(folder))
            attachment.open()
            _attached[folder] = attachment
        _attached[folder].users += 1
        return _attached[folder].url


def detach(folder: Path) -> None:
    """Undo one `attach`; the last one of the process leaves, the last process stops the server."""
    folder = folder.expanduser().absolute()
    with _threads:
        if attachment := _attached.get(folder):
            attachment.users -= 1
            if attachment.users == 0:
                _attached.pop(folder).close()


@atexit.register
def detach_all() -> None:
    """Leave every server this process is attached to."""
    with _threads:
        while _attached:
            _attached.popitem()[1].close()


if sys.platform != "win32":
    # The locks of a process do not pass to its forked child: the child attaches for itself.
    os.register_at_fork(after_in_child=_attached.clear)


class Attachment:
    """One process at one server."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._gate = InterProcessReaderWriterLock(cluster.gate)
        self._presence = InterProcessReaderWriterLock(cluster.presence)
        self.url = URL.create("postgresql+psycopg")
        self.users = 0

    def open(self) -> None:
        """Start the server unless it runs."""
        self._cluster.prepare()
        with self._gate.write_lock():
            self._presence.acquire_read_lock()
            try:
                self._ensure_runs()
            except BaseException:
                self._leave()
                raise

    def close(self) -> None:
        """Go, and stop the server when nobody is left."""
        try:
            with self._gate.write_lock():
                self._leave()
        except OSError:
            # The folder was removed under the running server, which stops by itself when it notices.
            return

    def _leave(self) -> None:
        self._presence.release_read_lock()
        try:
            if self._presence.acquire_write_lock(blocking=False):
                self._stop()
        finally:
            self._presence.release_write_lock()

    def _ensure_runs(self) -> None:
        if self._is_alive():
            self._wait()
            return
        self._cluster.make()
        port = 5432 if self._cluster.uses_socket else _free_port()
        self._cluster.configure(port)
        (self._cluster.data / "postmaster.pid").unlink(missing_ok=True)
        self._start()
        self._wait()

    def _start(self) -> None:
        try:
            self._control("start", "--log", self._cluster.log, "--timeout", str(_SECONDS_TO_START))
        except programs.ProgramFailed as failure:
            raise DatabaseUnavailable(
                f"The embedded PostgreSQL in {self._cluster.folder} does not start: {self._last_words()}"
            ) from failure

    def _stop(self) -> None:
        if not self._is_alive():
            return
        try:
            self._control("stop", "--mode", "fast")
        except programs.ProgramFailed:
            self._control("stop", "--mode", "immediate")

    def _control(self, *arguments: str | Path) -> None:
        programs.run(
            "pg_ctl",
            *arguments,
            "--pgdata",
            self._cluster.data,
            "--wait",
            account=self._cluster.account,
            cwd=self._cluster.folder,
        )

    def _last_words(self) -> str:
        lines = (
            self._cluster.log.read_text(errors="replace").splitlines() if self._cluster.log.exists() else []
        )
        telling = [line for line in lines if "FATAL" in line or "ERROR" in line] or lines
        return telling[-1] if telling else "it left no message"

    def _is_alive(self) -> bool:
        """Say whether the process named in the pid file is this folder's server.

        After a kill or a restart of the machine the number may belong to anybody.
        """
        try:
            pid = int((self._cluster.data / "postmaster.pid").read_text().split()[0])
            return Path(psutil.Process(pid).cwd()).samefile(self._cluster.data)
        except (OSError, ValueError, IndexError, psutil.Error):
            return False

    def _wait(self) -> None:
        """Wait until the server lets us in, and make the database of the house if it is missing."""
        deadline = time.monotonic() + _SECONDS_TO_START
        self.url = self._find_url()
        while refusal := self._try_to_enter():
            if time.monotonic() > deadline:
                raise DatabaseUnavailable(
                    f"The embedded PostgreSQL in {self._cluster.folder} runs but does not answer: {refusal}"
                )
            time.sleep(0.05)

    def _try_to_enter(self) -> str:
        where = self.url.set(drivername="postgresql", database="postgres").render_as_string(
            hide_password=False
        )
        try:
            with psycopg.connect(where, autocommit=True, connect_timeout=10) as connection:
                if not connection.execute("SELECT FROM pg_database WHERE datname = %s", (ROLE,)).fetchall():
                    connection.execute(SQL("CREATE DATABASE {}").format(Identifier(ROLE)))
        except psycopg.OperationalError as failure:
            return " ".join(str(failure).split())
        return ""

    def _find_url(self) -> URL:
        if self._cluster.uses_socket:
            # The server's account is checked from our side too, so that nobody can stand in for it.
            where = {"host": str(self._cluster.socket_folder), "requirepeer": self._cluster.account.name}
            return URL.create("postgresql+psycopg", ROLE, database=ROLE, query=where)
        port = int((self._cluster.data / "postmaster.pid").read_text().splitlines()[3])
        password = self._cluster.password_file.read_text()
        return URL.create("postgresql+psycopg", ROLE, password, "127.0.0.1", port, ROLE)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
