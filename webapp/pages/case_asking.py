"""Ask somebody in a case for something besides its usual steps, and take it back."""

import uuid
from datetime import date

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.pages.cases import show_again
from webapp.pages.shown_again import chosen
from webapp.transaction import work
from workflows.operations.asked_tasks import ask_task, withdraw_asked_task
from workflows.refusals import Complaint, Invalid

pages = Blueprint("case_asking", __name__)
pages.register_error_handler(Invalid, show_again)


@pages.post("/cases/<uuid:case_id>/tasks")
def ask(case_id: uuid.UUID) -> ResponseReturnValue:
    form = request.form
    whom = form.get("whom", "")
    person_id = chosen(whom)
    ask_task(
        work(),
        case_id,
        name=form.get("name", ""),
        text=form.get("text", ""),
        due_on=day_of(form.get("due_on", "")),
        person_id=person_id,
        role="" if person_id else whom,
    )
    return back(case_id, _("The task is given. It stands in the inbox of whoever is to do it."))


@pages.post("/tasks/<uuid:task_id>/ask-no-more")
def withdraw(task_id: uuid.UUID) -> ResponseReturnValue:
    return back(withdraw_asked_task(work(), task_id), _("Nobody is asked for it any more."))


def day_of(text: str) -> date | None:
    """Read a day; none at all means that there is no hurry."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Invalid({"due_on": [Complaint("not_a_day")]}) from None


def back(case_id: uuid.UUID, said: str) -> ResponseReturnValue:
    """Return to the page of the case."""
    flash(said, "is-good")
    return redirect(url_for("cases.show", case_id=case_id), 303)
