"""Complete a task, keep a draft of it, and show it again when it could not be completed."""

import uuid
from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from webapp import dates, refusals
from webapp.form_pages import has_unseen, typed, wants_row, with_rows_changed
from webapp.form_posts import Typed
from webapp.pages.tasks.blueprint import pages
from webapp.pages.tasks.showing import desk_for, page
from webapp.transaction import work
from workflows.access import Permission
from workflows.forms import Form
from workflows.operations.tasks import CompletedTask, complete_task, save_draft
from workflows.queries.names import find_own_among
from workflows.queries.task_forms import get_form
from workflows.refusals import Conflict, Forbidden, Invalid, NotFound, Refusal, Stalled

# What is shorter is the code of a choice, and nobody would miss it.
SHORT_ANSWER = 12


@pages.post("/tasks/<uuid:task_id>")
def complete(task_id: uuid.UUID) -> ResponseReturnValue:
    form = get_form(work(), task_id)
    again = asked_anew(task_id, form) if form else None
    if again is not None:
        return again
    done = complete_task(work(), task_id, answers_of(form))
    flash(said_of(done), "is-good")
    return redirect(address_after(done), 303)


def answers_of(form: Form | None) -> dict[str, Any]:
    """Read what was sent; where nothing is asked, what the doer wants to say about it."""
    return typed(form, request.form) if form else {"note": request.form.get("note", "")}


def asked_anew(task_id: uuid.UUID, form: Form) -> str | None:
    """Show the form once more if the button did not mean "done", or if answers have opened new questions."""
    if wants_row(request.form):
        return page(desk_for(task_id), with_rows_changed(form, request.form))
    if not opens_questions(task_id, form):
        return None
    notice = _("Your answers have opened further questions. Look through them, then send again.")
    return page(desk_for(task_id), Typed(typed(form, request.form)), notice=notice)


def opens_questions(task_id: uuid.UUID, form: Form) -> bool:
    """Say whether the answers have opened questions that were not on the page."""
    if form.scope.is_still:
        return False
    desk = desk_for(task_id)
    may_complete = Permission.TASK_COMPLETE in desk.task.may
    return may_complete and has_unseen(form, request.form, context=desk.task.known, now=desk.now)


def said_of(done: CompletedTask) -> str:
    """Say what has been achieved."""
    if done.was_done_before:
        return _("This task is already done; nothing was sent twice.")
    if done.is_case_finished:
        return _("Done. With this the case has come to its end.")
    return _("Done. Thank you!")


def address_after(done: CompletedTask) -> str:
    """Go on with the reader's next task of the same case, or with the inbox."""
    following = find_own_among(work(), done.opened)
    return url_for("tasks.show", task_id=following) if following else url_for("tasks.inbox")


@pages.post("/tasks/<uuid:task_id>/draft", endpoint="save_draft")
def keep_draft(task_id: uuid.UUID) -> ResponseReturnValue:
    form = get_form(work(), task_id)
    kept_at = save_draft(work(), task_id, typed(form, request.form) if form else {})
    if request.headers.get("HX-Request"):
        # The browser compares it with what it kept by itself while there was no connection.
        return _("Kept at %(time)s", time=dates.hour(kept_at)), {"X-Kept-At": str(kept_at.timestamp())}
    flash(_("What you typed is kept. You will find it here when you come back."), "is-good")
    return redirect(url_for("tasks.inbox"), 303)


def show_again(error: Exception) -> ResponseReturnValue:
    """Show the task again with what was typed into it, and say why it is not done."""
    problem = refusals.problem_of(error)
    if request.endpoint != "tasks.complete" or refusals.wants_data():
        return refusals.said(problem)
    task_id = (request.view_args or {})["task_id"]
    try:
        desk = desk_for(task_id)
    except Refusal as refusal:
        return taken_away(refusal)
    form = desk.task.form
    answered = Typed(answers_of(form))
    found = error.problems if isinstance(error, Invalid) else {}
    notice = "" if found else problem.text
    return make_response(page(desk, answered, dict(found), notice), problem.status)


def taken_away(refusal: Refusal) -> ResponseReturnValue:
    """Give back what was typed into a task that is not the reader's any more."""
    problem = refusals.problem_of(refusal)
    if request.endpoint != "tasks.complete" or refusals.wants_data():
        return refusals.said(problem)
    sent = [value.strip() for name, value in request.form.items(multi=True) if is_answer(name)]
    shown = render_template(
        "problem.html",
        heading=_("This task is not yours any more"),
        text=_("It was taken back, or somebody else has it now. What you typed was not sent."),
        shown=[value for value in sent if len(value) > SHORT_ANSWER],
    )
    return make_response(shown, problem.status)


def is_answer(name: str) -> bool:
    """Say whether a field of the page is one of the form's, and not of the page's own."""
    return name != "csrf_token" and not name.startswith("_")


pages.register_error_handler(NotFound, taken_away)
pages.register_error_handler(Forbidden, taken_away)
for kind in (Conflict, CSRFError, DBAPIError, Invalid, StaleDataError, Stalled):
    pages.register_error_handler(kind, show_again)
