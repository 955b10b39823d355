"""Hand a caseload over to a colleague, see how it went, take it back."""

import uuid
from collections.abc import Iterator, Sequence

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp import refusals
from webapp.pages.deputies import colleagues, whose
from webapp.pages.shown_again import Said, again, chosen
from webapp.transaction import work
from workflows.operations.caseloads import Moved, hand_over_caseload, take_caseload_back
from workflows.queries.caseloads import Caseload, count_caseload, list_hand_overs, titles_of
from workflows.queries.deputies import list_possible_deputies
from workflows.queries.names import names_of
from workflows.refusals import Complaint, Conflict, Invalid

pages = Blueprint("caseloads", __name__)


@pages.get("/caseloads")
def show() -> ResponseReturnValue:
    return page(whose(request.args.get("person")), Said())


@pages.post("/caseloads")
def hand_over() -> ResponseReturnValue:
    person_id, to_id = whose(request.form.get("person")), chosen(request.form.get("to_id"))
    if to_id is None:
        raise Invalid({"to_id": [Complaint("person_not_chosen")]})
    if "sure" not in request.form:
        raise Invalid({"sure": [Complaint("required")]})
    _id, moved = hand_over_caseload(work(), person_id, to_id)
    return outcome(_("Handed over"), person_id, moved)


@pages.post("/caseloads/<uuid:hand_over_id>/back")
def take_back(hand_over_id: uuid.UUID) -> ResponseReturnValue:
    moved = take_caseload_back(work(), hand_over_id)
    return outcome(_("Taken back"), whose(request.form.get("person")), moved)


def outcome(heading: str, person_id: uuid.UUID, moved: Sequence[Moved]) -> str:
    """Say how much went over, and of what did not, why."""
    titles = titles_of(work(), [one.case_id for one in moved])
    refused = [(titles[one.case_id], refusals.problem_of(one.refusal).text) for one in moved if one.refusal]
    return render_template(
        "caseloads/outcome.html",
        heading=heading,
        person_id=person_id,
        lines=[
            progress([one for one in moved if not one.is_task], _("Cases")),
            progress([one for one in moved if one.is_task], _("Tasks besides")),
        ],
        refused=refused,
    )


def progress(moved: Sequence[Moved], name: str) -> tuple[str, int, int]:
    """Count how many of these went over."""
    return name, sum(one.refusal is None for one in moved), len(moved)


def said_of(load: Caseload) -> Iterator[str]:
    """Say how much there is, leaving out what there is none of."""
    if load.seats:
        yield ngettext("%(num)d case as the curator", "%(num)d cases as the curator", load.seats)
    if load.tasks:
        yield ngettext("%(num)d task besides", "%(num)d tasks besides", load.tasks)


def page(person_id: uuid.UUID, said: Said) -> str:
    """Make the page of somebody's caseload, with what was chosen so far."""
    load = count_caseload(work(), person_id)
    return render_template(
        "caseloads/show.html",
        person_id=person_id,
        is_own=person_id == work().actor.person_id,
        person_name=names_of(work(), [person_id]).get(person_id, ""),
        load=load,
        load_words=", ".join(said_of(load)),
        possible=list_possible_deputies(work(), person_id),
        hand_overs=list_hand_overs(work(), person_id),
        people=colleagues(),
        typed=request.form,
        said=said,
    )


@pages.errorhandler(Invalid)
@pages.errorhandler(Conflict)
def show_again(refusal: Invalid | Conflict) -> ResponseReturnValue:
    return again(refusal, lambda said: page(whose(request.form.get("person")), said))
