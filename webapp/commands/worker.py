"""`tandem worker`: work for later."""

import logging
import os
import signal
import sys
import threading
from typing import TYPE_CHECKING

import click

from webapp.commands.opening import opened

if TYPE_CHECKING:
    from models.database import Database
    from webapp.settings import Settings
    from workflows.jobs import WayOut


@click.command()
@click.option(
    "--concurrency", type=click.IntRange(1, 32), default=2, show_default=True, help="Jobs done side by side."
)
@click.option("--once", is_flag=True, help="Do what waits now, and stop.")
@click.option("--with-parent", is_flag=True, hidden=True, help="Stop when the input ends, and only then.")
def worker(concurrency: int, once: bool, with_parent: bool) -> None:
    """Fire timers, hand over messages, send letters, seal the journal, until stopped.

    Any number of workers may run. One that is killed loses nothing: another does its jobs.
    """
    from models.database import var_folder
    from webapp import bundles, catalogues
    from webapp.settings import find_secret_key, from_environment
    from workflows.jobs import run_worker

    settings = from_environment(secret_key=find_secret_key(var_folder()))

    if with_parent:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        threading.Thread(target=_stop_with_input, daemon=True).start()
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    bundles.bring_up_to_date()
    catalogues.bring_up_to_date()
    with opened("worker") as database:
        run_worker(database, concurrency=concurrency, wait=not once, way_out=_way_out(settings, database))


def _way_out(settings: "Settings", database: "Database") -> "WayOut | None":
    """Return how letters are sent and what finds the words for them, if mail is set up."""
    if settings.mail is None:
        return None
    from webapp.app import create_app
    from webapp.letters import Writer
    from workflows.post import SmtpPost

    return SmtpPost(settings.mail), Writer(create_app(settings, database.sessions), settings.mail.address)


def _stop_with_input() -> None:
    """Wait for the end of a pipe whose other end the parent holds, in whatever way the parent ends."""
    # Not through `sys.stdin`, whose lock would still be held when the interpreter ends.
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
