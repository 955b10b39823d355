"""What is built for browsers and for the sandbox is there, is current, and travels in the wheel."""

import os
import shutil
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest

from webapp import bundles
from webapp.locking import only_one

HOUSE = Path(__file__).parents[2]


@pytest.fixture
def copied_frontend(tmp_path, monkeypatch):
    """A copy of the sources that a test may change."""
    copy = tmp_path / "frontend"
    shutil.copytree(bundles.FRONTEND, copy, ignore=shutil.ignore_patterns("node_modules"))
    monkeypatch.setattr(bundles, "FRONTEND", copy)
    monkeypatch.setattr(bundles, "FETCHED_MARK", copy / "node_modules" / ".fetched-from")
    return copy


def test_the_bundles_are_current():
    assert bundles.are_current(), "run `make build`"


@pytest.mark.parametrize("name", ["site.js", "site.css", "bpmn-viewer.js", "bpmn-viewer.css"])
def test_every_page_finds_its_bundle(name):
    assert (bundles.WEBAPP / "static" / bundles.asset(name)).stat().st_size > 1_000


def test_feel_is_one_script_that_needs_nothing_else():
    script = bundles.FEEL.read_text("utf-8")
    assert "require(" not in script
    assert "\nimport " not in script


def test_a_changed_source_makes_the_bundles_stale(copied_frontend):
    assert bundles.are_current()
    (copied_frontend / "src" / "site.js").write_text("// changed", "utf-8")
    assert not bundles.are_current()


def test_without_a_connection_the_message_says_what_to_do(copied_frontend, monkeypatch):
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    monkeypatch.setenv("npm_config_cache", str(copied_frontend / "empty-cache"))
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    with pytest.raises(bundles.BundlesNotBuilt, match="check the connection"):
        bundles.build()


def test_of_two_processes_one_builds_and_the_other_waits(tmp_path):
    lock = tmp_path / "lock"
    program = (
        "import sys, pathlib, webapp.locking as l\nwith l.only_one(pathlib.Path(sys.argv[1])): print('in')"
    )
    with only_one(lock):
        other = subprocess.Popen([sys.executable, "-c", program, lock], stdout=subprocess.PIPE, cwd=HOUSE)
        time.sleep(0.5)
        assert other.poll() is None
    assert other.communicate(timeout=10)[0].strip() == b"in"


def test_a_wheel_carries_everything_a_server_needs(tmp_path):
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", tmp_path]
    subprocess.run(command, cwd=HOUSE, env=os.environ, check=True, capture_output=True)
    carried = zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist()
    assert f"webapp/static/{bundles.asset('site.js')}" in carried
    assert "workflows/engine/built/feel.js" in carried
    assert "webapp/translations/ru/LC_MESSAGES/messages.mo" in carried
    assert any(name.startswith("bpmn/target-model/") and name.endswith(".bpmn") for name in carried)
    assert any(name.startswith("webapp/templates/") for name in carried)
    assert "models/migrations/env.py" in carried
    assert not [name for name in carried if name.startswith("webapp/frontend") or name.endswith(".map")]
