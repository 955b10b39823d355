"""The `tandem` command: each word does its work, and says in one line why it cannot."""

import json
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import psycopg
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select, text

from models.database import Database
from models.people import User
from models.tasks import Task, TaskStatus
from webapp.cli import main
from workflows import jobs
from workflows.operations.cases import start_case
from workflows.operations.sign_in import sign_in
from workflows.operations.tasks import complete_task
from workflows.transaction import carry_out
from workflows.work import SYSTEM

PACK = Path(__file__).parents[2] / "bpmn" / "target-model"
PASSWORD = "четыре слова и запятая"
Run = Callable[..., Result]


@pytest.fixture
def run(committed_database: Database) -> Run:
    """Run the command on the database of the test."""
    return _runner(committed_database)


@pytest.fixture
def empty_database(server: Database) -> Iterator[Database]:
    from models.database import open_database

    with psycopg.connect(server.conninfo, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS tandem_empty WITH (FORCE)")
        connection.execute("CREATE DATABASE tandem_empty TEMPLATE template0")
    database = open_database(server.url.set(database="tandem_empty").render_as_string(hide_password=False))
    yield database
    database.close()


def _runner(database: Database) -> Run:
    environment = {"TANDEM_DATABASE_URL": database.url.render_as_string(hide_password=False)}

    def run(*arguments: str | Path, input: str | None = None) -> Result:
        return CliRunner().invoke(main, [str(one) for one in arguments], input=input, env=environment)

    return run


def told(result: Result) -> str:
    """Return the one line in which a command said why it could not."""
    assert result.exit_code == 1, result.output
    lines = result.output.strip().splitlines()
    assert len(lines) == 1, result.output
    assert lines[0].startswith("Error: ")
    return lines[0]


@pytest.mark.parametrize(
    "words",
    [
        "",
        "demo",
        "simulate",
        "serve",
        "worker",
        "database",
        "database upgrade",
        "database backup",
        "database restore",
        "pack",
        "pack check",
        "pack install",
        "pack export",
        "journal",
        "journal verify",
        "user",
        "user add",
        "user password",
    ],
)
def test_every_word_has_help(words: str) -> None:
    result = CliRunner().invoke(main, [*words.split(), "--help"])
    assert result.exit_code == 0
    assert "Usage:" in result.output


def test_the_version_is_told() -> None:
    assert CliRunner().invoke(main, ["--version"]).output.startswith("tandem, version ")


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("mysql://nowhere", "must look like postgresql://"),
        ("postgresql://tandem:secret@127.0.0.1:1/tandem", "does not answer"),
    ],
)
def test_an_unusable_database_is_told_in_one_line(url: str, words: str) -> None:
    result = CliRunner().invoke(main, ["journal", "verify"], env={"TANDEM_DATABASE_URL": url})
    assert words in told(result)
    assert "secret" not in result.output


def test_an_empty_database_is_made_ready(empty_database: Database) -> None:
    run = _runner(empty_database)
    assert "tandem database upgrade" in told(run("journal", "verify"))
    assert "now at revision" in run("database", "upgrade").output
    assert run("database", "upgrade").output == "The database is up to date.\n"
    assert run("journal", "verify").exit_code == 0


def test_a_database_of_a_newer_version_is_not_touched(run: Run, committed_database: Database) -> None:
    with committed_database.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert "newer version of Tandem" in told(run("journal", "verify"))


def test_the_first_administrator_comes_with_an_organisation(empty_database: Database) -> None:
    run = _runner(empty_database)
    run("database", "upgrade")
    assert "no organisation yet" in told(run("user", "add", "vera", "--name", "Вера", input=PASSWORD))
    added = run("user", "add", "Vera", "--name", "Вера", "--new-organisation", "Лицей", input=PASSWORD + "\n")
    assert (added.exit_code, added.output) == (0, "vera can sign in now.\n")
    assert carry_out(empty_database.sessions, SYSTEM, lambda work: sign_in(work, "vera", PASSWORD, "::1"))


def test_a_second_user_needs_no_organisation_named_when_there_is_one(empty_database: Database) -> None:
    run = _runner(empty_database)
    run("database", "upgrade")
    run("user", "add", "vera", "--name", "Вера", "--new-organisation", "Лицей", input=PASSWORD)
    assert run("user", "add", "olga", "--name", "Ольга", "--role", "curator", input=PASSWORD).exit_code == 0
    taken = run("user", "add", "olga", "--name", "Ольга", input=PASSWORD)
    assert "sign_in_name" in told(taken)


def test_a_weak_password_is_refused(run: Run, town: SimpleNamespace) -> None:
    place = ("--organisation", str(town.school.id))
    assert "password" in told(run("user", "add", "vera", "--name", "Вера", *place, input="short"))


def test_which_organisation_is_asked_when_there_are_several(run: Run, town: SimpleNamespace) -> None:
    refused = told(run("user", "add", "vera", "--name", "Вера", input=PASSWORD))
    assert town.school.name in refused
    assert "no organisation “Нигде”" in told(
        run("user", "add", "vera", "--name", "Вера", "--organisation", "Нигде", input=PASSWORD)
    )


def test_a_new_password_ends_the_sessions(
    run: Run, town: SimpleNamespace, committed_database: Database
) -> None:
    run("user", "add", "vera", "--name", "Вера", "--organisation", town.school.name, input=PASSWORD)
    assert run("user", "password", "VERA", input="совсем другой пароль").exit_code == 0
    assert "Nobody signs in" in told(run("user", "password", "nobody", input=PASSWORD))
    with committed_database.sessions() as session:
        user = session.scalars(select(User).where(User.sign_in_name == "vera")).one()
        assert user.session_generation == 2


def test_a_pack_is_checked_without_a_database(tmp_path: Path) -> None:
    good = CliRunner().invoke(main, ["pack", "check", str(PACK)], env={"TANDEM_DATABASE_URL": "nonsense"})
    assert (good.exit_code, good.output) == (0, "0 errors, 0 warnings.\n")
    shutil.copytree(PACK, tmp_path / "pack")
    diagram = tmp_path / "pack" / "pair_path.bpmn"
    diagram.write_text(
        diagram.read_text("utf-8").replace('processId="pair_trial"', 'processId="nowhere"'), "utf-8"
    )
    bad = CliRunner().invoke(main, ["pack", "check", str(tmp_path / "pack")])
    assert bad.exit_code == 1
    assert "pair_path.bpmn:" in bad.output
    assert "Пробная встреча" in bad.output
    told_as_data = CliRunner().invoke(main, ["pack", "check", "--json", str(tmp_path / "pack")])
    assert {one["element"] for one in json.loads(told_as_data.output)} >= {"try_together"}


def test_a_pack_goes_in_and_comes_out_the_same(run: Run, town: SimpleNamespace, tmp_path: Path) -> None:
    place = ("--organisation", str(town.school.id))
    assert "is installed as version 1" in run("pack", "install", PACK, *place).output
    assert "is installed already: version 1" in run("pack", "install", PACK, *place).output
    exported = run("pack", "export", "target-model", tmp_path / "out", *place)
    assert exported.exit_code == 0
    for file in (tmp_path / "out").rglob("*.*"):
        assert file.read_bytes() == (PACK / file.relative_to(tmp_path / "out")).read_bytes()
    assert "is not empty" in told(run("pack", "export", "target-model", tmp_path / "out", *place))
    run("pack", "export", "nothing", tmp_path / "other", *place)
    assert not (tmp_path / "other").exists()


def test_a_pack_comes_out_into_its_folder_and_nowhere_else(
    committed_database: Database, run: Run, town: SimpleNamespace, tmp_path: Path
) -> None:
    """Whoever can write to the database must not thereby write to the machine of whoever exports."""
    with committed_database.engine.begin() as connection:
        connection.execute(
            text("UPDATE definition SET file_name = '../planted' WHERE file_name = 'pair.bpmn'")
        )
    place = ("--organisation", str(town.school.id))
    assert "outside of" in told(run("pack", "export", "meetings", tmp_path / "out", *place))
    assert not (tmp_path / "planted").exists()


def test_a_broken_pack_is_not_installed(run: Run, town: SimpleNamespace, tmp_path: Path) -> None:
    (tmp_path / "pack.toml").write_text("key = ", "utf-8")
    place = ("--organisation", str(town.school.id))
    assert "The pack cannot be installed." in told(run("pack", "install", tmp_path, *place))


def test_a_journal_that_was_changed_is_told_with_the_entry(
    run: Run, town: SimpleNamespace, committed_database: Database
) -> None:
    jobs.Jobs(committed_database).seal_journals()
    sound = run("journal", "verify", "--organisation", town.school.name)
    assert sound.exit_code == 0
    noted = sound.output.split("newest block ")[1].strip()
    again = run("journal", "verify", "--organisation", town.school.name, "--expect", noted)
    assert again.exit_code == 0
    with committed_database.engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        changed = text("UPDATE journal_entry SET act = 'x' WHERE organisation_id = :id RETURNING id")
        entry = connection.execute(changed, {"id": town.school.id}).scalars().first()
    broken = run("journal", "verify")
    assert broken.exit_code == 1
    assert "NOT SOUND" in broken.output
    assert f"entry {entry}: the entry is not as it was written" in broken.output


def test_a_block_that_was_noted_must_still_be_there(run: Run, town: SimpleNamespace) -> None:
    expected = ("--expect", f"7:{'ab' * 32}")
    missing = run("journal", "verify", "--organisation", town.school.name, *expected)
    assert missing.exit_code == 1
    assert "there is no block with the number and the hash that were noted" in missing.output
    assert run("journal", "verify", *expected).exit_code == 2
    assert run("journal", "verify", "--organisation", town.school.name, "--expect", "x").exit_code == 2


@pytest.fixture
def living(committed_database: Database, town: SimpleNamespace) -> Database:
    """A database with a running case and a sealed journal."""
    people = {role: [getattr(town, role).person_id] for role in ("mentor", "mentee", "curator")}
    carry_out(
        committed_database.sessions,
        town.curator,
        lambda work: start_case(work, town.school.id, "pair", "Пара", participants=people),
    )
    jobs.Jobs(committed_database).seal_journals()
    return committed_database


def open_tasks(database: Database) -> list[Task]:
    with database.sessions() as session:
        return list(session.scalars(select(Task).where(Task.status == TaskStatus.OPEN)))


def test_what_was_backed_up_goes_on_after_it_is_restored(
    living: Database, run: Run, tmp_path: Path, town: SimpleNamespace
) -> None:
    before = open_tasks(living)
    backup = tmp_path / "tandem.backup"
    assert "holds everything" in run("database", "backup", backup).output
    assert backup.stat().st_mode & 0o077 == 0
    with living.engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    living.engine.dispose()
    restored = run("database", "restore", backup)
    assert restored.exit_code == 0, restored.output
    assert run("journal", "verify").exit_code == 0
    assert {task.id for task in open_tasks(living)} == {task.id for task in before}

    answers = {"topic": "Первая встреча", "is_last": False}
    carry_out(living.sessions, town.mentor, lambda work: complete_task(work, before[0].id, answers))
    assert {task.id for task in open_tasks(living)} != {task.id for task in before}
    jobs.Jobs(living).seal_journals()
    assert run("journal", "verify").exit_code == 0
    with living.engine.begin() as connection, pytest.raises(Exception, match="never changed"):
        connection.execute(text("DELETE FROM journal_entry"))


@pytest.mark.parametrize("is_link", [True, False])
def test_a_backup_is_never_written_into_what_waits_in_the_way(
    living: Database, run: Run, tmp_path: Path, is_link: bool
) -> None:
    """In a shared folder somebody could put a file of theirs, or a link, where the dump is going to grow."""
    theirs, backup = tmp_path / "theirs", tmp_path / "tandem.backup"
    theirs.write_text("theirs")
    waiting = tmp_path / "tandem.backup.unfinished"
    waiting.symlink_to(theirs) if is_link else waiting.hardlink_to(theirs)
    assert run("database", "backup", backup).exit_code == 0
    assert theirs.read_text() == "theirs"
    assert not backup.is_symlink()
    assert backup.stat().st_mode & 0o077 == 0


def test_a_restore_asks_before_it_replaces(living: Database, run: Run, tmp_path: Path) -> None:
    backup = tmp_path / "tandem.backup"
    run("database", "backup", backup)
    assert "exists already" in told(run("database", "backup", backup))
    assert "The database is not empty" in told(run("database", "restore", backup))
    assert run("database", "restore", backup, "--yes").exit_code == 0
    assert len(open_tasks(living)) > 0


def test_a_file_that_was_cut_short_changes_nothing(living: Database, run: Run, tmp_path: Path) -> None:
    backup = tmp_path / "tandem.backup"
    run("database", "backup", backup)
    content = backup.read_bytes()
    before = {task.id for task in open_tasks(living)}
    for broken in (content[: len(content) // 2], b"no backup at all"):
        backup.write_bytes(broken)
        assert "failed" in told(run("database", "restore", backup, "--yes"))
        assert {task.id for task in open_tasks(living)} == before


def test_a_backup_that_cannot_be_written_leaves_nothing_behind(
    living: Database, run: Run, tmp_path: Path
) -> None:
    told(run("database", "backup", tmp_path / "nowhere" / "tandem.backup"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("word", ["serve", "demo"])
def test_a_taken_port_is_told_before_anything_starts(word: str, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(main, [word, "--port", port], env={"TANDEM_VAR": str(tmp_path / "var")})
    assert "choose another port with --port" in told(result)
    assert not (tmp_path / "var" / "postgres").exists()
