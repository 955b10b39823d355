"""Start a programme: its title, its variant, its first and its last day."""

from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.languages import current
from webapp.pages.programmes.blueprint import SHOWN_AGAIN, pages
from webapp.pages.shown_again import Said, chosen
from webapp.transaction import work
from workflows.operations.cases import LONGEST_TITLE
from workflows.operations.programmes import start_programme
from workflows.queries.programme_starts import (
    ProgrammeBeginning,
    get_programme_beginning,
    list_organisations_to_start_programmes_in,
    may_start_programmes,
)
from workflows.refusals import Complaint, Forbidden, Invalid


@pages.get("/programmes/new")
def ask() -> ResponseReturnValue:
    return page(Said())


@pages.post("/programmes/new")
def begin() -> ResponseReturnValue:
    organisation_id = chosen(request.form.get("organisation"))
    if organisation_id is None:
        raise Invalid({"organisation": [Complaint("required")]})
    get_programme_beginning(work(), organisation_id)
    starts_on, ends_on = first_and_last_day()
    title, variant = request.form.get("title", ""), request.form.get("variant", "")
    programme_id = start_programme(work(), organisation_id, title, variant, starts_on, ends_on)
    flash(_("The programme has begun. The first tasks wait in the inbox of the head."), "is-good")
    return redirect(url_for("programmes.one", programme_id=programme_id), 303)


def first_and_last_day() -> tuple[date, date]:
    """Read both days; refuse what is none."""
    days: dict[str, date] = {}
    problems: dict[str, list[Complaint]] = {}
    for name in ("starts_on", "ends_on"):
        try:
            days[name] = date.fromisoformat(request.form.get(name, ""))
        except ValueError:
            problems[name] = [Complaint("required" if not request.form.get(name) else "not_a_date")]
    if problems:
        # All that is missing is said at once.
        for name in ("title", "variant"):
            if not request.form.get(name, "").strip():
                problems[name] = [Complaint("required")]
        raise Invalid(problems)
    return days["starts_on"], days["ends_on"]


def page(said: Said) -> str:
    """Make the page with what was chosen and typed so far."""
    if not may_start_programmes(work()):
        raise Forbidden
    organisations = list_organisations_to_start_programmes_in(work())
    only = organisations[0][0] if len(organisations) == 1 else None
    organisation_id = chosen(request.values.get("organisation")) or only
    beginning = get_programme_beginning(work(), organisation_id) if organisation_id else None
    return render_template(
        "programmes/new.html",
        organisations=organisations,
        beginning=beginning,
        variants=variants_of(beginning),
        typed=request.form,
        longest_title=LONGEST_TITLE,
        said=said,
    )


def variants_of(beginning: ProgrammeBeginning | None) -> list[tuple[str, str]]:
    """Name the variants of the methodology in the reader's language."""
    if beginning is None or beginning.pack is None:
        return []
    say = beginning.pack.texts.say
    return [(code, say(title, current())) for code, title in beginning.variants.items()]


SHOWN_AGAIN["programmes.begin"] = page
