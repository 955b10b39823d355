"""The way to the database: which one, and what is said when there is none."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import text

from models.database import Database, DatabaseUnavailable, find_url, open_database, var_folder


def test_the_usual_form_of_a_url_gets_our_driver(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TANDEM_DATABASE_URL", "postgresql://tandem:secret@database:5433/tandem")
    url = find_url()
    assert url is not None
    assert url.drivername == "postgresql+psycopg"
    assert (url.host, url.port, url.password) == ("database", 5433, "secret")


def test_no_url_means_the_embedded_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TANDEM_DATABASE_URL", raising=False)
    assert find_url() is None


@pytest.mark.parametrize(
    "wrong", ["mysql://root@localhost/x", "nonsense", "postgresql://host:port/x", "sqlite://"]
)
def test_a_wrong_url_is_refused_in_one_line(monkeypatch: pytest.MonkeyPatch, wrong: str) -> None:
    monkeypatch.setenv("TANDEM_DATABASE_URL", wrong)
    with pytest.raises(DatabaseUnavailable, match="must look like postgresql://") as refusal:
        open_database()
    assert "\n" not in str(refusal.value)


def test_an_unreachable_server_is_named_without_its_password() -> None:
    with pytest.raises(DatabaseUnavailable, match="does not answer") as refusal:
        open_database("postgresql://tandem:secret@127.0.0.1:1/tandem")
    assert "secret" not in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_a_missing_database_is_named(server: Database) -> None:
    nowhere = server.url.set(database="nowhere").render_as_string(hide_password=False)
    with pytest.raises(DatabaseUnavailable, match='database "nowhere" does not exist'):
        open_database(nowhere)


def test_with_a_url_nothing_embedded_is_imported(server: Database, tmp_path: Path) -> None:
    script = (
        "import sys; from models.database import open_database; open_database();"
        "print([name for name in sys.modules if name.startswith(('pixeltable', 'models.embedded.'))])"
    )
    url = server.url.render_as_string(hide_password=False)
    finished = subprocess.run(
        [sys.executable, "-W", "error", "-c", script],
        env={"TANDEM_DATABASE_URL": url, "TANDEM_VAR": str(tmp_path / "var")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert finished.stdout.strip() == "['models.embedded.errors']"
    assert not (tmp_path / "var").exists()


def test_var_can_be_elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TANDEM_VAR", str(tmp_path))
    assert var_folder() == tmp_path
    monkeypatch.delenv("TANDEM_VAR")
    assert var_folder() == Path(__file__).parents[2] / "var"


def test_the_server_sees_who_we_are(make_empty_database: Callable[[], Database]) -> None:
    with make_empty_database().engine.connect() as connection:
        assert connection.execute(text("SHOW application_name")).scalar() == "tandem"


def test_a_connection_the_server_closed_costs_nobody_an_answer(
    make_empty_database: Callable[[], Database], server: Database
) -> None:
    database = make_empty_database()
    with database.engine.connect() as connection:
        pid = connection.execute(text("SELECT pg_backend_pid()")).scalar()
    with psycopg.connect(server.conninfo, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))
    with database.engine.connect() as connection:
        assert connection.execute(text("SELECT pg_backend_pid()")).scalar() != pid
