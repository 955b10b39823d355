"""Who stands in for whom: name a deputy for some days, end it before its time."""

import uuid
from datetime import date

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import dates
from webapp.pages.shown_again import Said, again, chosen
from webapp.transaction import work
from workflows.access import LEADERS
from workflows.operations.deputies import end_deputyship, name_deputy
from workflows.queries.deputies import list_deputyships, list_possible_deputies
from workflows.queries.names import names_of
from workflows.queries.people import list_members
from workflows.refusals import Complaint, Conflict, Invalid

pages = Blueprint("deputies", __name__)


@pages.get("/deputies")
def show() -> ResponseReturnValue:
    return page(whose(request.args.get("person")), Said())


@pages.post("/deputies")
def name() -> ResponseReturnValue:
    person_id, deputy_id = whose(request.form.get("person")), chosen(request.form.get("deputy_id"))
    if deputy_id is None:
        raise Invalid({"deputy_id": [Complaint("person_not_chosen")]})
    name_deputy(work(), person_id, deputy_id, day("since_on"), day("until_on"))
    flash(_("Done. It ends by itself after the last day."), "is-good")
    return redirect(address(person_id), 303)


@pages.post("/deputies/<uuid:deputyship_id>/end")
def end(deputyship_id: uuid.UUID) -> ResponseReturnValue:
    end_deputyship(work(), deputyship_id)
    flash(_("Ended. The tasks are again only the person’s own."), "is-good")
    return redirect(address(whose(request.form.get("person"))), 303)


def whose(written: str | None) -> uuid.UUID:
    """Read for whom a deputy is named: the reader, unless somebody else was asked for."""
    return chosen(written) or work().actor.person_id or uuid.UUID(int=0)


def address(person_id: uuid.UUID) -> str:
    """Write the address of somebody's deputies."""
    return url_for("deputies.show", person=None if person_id == work().actor.person_id else person_id)


def day(field: str) -> date:
    """Read a day that was typed."""
    try:
        return date.fromisoformat(request.form.get(field, ""))
    except ValueError:
        raise Invalid({field: [Complaint("not_a_day")]}) from None


def page(person_id: uuid.UUID, said: Said) -> str:
    """Make the page of somebody's deputies, with what was typed so far."""
    found = list_deputyships(work(), person_id)
    return render_template(
        "deputies/show.html",
        person_id=person_id,
        is_own=person_id == work().actor.person_id,
        person_name=names_of(work(), [person_id]).get(person_id, ""),
        stood_for=[one for one in found if one.person_id == person_id],
        standing=[one for one in found if one.deputy_id == person_id],
        possible=list_possible_deputies(work(), person_id),
        people=colleagues(),
        today=dates.today(),
        typed=request.form,
        said=said,
    )


def colleagues() -> list[tuple[uuid.UUID, str]]:
    """List for whom the reader may name deputies besides: the people where the reader leads."""
    leads = (role.organisation_id for role in work().actor.roles if role.name in LEADERS)
    place = next(leading for leading in (*leads, None))
    if place is None:
        return []
    return [
        (one.person_id, one.full_name)
        for one in list_members(work(), place)
        if set(one.roles) - {"mentee", "guardian"}
    ]


@pages.errorhandler(Invalid)
@pages.errorhandler(Conflict)
def show_again(refusal: Invalid | Conflict) -> ResponseReturnValue:
    return again(refusal, lambda said: page(whose(request.form.get("person")), said))
