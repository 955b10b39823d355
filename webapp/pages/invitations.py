"""Where a link to an account leads: choose a name and a password, or a new password."""

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    g,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError

from webapp import dates, login, refusals, transaction
from webapp.pages.shown_again import Said
from webapp.transaction import work
from workflows.operations.invitations import accept_invitation
from workflows.queries.invitations import Invited, find_invited
from workflows.refusals import Complaint, Conflict, Invalid, NotFound, TooManyAttempts

pages = Blueprint("invitations", __name__, url_prefix="/invitation/<secret>")


@pages.before_request
def let_in() -> None:
    """Let the holder of a link act as the one for whom it was made, whoever is signed in here."""
    secret = (request.view_args or {}).get("secret", "")
    g.invited = find_invited(transaction.session(), secret, dates.now())
    if g.invited is not None:
        g.guest = g.invited.actor


@pages.get("/")
def show(secret: str) -> ResponseReturnValue:  # noqa: ARG001
    return page(the_invited(), Said())


@pages.post("/")
def accept(secret: str) -> ResponseReturnValue:
    the_invited()
    password = request.form.get("password", "")
    if password != request.form.get("again", ""):
        raise Invalid({"again": [Complaint("passwords_differ")]})
    found = accept_invitation(work(), secret, request.form.get("sign_in_name", ""), password)
    visitor = login.find_visitor(found.user_id, found.session_generation)
    assert visitor is not None  # The account is held by this transaction.
    login.begin(visitor)
    flash(_("Welcome! You are signed in."), "is-good")
    return redirect(url_for("today.show"), 303)


def the_invited() -> Invited:
    """Return who came by the link; one that does not count leads to a page that says what to do."""
    invited: Invited | None = g.invited
    if invited is None:
        abort(over())
    return invited


def over() -> Response:
    """Say that the link opens nothing any more, and where help is."""
    return make_response(render_template("invitations/over.html"), 404)


def page(invited: Invited, said: Said) -> str:
    """Make the page; passwords are typed anew."""
    return render_template("invitations/show.html", invited=invited, typed=request.form, said=said)


def show_again(error: Exception) -> ResponseReturnValue:
    """Show the page again with what is wrong; a link that was used meanwhile leads to its own page."""
    problem = refusals.problem_of(error)
    invited = find_invited(transaction.session(), (request.view_args or {})["secret"], dates.now())
    if invited is None:
        return over()
    said = Said("" if problem.fields else problem.text, problem.fields)
    return make_response(page(invited, said), problem.status)


for kind in (Conflict, CSRFError, Invalid, NotFound, TooManyAttempts):
    pages.register_error_handler(kind, show_again)
