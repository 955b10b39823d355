"""Councils, commissions and working groups of an organisation: who sits there, who writes the minutes."""

import uuid
from enum import Enum
from typing import TypeVar

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models.bodies import BodyDuty, BodyKind
from webapp.pages.people.adding import day
from webapp.pages.shown_again import Said, again, chosen
from webapp.transaction import work
from webapp.words.people import BODY_DUTIES, BODY_KINDS
from workflows.operations.bodies import add_body, close_body, end_seat, give_seat
from workflows.queries.bodies import get_body, list_bodies, list_possible_members
from workflows.queries.organisations import list_organisations
from workflows.refusals import Complaint, Conflict, Invalid, NotFound

pages = Blueprint("bodies", __name__, url_prefix="/organisation/bodies")
Choice = TypeVar("Choice", bound=Enum)


@pages.get("")
def show() -> ResponseReturnValue:
    return page(place_asked(request.args.get("organisation")), Said())


@pages.post("")
def add() -> ResponseReturnValue:
    place = place_asked(request.form.get("organisation"))
    body_id = add_body(work(), place, one_of(BodyKind, "body_kind"), request.form.get("name", ""))
    flash(_("Set up. Now say who sits there and who writes the minutes."), "is-good")
    return redirect(url_for(".one", body_id=body_id), 303)


@pages.get("/<uuid:body_id>")
def one(body_id: uuid.UUID) -> ResponseReturnValue:
    return body_page(body_id, Said())


@pages.post("/<uuid:body_id>/seats")
def seat(body_id: uuid.UUID) -> ResponseReturnValue:
    person_id, duty = chosen(request.form.get("person")), one_of(BodyDuty, "duty")
    if person_id is None:
        raise Invalid({"person": [Complaint("required")]})
    give_seat(work(), body_id, person_id, duty, since_on=day("since_on"))
    flash(_("The seat is given."), "is-good")
    return redirect(url_for(".one", body_id=body_id), 303)


@pages.post("/<uuid:body_id>/seats/<uuid:seat_id>/end")
def leave(body_id: uuid.UUID, seat_id: uuid.UUID) -> ResponseReturnValue:
    if seat_id not in {one.id for one in get_body(work(), body_id)[1].seats}:
        raise NotFound(noun="body")
    end_seat(work(), seat_id)
    flash(_("The seat ends today and stays on record."), "is-good")
    return redirect(url_for(".one", body_id=body_id), 303)


@pages.post("/<uuid:body_id>/close")
def close(body_id: uuid.UUID) -> ResponseReturnValue:
    if "sure" not in request.form:
        raise Invalid({"sure": [Complaint("must_be_ticked")]})
    close_body(work(), body_id)
    flash(_("Closed. Who sat there stays on record."), "is-good")
    return redirect(url_for(".one", body_id=body_id), 303)


def place_asked(text: str | None) -> uuid.UUID:
    """Read whose bodies are meant: those of the one asked for, else of where the reader holds a role."""
    own = next((role.organisation_id for role in work().actor.roles), None)
    place = chosen(text) or own
    if place is None:
        raise NotFound(noun="body")
    return place


def one_of(kind: type[Choice], field: str) -> Choice:
    """Read a choice."""
    try:
        return kind(request.form.get(field, ""))
    except ValueError:
        raise Invalid({field: [Complaint("required")]}) from None


def page(place: uuid.UUID, said: Said) -> str:
    """Make the page of all bodies."""
    return render_template(
        "bodies/list.html",
        found=list_bodies(work(), place),
        branches=[(one.id, one.name) for one in list_organisations(work())],
        kinds=[(kind.value, name) for kind, name in BODY_KINDS.items()],
        kind_words=BODY_KINDS,
        duty_words=BODY_DUTIES,
        typed=request.form,
        said=said,
    )


def body_page(body_id: uuid.UUID, said: Said) -> str:
    """Make the page of one body."""
    found, body = get_body(work(), body_id)
    is_open = found.may_change and body.closed_on is None
    return render_template(
        "bodies/one.html",
        found=found,
        body=body,
        is_open=is_open,
        people=[(one.person_id, one.full_name) for one in list_possible_members(work(), body.organisation_id)]
        if is_open
        else [],
        duties=[(duty.value, name) for duty, name in reversed(list(BODY_DUTIES.items()))],
        kind_words=BODY_KINDS,
        duty_words=BODY_DUTIES,
        typed=request.form,
        act=(request.endpoint or "").rpartition(".")[2],
        said=said,
    )


@pages.errorhandler(Invalid)
@pages.errorhandler(Conflict)
def show_again(refusal: Invalid | Conflict) -> ResponseReturnValue:
    body_id = (request.view_args or {}).get("body_id")
    if body_id is None:
        return again(refusal, lambda said: page(place_asked(request.form.get("organisation")), said))
    return again(refusal, lambda said: body_page(body_id, said))
