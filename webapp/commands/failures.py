"""Tell a failure that a person can do something about in one line, without a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy.exc import OperationalError

from models.embedded.errors import DatabaseUnavailable
from webapp.bundles import BundlesNotBuilt
from webapp.settings import SettingsWrong
from workflows.refusals import Invalid, NotBuilt, Refusal


@contextmanager
def told_in_one_line() -> Iterator[None]:
    """Turn what is expected to go wrong into click's own kind of error, which ends with code 1."""
    try:
        yield
    except (DatabaseUnavailable, SettingsWrong, BundlesNotBuilt, NotBuilt) as failure:
        raise click.ClickException(str(failure)) from failure
    except OperationalError as failure:
        lines = str(failure.orig).strip().splitlines()
        raise click.ClickException(f"The database failed: {lines[0]}") from failure
    except Refusal as refusal:
        raise click.ClickException(say(refusal)) from refusal


def say(refusal: Refusal) -> str:
    """Return a refusal in words, with what is wrong with each field."""
    from webapp import words

    said = words.refuse(refusal)
    if isinstance(refusal, Invalid):
        fields = (
            f"{field}: {words.complain(complaint)}"
            for field, complaints in refusal.problems.items()
            for complaint in complaints
        )
        said = " ".join([said, *fields])
    return said
