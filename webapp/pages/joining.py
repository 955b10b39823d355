"""Take part in a programme: apply as a mentee, or offer oneself as a mentor; staff may do it for others."""

import uuid
from collections.abc import Callable, Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import words
from webapp.languages import current
from webapp.pages.shown_again import Said, again, chosen
from webapp.transaction import work
from workflows.operations.mentees import LONGEST_WISH, apply_as_mentee
from workflows.operations.mentors import propose_mentor
from workflows.queries.joining import Joining, get_joining
from workflows.queries.people import Member
from workflows.records.mentors import SOURCES
from workflows.refusals import Complaint, Conflict, Invalid

pages = Blueprint("joining", __name__)

Choice = tuple[uuid.UUID, str]


@pages.get("/programmes/<uuid:programme_id>/mentee")
def ask_mentee(programme_id: uuid.UUID) -> ResponseReturnValue:
    return page(programme_id, "mentee", Said())


@pages.post("/programmes/<uuid:programme_id>/mentee")
def apply(programme_id: uuid.UUID) -> ResponseReturnValue:
    guardian = chosen(request.form.get("guardians"))
    apply_as_mentee(
        work(),
        programme_id,
        who(),
        required("form"),
        wants=request.form.get("wants", ""),
        guardians=[guardian] if guardian else [],
    )
    flash(_("The application is in. What comes next will stand in the inbox."), "is-good")
    return redirect(url_for("programmes.show"), 303)


@pages.get("/programmes/<uuid:programme_id>/mentor")
def ask_mentor(programme_id: uuid.UUID) -> ResponseReturnValue:
    return page(programme_id, "mentor", Said())


@pages.post("/programmes/<uuid:programme_id>/mentor")
def offer(programme_id: uuid.UUID) -> ResponseReturnValue:
    source = request.form.get("source", "")
    propose_mentor(work(), programme_id, who(), source, request.form.getlist("form"))
    flash(_("Thank you! What comes next will stand in the inbox."), "is-good")
    return redirect(url_for("programmes.show"), 303)


def who() -> uuid.UUID:
    """Read whom it is about: the reader, unless somebody else was asked for."""
    person_id = chosen(required("person")) if "person" in request.form else work().actor.person_id
    if person_id is None:
        raise Invalid({"person": [Complaint("required")]})
    return person_id


def required(name: str) -> str:
    """Read what has to be chosen."""
    if not (value := request.form.get(name, "")):
        raise Invalid({name: [Complaint("required")]})
    return value


def page(programme_id: uuid.UUID, role: str, said: Said) -> str:
    """Make the page with what was chosen and typed so far."""
    joining = get_joining(work(), programme_id)
    return render_template(
        f"programmes/{role}.html",
        joining=joining,
        forms=forms_of(joining),
        people=people_of(joining, role),
        guardians=people_of(joining, "guardian"),
        sources=[(code, words.say(f"source_{code}")) for code in SOURCES],
        typed=request.form,
        longest_wish=LONGEST_WISH,
        said=said,
    )


def forms_of(joining: Joining) -> list[tuple[str, str]]:
    """Name the forms of mentoring in the reader's language."""
    texts = joining.pack.texts if joining.pack else None
    return [(one.code, texts.say(one.title, current()) if texts else one.title) for one in joining.forms]


def people_of(joining: Joining, role: str) -> tuple[Sequence[Choice], Sequence[Choice]]:
    """List whom staff may choose: first those who hold the role anyway, then the others."""
    return named(joining.members, lambda one: role in one.roles), named(
        joining.members, lambda one: role not in one.roles
    )


def named(members: Sequence[Member], is_wanted: Callable[[Member], bool]) -> list[Choice]:
    """List the members who are wanted, as a choice."""
    return [(one.person_id, one.full_name) for one in members if is_wanted(one)]


@pages.errorhandler(Invalid)
@pages.errorhandler(Conflict)
def show_again(refusal: Invalid | Conflict) -> ResponseReturnValue:
    programme_id = (request.view_args or {})["programme_id"]
    role = "mentee" if request.path.endswith("/mentee") else "mentor"
    return again(refusal, lambda said: page(programme_id, role, said))
