"""Which forms of mentoring and role models the organisation uses: as its methodology says."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from webapp import words
from webapp.languages import current
from webapp.pages.bodies import place_asked
from webapp.transaction import work
from webapp.words.papers import BODIES
from workflows.queries.mentoring_forms import get_forms_page
from workflows.queries.organisations import list_organisations

pages = Blueprint("mentoring_forms", __name__)


@pages.get("/organisation/forms")
def show() -> ResponseReturnValue:
    place = place_asked(request.args.get("organisation"))
    found = get_forms_page(work(), place, request.args.get("variant", ""))

    def say(text: str) -> str:
        return found.pack.texts.say(text, current()) if found.pack else text

    return render_template(
        "mentoring_forms/show.html",
        found=found,
        say=say,
        source_words=lambda code: words.say(f"source_{code}"),
        decider_words=lambda code: str(BODIES.get(code, code)),
        branches=[(one.id, one.name) for one in list_organisations(work())],
    )
