"""The style page: every component of the pages in use, each beside its name."""

from pathlib import Path

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

pages = Blueprint("style", __name__)

SAMPLES = Path(__file__).parents[1] / "templates" / "style"


@pages.get("/style")
def show() -> ResponseReturnValue:
    samples = sorted(f"style/{one.name}" for one in SAMPLES.glob("*.html") if one.stem != "page")
    return render_template("style/page.html", samples=samples)
