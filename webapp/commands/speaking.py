"""Say on the command line what has to be said in the reader's language."""

from collections.abc import Iterator
from contextlib import contextmanager

import click

LANGUAGE = click.option(
    "--language",
    type=click.Choice(["ru", "en"]),
    default="en",
    show_default=True,
    help="Language to answer in.",
)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Let words be said in a language, as a page would say them."""
    from flask import Flask
    from flask_babel import Babel

    from webapp import catalogues

    catalogues.bring_up_to_date()
    app = Flask("webapp")
    Babel(app, default_locale=language, default_translation_directories=str(catalogues.TRANSLATIONS))
    with app.app_context():
        yield
