"""`tandem database`: bring up to date, back up, restore."""

from pathlib import Path

import click

from webapp.commands.opening import opened


@click.group()
def database() -> None:
    """Look after the database."""


@database.command()
def upgrade() -> None:
    """Make the tables, or bring them up to date."""
    from models import schema

    with opened("database upgrade", must_be_current=False) as found:
        if schema.is_current(found):
            click.echo("The database is up to date.")
            return
        schema.upgrade(found)
        click.echo(f"The database is now at revision {schema.head()}.")


@database.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--overwrite", is_flag=True, help="Replace the file if there is one.")
def backup(file: Path, overwrite: bool) -> None:
    """Write everything into one FILE, consistent, while people go on working."""
    from webapp.commands import dumps

    if file.exists() and not overwrite:
        raise click.ClickException(f"{file} exists already: choose another name or add --overwrite.")
    with opened("database backup") as found:
        size = dumps.write(found, file)
    click.echo(f"{file} holds everything ({size / 1e6:.1f} MB). Keep it as safe as the database itself.")


@database.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--yes", is_flag=True, help="Replace what the database holds now.")
def restore(file: Path, yes: bool) -> None:
    """Bring the database back to what FILE holds: all of it, or nothing is changed."""
    from webapp.commands import dumps

    with opened("database restore", must_be_current=False) as found:
        if dumps.holds_something(found) and not yes:
            raise click.ClickException(
                "The database is not empty: back it up, then add --yes to replace all it holds."
            )
        dumps.read(found, file)
        is_current = dumps.is_current(found)
    click.echo(f"The database holds what {file} held.")
    if not is_current:
        click.echo("It is of an older version: bring it up to date with `tandem database upgrade`.")
