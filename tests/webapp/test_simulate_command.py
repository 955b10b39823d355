"""`tandem simulate`: a year in seconds, and one line about why it cannot be played."""

import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from models.database import Database
from webapp.cli import main

SMALL = ("simulate", "--mentees", "4", "--mentors", "2", "--seed", "5")


@pytest.fixture
def place(quick_place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No database is named, so that the year is played in one that is thrown away."""
    monkeypatch.delenv("TANDEM_DATABASE_URL", raising=False)
    monkeypatch.setenv("TANDEM_VAR", str(tmp_path))
    # The database that is thrown away lies in a temporary folder of the system.
    monkeypatch.setattr(tempfile, "tempdir", str(quick_place))


@pytest.mark.usefixtures("place")
def test_a_small_year_comes_to_its_end_without_troubles() -> None:
    played = CliRunner().invoke(main, SMALL)
    assert played.exit_code == 0, played.output
    assert "The programme is closed." in played.output
    assert "stage 7:" in played.output
    assert "Stalled: nothing" in played.output
    assert "Tasks of the curator, week by week:" in played.output


@pytest.mark.usefixtures("place")
def test_an_unknown_methodology_is_told_in_one_line() -> None:
    told = CliRunner().invoke(main, ["simulate", "--pack", "nowhere"])
    assert told.exit_code == 1
    assert told.output.startswith("Error: There is no methodology “nowhere”")


def test_what_is_kept_needs_an_empty_database(committed_database: Database) -> None:
    url = committed_database.url.render_as_string(hide_password=False)
    told = CliRunner().invoke(main, [*SMALL, "--keep"], env={"TANDEM_DATABASE_URL": url})
    assert told.exit_code == 1
    assert "This database is not empty" in told.output
