"""My account: the language, the password, where I am signed in, my roles."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models.people import Person
from webapp import languages, login
from webapp.pages.shown_again import Said, again
from webapp.transaction import work
from webapp.visitor import Visitor, signed_in
from webapp.words.names import ROLES
from workflows.operations.people import change_person
from workflows.operations.users import end_sessions, set_password
from workflows.queries.person_page import find_account, list_roles
from workflows.refusals import Complaint, Invalid

pages = Blueprint("me", __name__)


@pages.get("/me")
def show() -> ResponseReturnValue:
    return page(Said())


@pages.post("/me")
def change() -> ResponseReturnValue:
    person = work().session.get_one(Person, work().actor.person_id)
    language = request.form.get("language", "")
    change_person(work(), person.id, full_name=person.full_name, email=person.email, language=language)
    answer = redirect(url_for(".show"), 303)
    languages.remember(answer, language)
    flash(_("Saved."), "is-good")
    return answer


@pages.get("/me/password")
def password() -> ResponseReturnValue:
    return password_page(Said())


@pages.post("/me/password")
def change_password() -> ResponseReturnValue:
    new = request.form.get("password", "")
    if new != request.form.get("again", ""):
        raise Invalid({"again": [Complaint("passwords_differ")]})
    visitor = the_visitor()
    set_password(work(), visitor.user_id, new, current=request.form.get("current", ""))
    begin_anew(visitor)
    flash(_("Your new password counts from now on. Everywhere else you are signed out."), "is-good")
    return redirect(url_for("today.show" if visitor.must_change_password else ".show"), 303)


@pages.post("/me/sign-out")
def sign_out() -> ResponseReturnValue:
    """End every other session; this one begins anew."""
    visitor = the_visitor()
    end_sessions(work(), visitor.user_id)
    begin_anew(visitor)
    flash(_("You are signed out on every other device."), "is-good")
    return redirect(url_for(".show"), 303)


def the_visitor() -> Visitor:
    """Return who is signed in; nobody else comes to these pages."""
    visitor = signed_in()
    assert visitor is not None
    return visitor


def begin_anew(visitor: Visitor) -> None:
    """Let this browser stay signed in after all sessions have ended."""
    anew = login.find_visitor(visitor.user_id, visitor.session_generation + 1)
    assert anew is not None  # The account is held by this transaction.
    login.begin(anew)


def page(said: Said) -> str:
    """Make the page of one's own account."""
    person_id = work().actor.person_id
    assert person_id is not None
    person = work().session.get_one(Person, person_id)
    return render_template(
        "me/show.html",
        person=person,
        account=find_account(work(), person_id),
        roles=list_roles(work(), person_id),
        role_name=lambda code: str(ROLES.get(code, code)),
        said=said,
    )


def password_page(said: Said) -> str:
    """Make the page on which a password is changed; what was typed is typed anew."""
    return render_template("me/password.html", must_change=the_visitor().must_change_password, said=said)


@pages.errorhandler(Invalid)
def show_again(refusal: Invalid) -> ResponseReturnValue:
    return again(refusal, password_page if request.endpoint == "me.change_password" else page)
