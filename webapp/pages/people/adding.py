"""Add a person: look first whether it is somebody who is there already."""

import uuid
from datetime import date

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import dates
from webapp.pages.people.blueprint import pages
from webapp.pages.people.listing import role_choices
from webapp.pages.shown_again import Said, chosen
from webapp.transaction import work
from workflows.operations.people import add_person, grant_membership
from workflows.queries.people_alike import Alike, list_alike
from workflows.queries.person_starts import (
    list_organisations_to_add_in,
    list_roles_to_give,
    may_add_people,
)
from workflows.refusals import Complaint, Invalid, NotFound


@pages.get("/people/new")
def ask() -> ResponseReturnValue:
    return new_page(Said())


@pages.post("/people/new")
def add() -> ResponseReturnValue:
    place = organisation_chosen()
    full_name, email = request.form.get("full_name", ""), request.form.get("email", "")
    alike = [] if "another" in request.form else list_alike(work(), full_name, email)
    if alike:
        return new_page(Said(), alike), 409
    role = request.form.get("role", "")
    person_id = add_person(
        work(),
        place,
        full_name,
        email=email,
        language=request.form.get("language", "ru"),
        born_on=day("born_on"),
        study_group=request.form.get("study_group"),
        phone=request.form.get("phone"),
        position=request.form.get("position"),
    )
    if role:
        grant_membership(work(), person_id, place, role)
    flash(_("Added. The next step: invite the person, so that an account can be opened."), "is-good")
    return redirect(url_for(".one", person_id=person_id), 303)


def organisation_chosen() -> uuid.UUID:
    """Read where the person belongs."""
    place = chosen(request.form.get("organisation"))
    if place is None:
        raise Invalid({"organisation": [Complaint("required")]})
    return place


def day(field: str) -> date | None:
    """Read a day that was typed, if there is one."""
    text = request.form.get(field, "").strip()
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid({field: [Complaint("not_a_day")]}) from None


def new_page(said: Said, alike: list[Alike] | None = None) -> str:
    """Make the page on which a person is added, with what was typed so far."""
    if not may_add_people(work()):
        raise NotFound(noun="person")
    places = list_organisations_to_add_in(work())
    place = chosen(request.form.get("organisation")) or places[0][0]
    names = dict(role_choices())
    return render_template(
        "people/new.html",
        branches=places,
        roles=[(code, names[code]) for code in list_roles_to_give(work(), place, list(names))],
        alike=alike or [],
        typed=request.form,
        today=dates.today(),
        said=said,
    )
