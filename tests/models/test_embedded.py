"""The embedded PostgreSQL: one server for several processes, and for one account only."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from models.database import Database, DatabaseUnavailable, open_database
from models.embedded.cluster import Cluster

needs_posix = pytest.mark.skipif(sys.platform == "win32", reason="accounts and signals of POSIX")

_STAY = """
import sys
from models.database import open_database
open_database("", var=__import__("pathlib").Path(sys.argv[1]))
print("attached", flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def made(quick_place: Path) -> Path:
    """A folder whose PostgreSQL was made, used and stopped; tests work on copies."""
    var = quick_place / "made"
    open_database("", var=var).close()
    return var


@pytest.fixture
def tmp_path(quick_place: Path) -> Path:
    """A folder for one test, where making a database takes little time."""
    return Path(tempfile.mkdtemp(dir=quick_place))


@pytest.fixture
def var(made: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "var"
    subprocess.run(["cp", "-a", made, copy], check=True)
    return copy


@pytest.fixture
def reachable(made: Path) -> Iterator[Path]:
    """A copy that any account may reach, so that only its own folders are closed."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        copy = Path(folder) / "var"
        subprocess.run(["cp", "-a", made, copy], check=True)
        Path(folder).chmod(0o711)
        yield copy


@pytest.fixture
def start() -> Iterator[Callable[[Path], subprocess.Popen[str]]]:
    """Start another process that stays attached until its input ends."""
    started: list[subprocess.Popen[str]] = []

    def start(var: Path) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", _STAY, str(var)]
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        started.append(process)
        assert process.stdout
        assert process.stdout.readline() == "attached\n"
        return process

    yield start
    for process in started:
        with process:  # Its input ends, and so does it.
            pass


def runs(var: Path) -> bool:
    pid_file = var / "postgres" / "data" / "postmaster.pid"
    return pid_file.exists() and psutil.pid_exists(int(pid_file.read_text().split()[0]))


def test_settings_keep_what_was_committed(server: Database) -> None:
    with psycopg.connect(server.conninfo) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            assert connection.execute(f"SHOW {setting}").fetchone() == ("on",)
        assert connection.execute("SELECT upper('ёж')").fetchone() == ("ЁЖ",)


@needs_posix
def test_nothing_of_it_is_open_to_other_accounts(server: Database) -> None:
    assert server.embedded_in
    folder = server.embedded_in
    for path in (folder, folder / "data", folder / "socket", folder / "socket" / ".s.PGSQL.5432"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
    for path in folder.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path


@needs_posix
@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become another account"
)
def test_another_account_is_refused_even_with_the_folders_open(reachable: Path) -> None:
    database = open_database("", var=reachable)
    try:
        attempt = _as_nobody(database)
        assert attempt.returncode != 0
        assert "Permission denied" in attempt.stderr
        socket_folder = reachable / "postgres" / "socket"
        (socket_folder / ".s.PGSQL.5432").chmod(0o777)
        for folder in (reachable, reachable / "postgres", socket_folder):
            folder.chmod(0o711)
        attempt = _as_nobody(database)
        assert attempt.returncode != 0
        assert "Peer authentication failed" in attempt.stderr
    finally:
        database.close()


# All is imported before: the interpreter may lie where the other account cannot read.
_BECOME_NOBODY = """
import os, psycopg, models.embedded.server
os.setgroups([]); os.setgid(65534); os.setuid(65534)
"""


def _as_nobody(database: Database) -> subprocess.CompletedProcess[str]:
    where = f"host={database.url.query['host']} user=tandem dbname=tandem"
    return _run(f"{_BECOME_NOBODY}\npsycopg.connect({where!r})")


def _run(script: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", script, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, input="")


def test_the_last_process_to_leave_stops_the_server(
    var: Path, start: Callable[[Path], subprocess.Popen[str]]
) -> None:
    first, second = start(var), start(var)
    first.communicate("")
    assert runs(var)
    second.communicate("")
    assert not runs(var)


def test_one_process_may_open_it_twice(var: Path) -> None:
    first, second = open_database("", var=var), open_database("", var=var)
    first.close()
    with second.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1
    second.close()
    assert not runs(var)


@needs_posix
def test_a_killed_process_keeps_nobody_from_stopping_the_server(
    var: Path, start: Callable[[Path], subprocess.Popen[str]]
) -> None:
    killed, staying = start(var), start(var)
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    staying.communicate("")
    assert not runs(var)


@needs_posix
def test_a_killed_server_is_started_again(var: Path, start: Callable[[Path], subprocess.Popen[str]]) -> None:
    start(var)
    pid_file = var / "postgres" / "data" / "postmaster.pid"
    postmaster = psutil.Process(int(pid_file.read_text().split()[0]))
    children = postmaster.children(recursive=True)
    postmaster.kill()
    psutil.wait_procs(children, timeout=10)
    database = open_database("", var=var)
    with database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar() == 1
    database.close()


def test_a_pid_file_that_names_somebody_else_is_no_obstacle(var: Path) -> None:
    """After a restart of the machine the number in the file may belong to any process."""
    (var / "postgres" / "data" / "postmaster.pid").write_text(f"{os.getpid()}\n{var}\n0\n5432\n")
    database = open_database("", var=var)
    database.close()
    assert not runs(var)


def test_a_making_that_was_interrupted_is_begun_anew(tmp_path: Path) -> None:
    unfinished = tmp_path / "var" / "postgres" / "data.unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18\n")
    open_database("", var=tmp_path / "var").close()
    assert (tmp_path / "var" / "postgres" / "data" / "PG_VERSION").exists()
    assert not unfinished.exists()


def test_a_long_path_and_blanks_in_it_work(made: Path, tmp_path: Path) -> None:
    far = tmp_path / ("далеко " * 6) / "it's"
    far.mkdir(parents=True)
    subprocess.run(["cp", "-a", made, far / "var"], check=True)
    database = open_database("", var=far / "var")
    socket_folder = Path(str(database.url.query["host"]))
    database.close()
    assert far not in socket_folder.parents
    shutil.rmtree(socket_folder)


@needs_posix
def test_somebody_elses_folder_for_the_socket_is_not_accepted(made: Path, tmp_path: Path) -> None:
    far = tmp_path / ("far" * 40)
    far.mkdir()
    subprocess.run(["cp", "-a", made, far / "var"], check=True)
    cluster = Cluster(far / "var" / "postgres")
    cluster.socket_folder.symlink_to(tmp_path)
    try:
        with pytest.raises(DatabaseUnavailable, match="belongs to another account"):
            open_database("", var=far / "var")
    finally:
        cluster.socket_folder.unlink()


def test_a_folder_of_another_version_is_named(var: Path) -> None:
    (var / "postgres" / "data" / "PG_VERSION").write_text("16\n")
    with pytest.raises(
        DatabaseUnavailable, match=r"belongs to PostgreSQL 16.* brings PostgreSQL 18"
    ) as refusal:
        open_database("", var=var)
    assert "\n" not in str(refusal.value)


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file")
    with pytest.raises(DatabaseUnavailable, match=r"cannot be used.*TANDEM_VAR") as refusal:
        open_database("", var=tmp_path / "var")
    assert "\n" not in str(refusal.value)


@needs_posix
@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become another account"
)
def test_another_accounts_folder_cannot_be_used(reachable: Path) -> None:
    attempt = _run(_BECOME_NOBODY + _STAY, reachable)
    assert "make it yours and writable" in attempt.stderr.splitlines()[-1]


def test_two_first_starts_at_once_make_one_database(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _STAY, str(tmp_path / "var")]
    both = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    for process in both:
        assert process.stdout
        assert process.stdout.readline() == "attached\n"
    for process in both:
        process.communicate("")
    deadline = time.monotonic() + 5
    while runs(tmp_path / "var") and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not runs(tmp_path / "var")
