"""`tandem simulate`: a school year of a programme in seconds, with invented people."""

import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click
from sqlalchemy import select, text

from models.database import Database, open_database

if TYPE_CHECKING:
    from workflows.demonstration.outcome import Outcome
    from workflows.demonstration.simulation import Simulation

PACKS = Path(__file__).parents[2] / "bpmn"
_WIDTH = 40


@click.command()
@click.option(
    "--pack", default="target-model", show_default=True, help="Methodology: a pack’s key or a folder."
)
@click.option("--mentees", type=click.IntRange(4, 1500), default=200, show_default=True)
@click.option("--mentors", type=click.IntRange(2, 500), default=80, show_default=True)
@click.option("--seed", type=int, default=7, show_default=True, help="The same seed plays the same year.")
@click.option("--variant", default="college", show_default=True, help="Variant of the methodology.")
@click.option("--days", type=click.IntRange(1, 400), default=None, help="Stop after so many days.")
@click.option("--keep", is_flag=True, help="Play into the database of the house, which has to be empty.")
def simulate(
    pack: str, mentees: int, mentors: int, seed: int, variant: str, days: int | None, keep: bool
) -> None:
    """Play a school year: people apply, choose, meet, forget, part and come back, on a virtual clock.

    Everything happens through the operations of the product. Afterwards it says what came of it, how much
    the curator had to do in which week, and what stalled. The data is thrown away unless --keep is given.
    """
    from workflows.demonstration.outcome import journal_digest, look_back
    from workflows.demonstration.simulation import LENGTH, Scale, Simulation
    from workflows.work import SYSTEM, Work

    folder = PACKS / pack if (PACKS / pack / "pack.toml").exists() else Path(pack)
    if not (folder / "pack.toml").exists():
        raise click.ClickException(f"There is no methodology “{pack}”: give a pack’s key or its folder.")
    began = time.monotonic()
    with _database(keep=keep) as database:
        begin = datetime(_school_year(), 9, 1, 6, tzinfo=UTC)
        played = Simulation(database.sessions, Scale(mentees, mentors, seed, variant), folder, begin)
        click.echo("Playing:")
        played.play(days or LENGTH, lambda what: click.echo(f"  {what} …"), side_by_side=True)
        with database.sessions() as session:
            work = Work(session, SYSTEM, played.clockwork.now)
            outcome, digest = look_back(work), journal_digest(work)
    _tell(played, outcome)
    click.echo(f"\nJournal: {outcome.entries} entries, digest {digest[:16]}")
    click.echo(f"Played in {time.monotonic() - began:.1f} s")
    if outcome.incidents or played.year.lived.troubles:
        raise SystemExit(1)


def _school_year() -> int:
    """Return the year in which the school year that is over began."""
    from workflows.work import machine_clock

    today = machine_clock()
    return today.year - (1 if today.month >= 7 else 2)


@contextmanager
def _database(*, keep: bool) -> Iterator[Database]:
    """Give the house's own database if it is empty, or one that is gone afterwards."""
    from models import schema
    from models.organisations import Organisation

    with tempfile.TemporaryDirectory(prefix="tandem-") as folder:
        database = open_database() if keep else open_database("", var=Path(folder))
        try:
            schema.upgrade(database)
            with database.engine.begin() as connection:
                if connection.scalar(select(Organisation.id).limit(1)):
                    raise click.ClickException("This database is not empty: set TANDEM_VAR to a new folder.")
                # Nothing of this must survive a power cut, only the end of the play.
                name = connection.dialect.identifier_preparer.quote(str(database.url.database))
                connection.execute(text(f"ALTER DATABASE {name} SET synchronous_commit = off"))
            database.engine.dispose()
            yield database
            with database.engine.begin() as connection:
                connection.execute(text(f"ALTER DATABASE {name} RESET synchronous_commit"))
        finally:
            database.close()


def _tell(played: "Simulation", outcome: "Outcome") -> None:
    lived = played.year.lived
    click.echo(f"\nThe programme is {outcome.programme}.")
    for number, (opened, closed) in outcome.stages.items():
        click.echo(f"  stage {number}: {opened} – {closed or '…'}")
    for name in ("mentees", "mentors", "pairs", "meetings"):
        click.echo(f"{name.capitalize()}: {_listed(getattr(outcome, name))}")
    click.echo(f"Tasks: {sum(lived.done.values())} done, {lived.forgotten} forgotten or too late")
    _tell_load(played)
    click.echo(f"\nStill running: {_listed(outcome.running)}")
    click.echo(f"Still open: {_listed(outcome.open_tasks)}")
    click.echo(f"Stalled: {_listed(outcome.incidents)}")
    for trouble in (*lived.troubles, *lived.stalled):
        click.echo(f"  {trouble}")


def _tell_load(played: "Simulation") -> None:
    from workflows.demonstration.outcome import weeks_of

    weeks = list(weeks_of(played.year.lived.by_week["curator"]))
    most = max(count for _week, count in weeks)
    click.echo("\nTasks of the curator, week by week:")
    for week, count in weeks:
        click.echo(f"  {week}  {'▪' * -(-count * _WIDTH // most)} {count}")


def _listed(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {name}" for name, count in counts.items()) or "nothing"
