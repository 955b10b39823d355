"""What is done about a person: facts, roles, the account."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.pages.people.adding import day
from webapp.pages.people.blueprint import pages
from webapp.pages.people.letters import letter_to
from webapp.pages.shown_again import chosen
from webapp.transaction import work
from workflows.operations.invitations import invite as make_link
from workflows.operations.invitations import withdraw_invitation
from workflows.operations.people import change_person, end_membership, grant_membership
from workflows.operations.person_facts import keep_facts
from workflows.operations.users import block_user, end_sessions, unblock_user
from workflows.queries.person_page import find_account, get_person_page
from workflows.refusals import Complaint, Conflict, Invalid, NotFound


@pages.post("/people/<uuid:person_id>")
def change(person_id: uuid.UUID) -> ResponseReturnValue:
    form = request.form
    keep_facts(
        work(),
        person_id,
        born_on=day("born_on"),
        study_group=form.get("study_group"),
        phone=form.get("phone"),
        position=form.get("position"),
    )
    known = {name: form.get(name, "") for name in ("full_name", "email", "language")}
    change_person(work(), person_id, **known)
    return done(person_id, _("Saved."))


@pages.post("/people/<uuid:person_id>/roles")
def grant(person_id: uuid.UUID) -> ResponseReturnValue:
    place, role = chosen(request.form.get("organisation")), request.form.get("role", "")
    problems = {"organisation": place, "role": role}
    if missing := {name: [Complaint("required")] for name, value in problems.items() if not value}:
        raise Invalid(missing)
    assert place is not None
    days = {name: day(name) for name in ("since_on", "until_on")}
    grant_membership(work(), person_id, place, role, **days)
    return done(person_id, _("The role is given. It counts from its first day, without signing in anew."))


@pages.post("/people/<uuid:person_id>/roles/<uuid:membership_id>/end")
def end_role(person_id: uuid.UUID, membership_id: uuid.UUID) -> ResponseReturnValue:
    if membership_id not in {one.id for one in get_person_page(work(), person_id).roles}:
        raise NotFound(noun="membership")
    end_membership(work(), membership_id, until_on=day("until_on"))
    return done(person_id, _("The role ends. What was done in it stays on record."))


@pages.post("/people/<uuid:person_id>/invite")
def invite(person_id: uuid.UUID) -> ResponseReturnValue:
    """Show the link once, beside a letter to send it with."""
    made = make_link(work(), person_id)
    view = get_person_page(work(), person_id)
    address = url_for("invitations.show", secret=made.secret, _external=True)
    return render_template(
        "people/link.html",
        view=view,
        person=view.person,
        made=made,
        address=address,
        letter=letter_to(view.person, view.organisation.name, made, address),
    )


@pages.post("/people/<uuid:person_id>/uninvite")
def uninvite(person_id: uuid.UUID) -> ResponseReturnValue:
    withdraw_invitation(work(), person_id)
    return done(person_id, _("The link is taken back and opens nothing any more."))


@pages.post("/people/<uuid:person_id>/block")
def block(person_id: uuid.UUID) -> ResponseReturnValue:
    if "sure" not in request.form:
        raise Invalid({"sure": [Complaint("must_be_ticked")]})
    block_user(work(), account_of(person_id))
    return done(person_id, _("The account is closed, and every session of it has ended."))


@pages.post("/people/<uuid:person_id>/unblock")
def unblock(person_id: uuid.UUID) -> ResponseReturnValue:
    unblock_user(work(), account_of(person_id))
    return done(person_id, _("The account is open again."))


@pages.post("/people/<uuid:person_id>/sign-out")
def sign_out(person_id: uuid.UUID) -> ResponseReturnValue:
    end_sessions(work(), account_of(person_id))
    return done(person_id, _("Signed out everywhere. The password is as it was."))


def account_of(person_id: uuid.UUID) -> uuid.UUID:
    """Return the account of somebody else: one's own has a page of its own."""
    if person_id == work().actor.person_id:
        raise Conflict("own_account")
    user_id = find_account(work(), person_id).user_id
    if user_id is None:
        raise NotFound(noun="user")
    return user_id


def done(person_id: uuid.UUID, text: str) -> ResponseReturnValue:
    """Go back to the person's page and say what was done."""
    flash(text, "is-good")
    return redirect(url_for(".one", person_id=person_id), 303)
