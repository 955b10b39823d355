"""The `tandem` command. Its parts are imported when they are called for, so that it answers at once."""

import importlib
import signal
import sys
from types import FrameType
from typing import Any, NoReturn

import click

from webapp.commands.failures import told_in_one_line

_COMMANDS = {
    "demo": "webapp.commands.demo:demo",
    "simulate": "webapp.commands.simulate:simulate",
    "serve": "webapp.commands.serve:serve",
    "worker": "webapp.commands.worker:worker",
    "database": "webapp.commands.database:database",
    "pack": "webapp.commands.pack:pack",
    "case": "webapp.commands.case:case",
    "journal": "webapp.commands.journal:journal",
    "organisation": "webapp.commands.organisation:organisation",
    "role": "webapp.commands.role:role",
    "user": "webapp.commands.user:user",
}


class Tandem(click.Group):
    """Finds its commands by name and tells every expected failure in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        with told_in_one_line():
            return super().invoke(ctx)


@click.group(cls=Tandem, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="tandem-mentoring", prog_name="tandem")
def main() -> None:
    """Run and look after Tandem.

    The database is the one of TANDEM_DATABASE_URL; unset, an embedded PostgreSQL runs in var/.
    """
    # So that a service manager's stop closes everything that Ctrl+C closes.
    signal.signal(signal.SIGTERM, _leave)


def _leave(number: int, _frame: FrameType | None) -> NoReturn:
    sys.exit(128 + number)


if __name__ == "__main__":
    main()
