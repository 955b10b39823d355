"""`tandem worker`: work for later."""

import logging
import os
import signal
import sys
import threading

import click

from webapp.commands.opening import opened


@click.command()
@click.option(
    "--concurrency", type=click.IntRange(1, 32), default=2, show_default=True, help="Jobs done side by side."
)
@click.option("--once", is_flag=True, help="Do what waits now, and stop.")
@click.option("--with-parent", is_flag=True, hidden=True, help="Stop when the input ends, and only then.")
def worker(concurrency: int, once: bool, with_parent: bool) -> None:
    """Fire timers, hand over messages, seal the journal, until stopped.

    Any number of workers may run. One that is killed loses nothing: another does its jobs.
    """
    from webapp import bundles
    from workflows.jobs import run_worker

    if with_parent:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        threading.Thread(target=_stop_with_input, daemon=True).start()
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    bundles.bring_up_to_date()
    with opened("worker") as database:
        run_worker(database, concurrency=concurrency, wait=not once)


def _stop_with_input() -> None:
    """Wait for the end of a pipe whose other end the parent holds, in whatever way the parent ends."""
    # Not through `sys.stdin`, whose lock would still be held when the interpreter ends.
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
