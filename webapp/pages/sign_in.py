"""Come in and go out."""

import uuid

from flask import Blueprint, flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError

from webapp import login, refusals
from webapp.addresses import safe_address
from webapp.kept import unpack
from webapp.pages.resending import give_back
from webapp.transaction import clock, session, work
from webapp.visitor import signed_in
from workflows.operations.sign_in import sign_in
from workflows.operations.users import end_session
from workflows.refusals import Refusal, TooManyAttempts
from workflows.work import Work

pages = Blueprint("sign_in", __name__)
leaving = Blueprint("sign_out", __name__)


@pages.get("/sign-in")
def show() -> ResponseReturnValue:
    return_to = safe_address(request.args.get("next"))
    if signed_in():
        return redirect(return_to or url_for("today.show"))
    return login.sign_in_page(next=return_to, was_ended=login.was_signed_in())


@pages.post("/sign-in")
def enter() -> ResponseReturnValue:
    name, password = request.form.get("sign_in_name", ""), request.form.get("password", "")
    known = login.last_user_id()
    found = sign_in(
        work(), name, password, request.remote_addr or "", known_user_id=uuid.UUID(known) if known else None
    )
    visitor = login.find_visitor(found.user_id, found.session_generation)
    assert visitor is not None  # The account was locked and found right a moment ago.
    login.begin(visitor)
    return_to = safe_address(request.form.get("next")) or url_for("today.show")
    kept = unpack(request.form.get("kept"))
    if kept and kept.belongs_to(visitor.user_id):
        return give_back(Work(session(), visitor.actor, clock()), kept, return_to)
    return redirect(return_to, 303)


@pages.errorhandler(CSRFError)
@pages.errorhandler(Refusal)
def show_again(refusal: Refusal | CSRFError) -> ResponseReturnValue:
    """Say what was wrong on the same page; the password is typed anew."""
    problem = refusals.problem_of(refusal)
    if refusals.wants_data():
        return refusals.said(problem)
    kept = request.form.get("kept")
    page = login.sign_in_page(
        next=safe_address(request.form.get("next")),
        kept=kept if unpack(kept) else None,
        refusal=problem.text,
        sign_in_name=request.form.get("sign_in_name"),
    )
    answer = make_response(page, problem.status)
    if isinstance(refusal, TooManyAttempts) and (seconds := refusal.values.get("seconds")):
        answer.headers["Retry-After"] = str(seconds)
    return answer


@leaving.post("/sign-out")
def leave() -> ResponseReturnValue:
    visitor = signed_in()
    assert visitor is not None  # Nobody else comes here.
    end_session(work(), visitor.user_id, visitor.session_id)
    login.end()
    flash(_("You are signed out."), "is-good")
    return redirect(url_for("sign_in.show"), 303)
