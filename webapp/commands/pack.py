"""`tandem pack`: check, install, export."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from webapp.commands.opening import carried_out, find_organisation, find_pack_version, opened
from webapp.commands.speaking import LANGUAGE, speaking
from workflows.refusals import Invalid
from workflows.work import Work

if TYPE_CHECKING:
    from workflows.pack_files import Problem

_SOURCE = click.Path(path_type=Path, exists=True)


@click.group()
def pack() -> None:
    """Look after packs of methodology."""


@pack.command()
@click.argument("source", metavar="FOLDER|FILE.zip", type=_SOURCE)
@click.option("--json", "as_json", is_flag=True, help="Say it as JSON, for a program to read.")
@LANGUAGE
def check(source: Path, as_json: bool, language: str) -> None:
    """Check a pack; needs no database. Ends with code 1 if it cannot be installed."""
    from webapp import bundles
    from workflows.pack_files import check_source

    bundles.bring_up_to_date()
    problems = check_source(source)
    with speaking(language):
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
@click.argument("source", metavar="FOLDER|FILE.zip", type=_SOURCE)
@click.option("--organisation", help="Name or id of the organisation; not needed if there is only one.")
@click.option("--note", default="", help="What is new in this version.")
def install(source: Path, organisation: str | None, note: str) -> None:
    """Check a pack and install it as a new version; what should be looked at is told."""
    from webapp import bundles
    from workflows.operations.packs import InstalledPack, install_pack
    from workflows.pack_files import read_source

    bundles.bring_up_to_date()

    def act(work: Work) -> InstalledPack:
        return install_pack(work, find_organisation(work, organisation).id, files, note=note)

    with opened("pack install") as database:
        try:
            files = read_source(source)
            installed = carried_out(database, act)
        except Invalid as refusal:
            raise click.ClickException(_refused(refusal)) from refusal
    for warning in installed.warnings:
        click.echo(_told(warning))
    if installed.is_new:
        click.echo(f"{installed.key} is installed as version {installed.number}.")
    else:
        click.echo(f"{installed.key} is installed already: version {installed.number} is the same.")


@pack.command()
@click.argument("key")
@click.argument("target", metavar="FOLDER|FILE.zip", type=click.Path(path_type=Path))
@click.option("--organisation", help="Name or id of the organisation; not needed if there is only one.")
@click.option("--number", type=int, help="Number of the version; the newest if not given.")
def export(key: str, target: Path, organisation: str | None, number: int | None) -> None:
    """Write the files of the installed pack KEY into an empty folder, or into a new zip archive."""
    is_archive = target.suffix.lower() == ".zip"
    if target.is_file() or (is_archive and target.exists()):
        raise click.ClickException(f"{target} exists already: choose another name.")
    if target.exists() and any(target.iterdir()):
        raise click.ClickException(f"{target} is not empty: choose another folder.")

    def act(work: Work) -> Mapping[str, bytes]:
        from workflows.operations.packs import export_pack

        return export_pack(work, find_pack_version(work, key, organisation, number).id)

    with opened("pack export") as database:
        files = carried_out(database, act)
    _refuse_outside(files, target)
    try:
        _write_archive(files, target) if is_archive else _write_folder(files, target)
    except OSError as failure:
        raise click.ClickException(f"{target} cannot be written: {failure.strerror}.") from failure
    click.echo(f"{len(files)} files are in {target}.")


def _refuse_outside(files: Mapping[str, bytes], target: Path) -> None:
    place = target.resolve()
    for name in files:
        if not (place / name).resolve().is_relative_to(place):
            raise click.ClickException(f"The database names a file outside of {target}: {name}")


def _write_archive(files: Mapping[str, bytes], target: Path) -> None:
    from workflows.pack_files import write_archive

    with target.open("xb") as stream:
        stream.write(write_archive(files))


def _write_folder(files: Mapping[str, bytes], folder: Path) -> None:
    for name, content in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


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
