"""What I am told of and how; my private calendar."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models.letters import LetterKind, Way
from webapp.pages.shown_again import Said, again
from webapp.transaction import work
from webapp.visitor import actor
from webapp.words import letters as words
from workflows.operations.feeds import make_feed, withdraw_feed
from workflows.operations.notifications import choose_notifications
from workflows.queries.digests import HOUR
from workflows.queries.feeds import find_feed_made_at
from workflows.queries.notifications import get_notifications
from workflows.records.letters import USUAL, WAYS
from workflows.refusals import Complaint, Invalid, NotFound

pages = Blueprint("notifications", __name__, url_prefix="/me")


@pages.get("/notifications")
def show() -> ResponseReturnValue:
    return page(Said())


@pages.post("/notifications")
def choose() -> ResponseReturnValue:
    choose_notifications(work(), chosen_ways())
    flash(_("Kept. From now on it is as you have chosen."), "is-good")
    return redirect(url_for(".show"), 303)


@pages.post("/calendar")
def open_calendar() -> ResponseReturnValue:
    """Open the calendar at a new address, which is shown this once."""
    secret = make_feed(work())
    return page(Said(), address=url_for("feeds.read", secret=secret, _external=True))


@pages.post("/calendar/close")
def close_calendar() -> ResponseReturnValue:
    withdraw_feed(work())
    flash(_("The address opens nothing any more."), "is-good")
    return redirect(url_for(".show", _anchor="calendar"), 303)


def chosen_ways() -> dict[LetterKind, Way]:
    """Read what was chosen for each kind; what is no way at all is complained about beside its field."""
    ways, problems = {}, {}
    for kind in USUAL:
        text = request.form.get(kind.value)
        if text in set(Way):
            ways[kind] = Way(text)
        elif text is not None:
            problems[kind.value] = [Complaint("no_such_way")]
    if problems:
        raise Invalid(problems)
    return ways


def page(said: Said, address: str = "") -> str:
    """Make the page, with what was chosen so far; a new address of the calendar is shown once."""
    person_id = actor().person_id
    if person_id is None:
        raise NotFound(noun="person")
    found = get_notifications(work(), person_id)
    return render_template(
        "notifications/show.html",
        kinds=[(kind, words.KINDS[kind], words.HINTS[kind], WAYS[kind]) for kind in words.KINDS],
        way_words=words.WAYS,
        ways=found.ways,
        email=found.email,
        typed=request.form,
        digest_hour=f"{HOUR}:00",
        calendar_since=find_feed_made_at(work()),
        calendar_address=address,
        said=said,
    )


@pages.errorhandler(Invalid)
def show_again(refusal: Invalid) -> ResponseReturnValue:
    return again(refusal, page)
