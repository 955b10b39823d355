"""Take a task, put it back, give it to somebody, have it done, give it back."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.addresses import safe_address
from webapp.pages.tasks.blueprint import pages
from webapp.transaction import work
from workflows.operations.task_links import make_task_link, withdraw_task_link
from workflows.operations.tasks import assign_task, claim_task, delegate_task, release_task, return_task
from workflows.queries.tasks import get_task
from workflows.refusals import Complaint, Invalid


@pages.post("/tasks/<uuid:task_id>/claim")
def claim(task_id: uuid.UUID) -> ResponseReturnValue:
    claim_task(work(), task_id)
    flash(_("The task is yours."), "is-good")
    return redirect(safe_address(request.form.get("next")) or url_for("tasks.show", task_id=task_id), 303)


@pages.post("/tasks/<uuid:task_id>/release")
def release(task_id: uuid.UUID) -> ResponseReturnValue:
    release_task(work(), task_id)
    flash(_("The task is free again for others."), "is-good")
    return redirect(url_for("tasks.inbox"), 303)


@pages.post("/tasks/<uuid:task_id>/assign")
def assign(task_id: uuid.UUID) -> ResponseReturnValue:
    assign_task(work(), task_id, chosen_person())
    flash(_("The task is given over."), "is-good")
    return redirect(url_for("tasks.show", task_id=task_id), 303)


@pages.post("/tasks/<uuid:task_id>/delegate")
def delegate(task_id: uuid.UUID) -> ResponseReturnValue:
    delegate_task(work(), task_id, chosen_person())
    flash(_("The task is given over. You will see what becomes of it on the page of the case."), "is-good")
    return redirect(url_for("tasks.inbox"), 303)


@pages.post("/tasks/<uuid:task_id>/return", endpoint="return")
def give_back(task_id: uuid.UUID) -> ResponseReturnValue:
    return_task(work(), task_id)
    flash(_("The task is given back."), "is-good")
    return redirect(url_for("tasks.inbox"), 303)


@pages.post("/tasks/<uuid:task_id>/link")
def link(task_id: uuid.UUID) -> ResponseReturnValue:
    made = make_task_link(work(), task_id)
    address = url_for("links.show", secret=made.secret, _external=True)
    return render_template("tasks/link.html", task=get_task(work(), task_id), address=address, made=made)


@pages.post("/tasks/<uuid:task_id>/unlink")
def unlink(task_id: uuid.UUID) -> ResponseReturnValue:
    withdraw_task_link(work(), task_id)
    flash(_("The link does not open anything any more."), "is-good")
    return redirect(url_for("tasks.show", task_id=task_id), 303)


def chosen_person() -> uuid.UUID:
    """Read whom the reader has chosen."""
    try:
        return uuid.UUID(request.form.get("person_id", ""))
    except ValueError:
        raise Invalid({"person_id": [Complaint("person_not_chosen")]}) from None
