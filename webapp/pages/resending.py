"""Give back what was typed into a form that could not be taken at its time."""

import uuid
from typing import Any

from flask import current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from webapp import kept, refusals, words
from webapp.addresses import came_from, is_from_here, safe_address
from webapp.form_posts import typed
from webapp.kept import Kept
from workflows.operations.tasks import save_draft
from workflows.queries.task_forms import get_form
from workflows.refusals import Refusal
from workflows.work import Work

# Their values are what somebody wrote; the others are choices and ids that say nothing to a reader.
WRITTEN = frozenset({"reason"})


def give_back(work: Work, given: Kept, return_to: str) -> ResponseReturnValue:
    """Return its author to the filled form: to the task with a draft, or to a page that sends it again."""
    endpoint, arguments = posted_to(given.address)
    if endpoint == "tasks.complete" and keep_as_draft(work, arguments["task_id"], given):
        flash(_("Welcome back. What you typed is here again; look through it and send it."), "is-good")
        return redirect(url_for("tasks.show", task_id=arguments["task_id"]), 303)
    if endpoint is None:
        return redirect(return_to, 303)
    return resending_page(
        given.address,
        given.fields,
        return_to,
        heading=_("Welcome back"),
        text=_("You were signed out before this was done. Shall it be done now?"),
    )


def keep_as_draft(work: Work, task_id: uuid.UUID, given: Kept) -> bool:
    """Keep the answers as a draft of the task; say whether that was possible."""
    try:
        with work.session.begin_nested():
            form = get_form(work, task_id)
            save_draft(work, task_id, typed(form, MultiDict(given.fields)) if form else {})
    except Refusal:
        return False
    return True


def posted_to(address: str) -> tuple[str | None, dict[str, Any]]:
    """Find the endpoint that takes posts at this address."""
    try:
        endpoint, arguments = current_app.url_map.bind("").match(address, method="POST")
    except (RequestRedirect, HTTPException):
        return None, {}
    return endpoint, dict(arguments)


def offer_again(error: CSRFError) -> ResponseReturnValue:
    """Offer to send again what came from a page that has grown too old."""
    problem = refusals.problem_of(error)
    fields = kept.typed()
    if refusals.wants_data() or not is_from_here():
        return refusals.said(problem)
    heading = words.heading(problem.status)
    page = resending_page(request.path, fields, came_from(), heading=heading, text=problem.text)
    return page, problem.status


def resending_page(
    address: str, fields: list[tuple[str, str]], return_to: str, *, heading: str, text: str
) -> str:
    """Make a page that shows what was typed and sends it when its author says so."""
    return render_template(
        "resend.html",
        heading=heading,
        text=text,
        address=address,
        typed=fields,
        shown=[value for name, value in fields if name in WRITTEN and value.strip()],
        back=safe_address(return_to) or url_for("tasks.inbox"),
    )
