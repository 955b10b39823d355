"""`tandem demo` as a newcomer runs it: it starts, lets somebody in, and leaves nothing running."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.parse
import urllib.request
from collections.abc import Iterator
from http.cookiejar import CookieJar
from pathlib import Path

import psutil
import pytest

from models.database import open_database
from workflows.operations.verification import verify_journal
from workflows.queries.organisations import list_organisations
from workflows.work import SYSTEM, Work

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")


class Demo:
    """One run of the demonstration."""

    def __init__(self, var: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        # A session of its own, like a terminal: what is sent to the group reaches all of them.
        self.process = subprocess.Popen(
            [sys.executable, "-m", "webapp.cli", "demo", "--port", str(self.port)],
            env=os.environ | {"TANDEM_VAR": str(var), "TANDEM_DATABASE_URL": "", "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.said: list[str] = []

    def wait_until_ready(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.said.append(line)
            if "Ctrl+C stops it" in line:
                return
        raise AssertionError("".join(self.said))

    def stop(self, number: int) -> int:
        everybody = psutil.Process(self.process.pid).children(recursive=True)
        os.killpg(self.process.pid, number)
        rest, _ = self.process.communicate(timeout=30)
        self.said.append(rest)
        assert [one for one in everybody if _runs(one)] == []
        return self.process.returncode


def _runs(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.fixture(scope="module")
def var(quick_place: Path) -> Path:
    return quick_place / "var"


@pytest.fixture
def demo(var: Path) -> Iterator[Demo]:
    demo = Demo(var)
    yield demo
    if demo.process.poll() is None:
        os.killpg(demo.process.pid, signal.SIGKILL)
        demo.process.communicate()


@needs_posix
def test_a_newcomer_signs_in_and_stops_it_with_ctrl_c(demo: Demo, var: Path) -> None:
    demo.wait_until_ready()
    said = "".join(demo.said)
    address = re.search(r"http://127\.0\.0\.1:\d+/", said)
    sign_in = re.search(r"curator +(\S+)", said)
    assert address, said
    assert sign_in, said
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    page = browser.open(address[0] + "sign-in").read().decode()
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token, page
    form = {"csrf_token": token[1], "sign_in_name": "curator", "password": sign_in[1]}
    inbox = browser.open(address[0] + "sign-in", urllib.parse.urlencode(form).encode()).read().decode()
    assert "Колледж «Мастер»" in inbox
    assert demo.stop(signal.SIGINT) == 0
    assert not (var / "postgres" / "data" / "postmaster.pid").exists()
    assert "Traceback" not in "".join(demo.said)


@needs_posix
def test_what_was_done_is_there_at_the_next_start(demo: Demo, var: Path) -> None:
    demo.wait_until_ready()
    assert "Filling" not in "".join(demo.said)
    assert demo.stop(signal.SIGTERM) == 0
    database = open_database("", var=var)
    try:
        with database.sessions() as session:
            work = Work(session, SYSTEM)
            for organisation in list_organisations(work):
                assert verify_journal(work, organisation.id).is_sound
    finally:
        database.close()
    assert not (var / "postgres" / "data" / "postmaster.pid").exists()
