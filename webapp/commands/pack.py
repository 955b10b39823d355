"""`tandem pack`: check, install, export."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from webapp.commands.opening import carried_out, find_organisation, opened
from workflows.refusals import Invalid, NotFound
from workflows.work import Work

if TYPE_CHECKING:
    from workflows.pack_files import Problem

_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False)


@click.group()
def pack() -> None:
    """Look after packs of methodology."""


@pack.command()
@click.argument("folder", type=_FOLDER)
@click.option("--json", "as_json", is_flag=True, help="Say it as JSON, for a program to read.")
def check(folder: Path, as_json: bool) -> None:
    """Check the pack in FOLDER; needs no database. Ends with code 1 if it cannot be installed."""
    from workflows.pack_files import check_folder

    problems = check_folder(folder)
    if as_json:
        click.echo(json.dumps([_as_data(problem) for problem in problems], ensure_ascii=False, indent=2))
    else:
        for problem in problems:
            click.echo(_told(problem))
    errors = sum(problem.is_error for problem in problems)
    if not as_json:
        click.echo(f"{errors} errors, {len(problems) - errors} warnings.")
    raise SystemExit(1 if errors else 0)


@pack.command()
@click.argument("folder", type=_FOLDER)
@click.option("--organisation", help="Name or id of the organisation; not needed if there is only one.")
@click.option("--note", default="", help="What is new in this version.")
def install(folder: Path, organisation: str | None, note: str) -> None:
    """Check the pack in FOLDER and install it as a new version."""
    from workflows.operations.packs import InstalledPack, install_pack
    from workflows.pack_files import read_folder

    files = read_folder(folder)

    def act(work: Work) -> InstalledPack:
        return install_pack(work, find_organisation(work, organisation).id, files, note=note)

    with opened("pack install") as database:
        try:
            installed = carried_out(database, act)
        except Invalid as refusal:
            raise click.ClickException(_refused(refusal)) from refusal
    if installed.is_new:
        click.echo(f"{installed.key} is installed as version {installed.number}.")
    else:
        click.echo(f"{installed.key} is installed already: version {installed.number} is the same.")


@pack.command()
@click.argument("key")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--organisation", help="Name or id of the organisation; not needed if there is only one.")
@click.option("--number", type=int, help="Number of the version; the newest if not given.")
def export(key: str, folder: Path, organisation: str | None, number: int | None) -> None:
    """Write the files of the installed pack KEY into FOLDER, which must be empty."""
    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(f"{folder} is not empty: choose another folder.")

    def act(work: Work) -> Mapping[str, bytes]:
        return _files(work, key, organisation, number)

    with opened("pack export") as database:
        files = carried_out(database, act)
    for name, content in files.items():
        target = folder / name
        if not target.resolve().is_relative_to(folder.resolve()):
            raise click.ClickException(f"The database names a file outside of {folder}: {name}")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    click.echo(f"{len(files)} files are in {folder}.")


def _files(work: Work, key: str, organisation: str | None, number: int | None) -> Mapping[str, bytes]:
    from workflows.operations.packs import export_pack
    from workflows.queries.definitions import list_latest_versions, list_versions

    latest = list_latest_versions(work, find_organisation(work, organisation))
    found = next((version for version in latest if version.key == key), None)
    if found and number is not None:
        versions = list_versions(work, found.pack_id)
        found = next((version for version in versions if version.number == number), None)
    if found is None:
        raise NotFound(noun="pack")
    return export_pack(work, found.id)


def _as_data(problem: "Problem") -> dict[str, Any]:
    from webapp.problems import reason, remedy

    where = {name: getattr(problem, name) for name in ("file", "line", "element", "name")}
    said = {"reason": reason(problem), "remedy": remedy(problem)}
    return where | {"code": problem.code, "severity": problem.severity.value} | said


def _told(problem: "Problem") -> str:
    from webapp.problems import reason, remedy

    where = ":".join(str(part) for part in (problem.file, problem.line) if part)
    kind = "error" if problem.is_error else "warning"
    what = f" “{problem.name or problem.element}”:" if problem.name or problem.element else ""
    start = f"{where}: {kind}" if where else kind
    return f"{start}:{what} {reason(problem)}\n  {remedy(problem)}"


def _refused(refusal: Invalid) -> str:
    """Return the first problem in full and the number of the others."""
    from webapp import words

    said = [
        f"{file}: {words.complain(complaint)}"
        for file, complaints in refusal.problems.items()
        for complaint in complaints
    ]
    more = f" (and {len(said) - 1} more: see `tandem pack check`)" if len(said) > 1 else ""
    return f"The pack cannot be installed. {said[0] if said else ''}{more}"
