"""The acts that change the course of a pair: to leave it, let it stand still, let it go on, end it."""

import uuid

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import refusals
from webapp.pages.pairs import concerns
from webapp.pages.pairs.blueprint import pages
from webapp.pages.pairs.showing import page
from webapp.pages.shown_again import again, chosen
from webapp.transaction import work
from workflows.access import Permission
from workflows.operations.pairs import end_pair, leave_pair, pause_pair, resume_pair
from workflows.operations.plan_steps import tick_step, untick_step
from workflows.queries.pair_page import get_pair
from workflows.refusals import Complaint, Conflict, Forbidden, Invalid


@pages.post("/pairs/<uuid:pair_id>/leave")
def leave(pair_id: uuid.UUID) -> ResponseReturnValue:
    """Announce that the reader leaves, or whom a curator names."""
    person_id = chosen(request.form.get("person")) or work().actor.person_id
    if person_id is None:
        raise Invalid({"person_id": [Complaint("required")]})
    leave_pair(work(), pair_id, person_id, request.form.get("reason", ""))
    return back(pair_id, _("It is announced. The curator will find out how the others go on."))


@pages.post("/pairs/<uuid:pair_id>/pause")
def pause(pair_id: uuid.UUID) -> ResponseReturnValue:
    pause_pair(work(), pair_id, request.form.get("reason", ""))
    return back(pair_id, _("The pair is paused. Deadlines will move on by as long as the pause lasts."))


@pages.post("/pairs/<uuid:pair_id>/resume")
def resume(pair_id: uuid.UUID) -> ResponseReturnValue:
    resume_pair(work(), pair_id)
    return back(pair_id, _("The pair goes on."))


@pages.post("/pairs/<uuid:pair_id>/end")
def end(pair_id: uuid.UUID) -> ResponseReturnValue:
    if request.form.get("sure") != "on":
        if Permission.PAIR_END not in get_pair(work(), pair_id).may:
            raise Forbidden
        raise Invalid({"sure": [Complaint("must_be_ticked")]})
    end_pair(work(), pair_id, request.form.get("reason", ""))
    return back(pair_id, _("The pair has been ended. What it has done stays on record."))


@pages.post("/plan-steps/<uuid:step_id>/done")
def tick(step_id: uuid.UUID) -> ResponseReturnValue:
    return to_step(tick_step(work(), step_id), step_id)


@pages.post("/plan-steps/<uuid:step_id>/undone")
def untick(step_id: uuid.UUID) -> ResponseReturnValue:
    return to_step(untick_step(work(), step_id), step_id)


def to_step(pair_id: uuid.UUID, step_id: uuid.UUID) -> ResponseReturnValue:
    """Return to the step of the plan."""
    return redirect(url_for("pairs.one", pair_id=pair_id, _anchor=f"step-{step_id}"), 303)


def back(pair_id: uuid.UUID, said: str) -> ResponseReturnValue:
    """Return to the page of the pair."""
    flash(said, "is-good")
    return redirect(url_for("pairs.one", pair_id=pair_id), 303)


@pages.errorhandler(Invalid)
@pages.errorhandler(Conflict)
def show_again(refusal: Invalid | Conflict) -> ResponseReturnValue:
    """Show the form again with what was typed, and what is wrong beside it."""
    pair_id, act = (request.view_args or {}).get("pair_id"), (request.endpoint or "").rpartition(".")[2]
    if pair_id is None:
        return refusals.refuse(refusal)
    if act == "raise_concern":
        return again(refusal, lambda said: concerns.page(pair_id, said))
    return again(refusal, lambda said: page(pair_id, said, act))
