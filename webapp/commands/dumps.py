"""Write the whole database into a file and read it back, with PostgreSQL's own programs."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import click
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from sqlalchemy import text

from models import schema
from models.database import Database
from models.embedded import programs

# What was dumped makes the schema anew.
_EMPTY = "DROP SCHEMA IF EXISTS public CASCADE"


def write(database: Database, file: Path) -> int:
    """Write a consistent dump, complete or not at all; return its size."""
    _refuse_newer_server(database)
    unfinished = file.with_name(file.name + ".unfinished")
    try:
        # Made first, and anew, so that nobody else can read what goes into it.
        unfinished.unlink(missing_ok=True)
        os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        _run(
            "Backing up",
            database,
            "pg_dump",
            "--format=custom",
            "--no-owner",
            "--no-privileges",
            "--schema=public",
            f"--file={unfinished}",
            f"--dbname={_place(database)}",
            growing=unfinished,
        )
        unfinished.replace(file)
    except OSError as failure:
        raise click.ClickException(f"{file} cannot be written: {failure.strerror}.") from failure
    finally:
        unfinished.unlink(missing_ok=True)
    return file.stat().st_size


def read(database: Database, file: Path) -> None:
    """Replace all there is by what a dump holds, in one transaction."""
    _refuse_newer_server(database)
    with tempfile.TemporaryDirectory(prefix="tandem-restore-") as folder:
        script = Path(folder) / "dump.sql"
        # Read to its end before anything is touched: a file that was cut short changes nothing.
        _run(
            "Reading",
            database,
            "pg_restore",
            "--no-owner",
            "--no-privileges",
            f"--file={script}",
            file,
            growing=script,
        )
        _run(
            "Restoring",
            database,
            "psql",
            "--no-psqlrc",
            "--quiet",
            "--single-transaction",
            "--set=ON_ERROR_STOP=1",
            "--command=SET lock_timeout = '10s'",
            f"--command={_EMPTY}",
            f"--file={script}",
            f"--dbname={_place(database)}",
        )
    database.engine.dispose()
    if (found := schema.find_revision(database)) and not schema.knows(found):
        raise click.ClickException(
            "The file was written by a newer version of Tandem: install that version to use this database."
        )


def holds_something(database: Database) -> bool:
    """Say whether there is any table."""
    tables = "SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public')"
    with database.engine.connect() as connection:
        return bool(connection.scalar(text(tables)))


def is_current(database: Database) -> bool:
    """Say whether the tables are those of this version."""
    return schema.is_current(database)


def _refuse_newer_server(database: Database) -> None:
    with database.engine.connect() as connection:
        version = connection.dialect.server_version_info or (0,)
    if version[0] > programs.MAJOR_VERSION:
        raise click.ClickException(
            f"The server is PostgreSQL {version[0]}, the programs here are of {programs.MAJOR_VERSION}: "
            f"use pg_dump and pg_restore of PostgreSQL {version[0]}."
        )


def _run(
    what: str, database: Database, program: str, *arguments: str | Path, growing: Path | None = None
) -> None:
    """Run a program on the database; on a terminal show that it is at work."""
    where = conninfo_to_dict(database.conninfo)
    # Not among the arguments, which every account of the machine can read.
    password = {"PGPASSWORD": str(where.pop("password"))} if where.get("password") else {}
    with tempfile.TemporaryFile("w+", encoding="utf-8") as words:
        process = subprocess.Popen(  # noqa: S603
            [programs.path(program), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=words,
            env=programs.environment() | password | {"PGAPPNAME": "tandem database"},
        )
        try:
            _show_progress(what, process, growing)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
        if process.returncode:
            words.seek(0)
            raise click.ClickException(f"{what} failed: {_reason(words.read())}")


def _place(database: Database) -> str:
    where = conninfo_to_dict(database.conninfo)
    where.pop("password", None)
    return make_conninfo("", **where)


def _reason(words: str) -> str:
    lines = [line for line in words.splitlines() if line.strip()] or ["no reason was given"]
    telling = [line for line in lines if "error" in line.lower()] or lines
    return telling[0].strip()


def _show_progress(what: str, process: "subprocess.Popen[bytes]", growing: Path | None) -> None:
    stream = sys.stderr
    while process.poll() is None:
        if stream.isatty():
            size = growing.stat().st_size if growing and growing.exists() else 0
            click.echo(f"\r{what} … {size / 1e6:.1f} MB " if size else f"\r{what} … ", nl=False, err=True)
        time.sleep(0.05)
    if stream.isatty():
        click.echo("\r\033[K", nl=False, err=True)
