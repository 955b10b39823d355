"""The `tandem` command looks after organisations, roles, accounts and running cases."""

import uuid
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from models.cases import Case
from models.database import Database
from models.people import Membership, User
from tests.apart import apart
from webapp.cli import main
from workflows import jobs
from workflows.operations.cases import start_case
from workflows.operations.packs import install_pack
from workflows.pack_files import write_archive
from workflows.transaction import carry_out

PASSWORD = "четыре слова и запятая"
RENAMED = ((b"record_meeting", b"tell_meeting"), (b'formId="tell_meeting"', b'formId="record_meeting"'))
Run = Callable[..., Result]


@pytest.fixture
def run(committed_database: Database) -> Run:
    """Run the command on the database of the test."""
    environment = {"TANDEM_DATABASE_URL": committed_database.url.render_as_string(hide_password=False)}

    def run(*arguments: str | Path, input: str | None = None) -> Result:
        return CliRunner().invoke(main, [str(one) for one in arguments], input=input, env=environment)

    return run


def told(result: Result) -> str:
    """Return the one line in which a command said why it could not."""
    assert result.exit_code == 1, result.output
    assert result.output.startswith("Error: ")
    assert len(result.output.strip().splitlines()) == 1, result.output
    return result.output


def done(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.output


def found(database: Database, what: Any) -> list[Any]:
    with database.sessions() as session:
        return list(session.scalars(what))


@pytest.mark.parametrize(
    "words",
    [
        *("organisation", "organisation add", "organisation list"),
        *("role", "role grant", "role end", "user block", "user unblock", "case", "case migrate"),
    ],
)
def test_every_word_has_help(words: str) -> None:
    assert "Usage:" in done(CliRunner().invoke(main, [*words.split(), "--help"]))


def test_an_organisation_is_added_below_another(run: Run, town: SimpleNamespace) -> None:
    said = done(run("organisation", "add", "Лицей", "--below", town.town.name))
    lines = done(run("organisation", "list")).splitlines()
    (line,) = (line for line in lines if "Лицей" in line)
    assert line.startswith("    Лицей (organisation, ")
    assert line.rstrip(")").rsplit(" ", 1)[-1] in said
    assert lines.index(line) > lines.index(f"  {town.town.name} (municipality, {town.town.id})")


def test_an_organisation_that_cannot_be_there_is_refused(run: Run, town: SimpleNamespace) -> None:
    assert town.school.name in told(
        run("organisation", "add", "Край", "--kind", "region", "--below", town.school.name)
    )
    assert "no organisation “Нигде”" in told(run("organisation", "add", "Лицей", "--below", "Нигде"))
    assert "time_zone" in told(run("organisation", "add", "Лицей", "--time-zone", "Moon/Far_side"))


def test_organisations_of_one_name_are_told_apart_by_id(run: Run, town: SimpleNamespace) -> None:
    done(run("organisation", "add", town.school.name, "--below", town.town.name))
    assert str(town.school.id) in told(run("organisation", "add", "Класс", "--below", town.school.name))
    done(run("organisation", "add", "Класс", "--below", str(town.school.id)))


def test_a_role_is_given_and_ended(run: Run, town: SimpleNamespace, committed_database: Database) -> None:
    person = town.second_mentor
    held = select(Membership).where(Membership.person_id == person.person_id, Membership.role == "curator")
    done(run("role", "grant", person.name, "curator", "--since", "2026-01-01"))
    (membership,) = found(committed_database, held)
    assert (membership.organisation_id, membership.until_on) == (town.school.id, None)
    assert "curator" in told(run("role", "grant", person.name, "curator"))
    assert town.school.name in done(run("role", "end", str(person.person_id), "curator"))
    (membership,) = found(committed_database, held)
    assert membership.until_on
    assert "is not curator" in told(run("role", "end", person.name, "curator"))


def test_who_gets_a_role_must_be_one_person(run: Run, town: SimpleNamespace) -> None:
    assert "nobody called “Никто”" in told(run("role", "grant", "Никто", "curator"))
    for _ in range(2):
        name = f"vera{uuid.uuid4().hex[:6]}"
        place = ("--organisation", str(town.school.id))
        done(run("user", "add", name, "--name", "Вера", *place, input=PASSWORD))
    assert "Say which one by id" in told(run("role", "grant", "Вера", "curator"))
    done(run("role", "grant", name, "curator", "--organisation", str(town.other.id)))


def test_an_account_is_blocked_and_opened_again(
    run: Run, town: SimpleNamespace, committed_database: Database
) -> None:
    done(run("user", "add", "vera", "--name", "Вера", "--organisation", str(town.school.id), input=PASSWORD))
    account = select(User).where(User.sign_in_name == "vera")
    done(run("user", "block", "Vera"))
    assert [user.is_blocked for user in found(committed_database, account)] == [True]
    done(run("user", "unblock", "vera"))
    assert [user.is_blocked for user in found(committed_database, account)] == [False]
    assert "Nobody signs in" in told(run("user", "block", "nobody"))


@pytest.fixture
def pairs(committed_database: Database, town: SimpleNamespace) -> list[uuid.UUID]:
    """Two pairs under way."""
    people = {role: [getattr(town, role).person_id] for role in ("mentor", "mentee", "curator")}
    return [
        carry_out(
            committed_database.sessions,
            town.curator,
            lambda work: start_case(work, town.school.id, "pair", title, participants=people),  # noqa: B023
        ).id
        for title in ("Первая пара", "Вторая пара")
    ]


@pytest.fixture
def publish(committed_database: Database, town: SimpleNamespace, pack_files: dict[str, bytes]) -> Any:
    """Install a version of the pack in which something of the pair is written differently."""

    def publish(*changes: tuple[bytes, bytes]) -> uuid.UUID:
        diagram = pack_files["pair.bpmn"]
        for old, new in changes:
            diagram = diagram.replace(old, new)
        files = {**pack_files, "pair.bpmn": diagram}
        return carry_out(
            committed_database.sessions,
            town.administrator,
            lambda work: install_pack(work, town.school.id, files).pack_version_id,
        )

    return publish


def versions(database: Database) -> set[uuid.UUID]:
    return set(found(database, select(Case.pack_version_id)))


def migrate(run: Run, town: SimpleNamespace, *options: str) -> Result:
    return run("case", "migrate", "meetings", "--organisation", str(town.school.id), *options)


def test_a_move_is_shown_first_and_nothing_is_moved(
    run: Run, town: SimpleNamespace, pairs: list[uuid.UUID], publish: Any, committed_database: Database
) -> None:
    publish((b"P14D", b"P10D"))
    said = done(migrate(run, town))
    assert "2 cases move to version 2 of “meetings”." in said
    assert "Add --yes" in said
    assert versions(committed_database) == {town.pack.pack_version_id}


def test_what_stays_is_told_with_the_reason_in_the_readers_language(
    run: Run, town: SimpleNamespace, pairs: list[uuid.UUID], publish: Any
) -> None:
    publish(*RENAMED)
    english = done(migrate(run, town))
    assert "2 cases stay:" in english
    assert "which the new version does not have." in english
    assert "2: Первая пара, Вторая пара" in english
    russian = done(migrate(run, town, "--language", "ru"))
    assert "2 дела остаются:" in russian
    assert "которого в новой версии нет" in russian


def test_the_worker_moves_what_was_asked_for(
    run: Run, town: SimpleNamespace, pairs: list[uuid.UUID], publish: Any, committed_database: Database
) -> None:
    newest = publish((b"P14D", b"P10D"))
    assert "left to the worker" in done(migrate(run, town, "--yes"))
    apart(jobs.run_worker, committed_database, wait=False)
    assert versions(committed_database) == {newest}
    assert "No case is under way on another version" in done(migrate(run, town))


def test_cases_are_moved_at_once_and_back_again(
    run: Run, town: SimpleNamespace, pairs: list[uuid.UUID], publish: Any, committed_database: Database
) -> None:
    newest = publish((b"P14D", b"P10D"))
    assert "2 cases were moved." in done(migrate(run, town, "--yes", "--now"))
    assert versions(committed_database) == {newest}
    done(migrate(run, town, "--number", "1", "--yes", "--now"))
    assert versions(committed_database) == {town.pack.pack_version_id}


def test_a_renamed_step_is_mapped(
    run: Run, town: SimpleNamespace, pairs: list[uuid.UUID], publish: Any, committed_database: Database
) -> None:
    newest = publish(*RENAMED)
    done(migrate(run, town, "--map", "record_meeting=tell_meeting", "--yes", "--now"))
    assert versions(committed_database) == {newest}


def test_a_move_that_is_asked_for_wrongly_is_refused(run: Run, town: SimpleNamespace) -> None:
    for wrong in (("--now",), ("--map", "a"), ("--map", "a="), ("--map", "a=b", "--map", "a=c")):
        assert migrate(run, town, *wrong).exit_code == 2
    assert "There are: 1." in told(migrate(run, town, "--number", "7"))
    place = ("--organisation", str(town.school.id))
    assert "Installed are: meetings." in told(run("case", "migrate", "nothing", *place))


def test_a_pack_travels_as_an_archive(run: Run, town: SimpleNamespace, tmp_path: Path) -> None:
    place = ("--organisation", str(town.school.id))
    archive = tmp_path / "meetings.zip"
    done(run("pack", "export", "meetings", archive, *place))
    assert "exists already" in told(run("pack", "export", "meetings", archive, *place))
    done(run("pack", "check", archive))
    assert "is installed already: version 1" in done(run("pack", "install", archive, *place))
    assert "as version 1" in done(run("pack", "install", archive, "--organisation", str(town.other.id)))
    archive.write_bytes(b"no archive")
    assert "The pack cannot be installed." in told(run("pack", "install", archive, *place))


def test_what_should_be_looked_at_is_told_when_a_pack_is_installed(
    run: Run, town: SimpleNamespace, tmp_path: Path, pack_files: dict[str, bytes]
) -> None:
    archive = tmp_path / "meetings.zip"
    form = pack_files["forms/record_meeting.form"]
    archive.write_bytes(write_archive({**pack_files, "forms/spare.form": form}))
    said = done(run("pack", "install", archive, "--organisation", str(town.school.id)))
    assert "forms/spare.form" in said
    assert "warning" in said
    assert said.endswith("meetings is installed as version 2.\n")


@pytest.mark.parametrize("word", ["check", "install"])
def test_an_interpreter_that_is_not_built_is_told_in_one_line(
    run: Run,
    town: SimpleNamespace,
    tmp_path: Path,
    pack_files: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
    word: str,
) -> None:
    from workflows.engine import feel_sandbox

    monkeypatch.setattr(feel_sandbox.resources, "files", lambda _package: tmp_path)
    monkeypatch.setattr(feel_sandbox, "_holder", feel_sandbox._Holder())
    changed = pack_files["pair.bpmn"].replace(b"is_last = true", b"is_last = true and 17 + 4 = 21")
    archive = tmp_path / "meetings.zip"
    archive.write_bytes(write_archive({**pack_files, "pair.bpmn": changed}))
    place = ("--organisation", str(town.school.id)) if word == "install" else ()
    assert "make build" in told(run("pack", word, archive, *place))
