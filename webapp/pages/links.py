"""One task for somebody without an account, by a link: a guardian reads and signs for a child."""

from flask import Blueprint, abort, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm.exc import StaleDataError

from webapp import dates, form_pages, refusals, transaction
from webapp.form_pages import typed, wants_row, with_rows_changed
from webapp.form_posts import Typed
from webapp.pages.tasks.completing import opens_questions
from webapp.pages.tasks.showing import Desk, Problems, desk_for, form_html
from webapp.transaction import work
from workflows.operations.tasks import complete_task
from workflows.queries.task_forms import get_form
from workflows.queries.task_links import Guest, find_guest
from workflows.refusals import Conflict, Forbidden, Invalid, Stalled

pages = Blueprint("links", __name__, url_prefix="/link/<secret>")


@pages.before_request
def let_in() -> None:
    """Let the holder of a link act as the one for whom it was made, whoever is signed in here."""
    secret = (request.view_args or {}).get("secret", "")
    g.came_by = find_guest(transaction.session(), secret, dates.now())
    if g.came_by is not None:
        g.guest = g.came_by.actor


@pages.get("/")
def show(secret: str) -> ResponseReturnValue:
    guest = the_guest()
    if guest.is_done:
        return done_page()
    return page(secret, desk_for(guest.task_id))


@pages.post("/")
def complete(secret: str) -> ResponseReturnValue:
    guest = the_guest()
    form = get_form(work(), guest.task_id)
    if form and wants_row(request.form):
        return page(secret, desk_for(guest.task_id), with_rows_changed(form, request.form))
    if form and opens_questions(guest.task_id, form):
        notice = _("Your answers have opened further questions. Look through them, then send again.")
        return page(secret, desk_for(guest.task_id), Typed(typed(form, request.form)), notice=notice)
    complete_task(work(), guest.task_id, typed(form, request.form) if form else {})
    return done_page()


@pages.post("/redraw")
def redraw(secret: str) -> ResponseReturnValue:
    desk = desk_for(the_guest().task_id)
    if desk.task.form is None:
        raise Forbidden
    address = url_for("links.redraw", secret=secret)
    return form_pages.redraw(desk.task.form, request.form, redraw_address=address, **desk.voice)


def the_guest() -> Guest:
    """Return who came by the link; one that does not count leads to a page that says what to do."""
    guest: Guest | None = g.came_by
    if guest is None:
        abort(make_response(render_template("links/over.html"), 404))
    return guest


def page(
    secret: str, desk: Desk, typed_in: Typed | None = None, problems: Problems | None = None, notice: str = ""
) -> str:
    """Make the page with the form, and nothing else of the house."""
    address = url_for("links.redraw", secret=secret)
    return render_template(
        "links/task.html",
        name=desk.say(desk.task.name),
        who=work().actor.name,
        purpose=desk.pack.texts.purpose(desk.task.element, desk.language),
        fields=form_html(desk, typed_in, problems or {}, redraw_address=address),
        has_form=desk.task.form is not None,
        notice=notice,
    )


def done_page() -> str:
    """Thank, and say that nothing more is to be done here."""
    return render_template("links/done.html", who=work().actor.name)


def show_again(error: Exception) -> ResponseReturnValue:
    """Show the form again with what was typed into it, and say why it is not done."""
    problem = refusals.problem_of(error)
    guest: Guest | None = g.get("came_by")
    if guest is None or request.endpoint != "links.complete":
        return refusals.said(problem)
    desk = desk_for(guest.task_id)
    form = desk.task.form
    answered = Typed(typed(form, request.form)) if form else Typed({})
    found = dict(error.problems) if isinstance(error, Invalid) else {}
    secret: str = (request.view_args or {})["secret"]
    return make_response(page(secret, desk, answered, found, "" if found else problem.text), problem.status)


for kind in (Conflict, CSRFError, DBAPIError, Invalid, StaleDataError, Stalled):
    pages.register_error_handler(kind, show_again)
