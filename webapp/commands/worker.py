"""`tandem worker`: work for later."""

import logging

import click

from webapp.commands.opening import opened


@click.command()
@click.option(
    "--concurrency", type=click.IntRange(1, 32), default=2, show_default=True, help="Jobs done side by side."
)
@click.option("--once", is_flag=True, help="Do what waits now, and stop.")
def worker(concurrency: int, once: bool) -> None:
    """Fire timers, hand over messages, seal the journal, until stopped.

    Any number of workers may run. One that is killed loses nothing: another does its jobs.
    """
    from webapp import bundles
    from workflows.jobs import run_worker

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    bundles.bring_up_to_date()
    with opened("worker") as database:
        run_worker(database, concurrency=concurrency, wait=not once)
