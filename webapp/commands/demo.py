"""`tandem demo`: a living organisation to try, on this machine only."""

import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from models.database import Database, var_folder
from webapp.commands.opening import carried_out, opened

if TYPE_CHECKING:
    from workflows.work import Work

PACK = Path(__file__).parents[2] / "bpmn" / "target-model"
_LOCK = 7_405_133_640_116


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Port to answer at [TANDEM_PORT, default 8000].")
def demo(port: int | None) -> None:
    """Start Tandem with an invented school in it, and print who can sign in.

    It answers to browsers on this machine only. What is done in it stays in var/.
    """
    from webapp import bundles, catalogues, server
    from webapp.settings import find_secret_key, from_environment

    settings = replace(
        from_environment(secret_key=find_secret_key(var_folder())), host="127.0.0.1", is_https=False
    )
    settings = replace(settings, port=port or settings.port)
    server.refuse_taken_port(settings)
    bundles.bring_up_to_date()
    catalogues.bring_up_to_date()
    with opened("demo", must_be_current=False) as database:
        password = _furnish(database)
        accounts = carried_out(database, _list_accounts)
        database.engine.dispose()  # The server processes are forked off and must not share connections.
        with _worker():
            server.serve(settings, when_ready=lambda: _welcome(server.address(settings), password, accounts))
    click.echo("Stopped. What was done stays in var/.")


def _furnish(database: Database) -> str:
    """Migrate, fill an empty database, and return the password of everybody in it."""
    from models import schema

    if not schema.is_current(database):
        click.echo("Making the tables …")
        schema.upgrade(database)
    file = var_folder() / "demo_password"
    is_told = _tell_story(database, file)
    if not is_told and not file.exists():
        raise click.ClickException(
            "This database holds something else than the demonstration: set TANDEM_VAR to a new folder."
        )
    return file.read_text().strip()


def _tell_story(database: Database, file: Path) -> bool:
    """Fill the database if it is empty, all of it or nothing; say whether it was."""
    from sqlalchemy import select, text
    from sqlalchemy.orm import sessionmaker

    from models.organisations import Organisation
    from workflows.demonstration.story import Story
    from workflows.work import machine_clock

    with database.engine.begin() as connection:
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        if connection.scalar(select(Organisation.id).limit(1)):
            return False
        password = _keep_password(file)
        sessions = sessionmaker(connection, join_transaction_mode="create_savepoint", expire_on_commit=False)
        click.echo("Filling the demonstration:")
        Story(sessions, machine_clock()).tell(PACK, password, lambda what: click.echo(f"  {what} …"))
    return True


def _keep_password(file: Path) -> str:
    """Make one password for everybody, of this installation only."""
    password = f"demo-{secrets.token_hex(4)}"
    file.unlink(missing_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
        stream.write(password)
    return password


@contextmanager
def _worker() -> Iterator[None]:
    """Keep a worker beside the web for as long as the web runs."""
    command = [sys.executable, "-m", "webapp.cli", "worker", "--with-parent"]
    # Ctrl+C is for us alone; a child that is born deaf to it cannot hear it too early.
    hearing = signal.signal(signal.SIGINT, signal.SIG_IGN)
    process = subprocess.Popen(command, stdin=subprocess.PIPE)  # noqa: S603
    signal.signal(signal.SIGINT, hearing)
    with process:
        try:
            yield
        finally:
            assert process.stdin
            process.stdin.close()
            try:
                process.wait(25)
            except subprocess.TimeoutExpired:
                process.kill()


def _list_accounts(work: "Work") -> list[tuple[str, str, str]]:
    from workflows.demonstration.story import list_accounts

    return list_accounts(work)


def _welcome(address: str, password: str, accounts: list[tuple[str, str, str]]) -> None:
    click.echo(f"\nTandem answers at {click.style(address, bold=True)}\n")
    for name, person, role in accounts:
        click.echo(f"  {name:<15}{password:<16}{person}, {role}")
    click.echo("\nThe curator is a good one to begin with. Ctrl+C stops it.")
