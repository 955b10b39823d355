"""One case: where it stands, what happened, and the acts that change its course."""

import uuid
from collections import Counter
from dataclasses import dataclass

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from models.cases import CaseStatus
from webapp import problems
from webapp.pages.case_views import CaseDesk, desk_for
from webapp.pages.case_way import way_of
from webapp.pages.shown_again import Said, again
from webapp.problems.steps import is_technical
from webapp.transaction import work
from workflows.access import Permission
from workflows.operations.cases import cancel_case, reopen_case, resume_case, suspend_case
from workflows.operations.incidents import Retried, retry_incident
from workflows.queries.asked_tasks import Askable, list_askable
from workflows.queries.case_remarks import read_remarks
from workflows.queries.cases import get_case
from workflows.queries.journal import PAGE, EntryView, list_case_entries
from workflows.queries.pair_sight import find_pair_of_case
from workflows.queries.reopening import Reopening, find_reopening
from workflows.refusals import Complaint, Invalid, NotFound

pages = Blueprint("cases", __name__)
incident_pages = Blueprint("incidents", __name__)

LARGEST_NUMBER = 2**63


@dataclass(frozen=True)
class Askables:
    """Whom one can ask for something: who takes part, roles, and the staff; each as value and name."""

    people: list[tuple[str, str]]
    roles: list[tuple[str, str]]
    staff: list[tuple[str, str]]


@pages.get("/cases/<uuid:case_id>")
def show(case_id: uuid.UUID) -> ResponseReturnValue:
    return page(case_id)


def page(case_id: uuid.UUID, said: Said = Said(), act: str = "") -> str:
    """Make the page of a case, with what was just typed into one of its forms."""
    desk = desk_for(get_case(work(), case_id))
    view = desk.view
    open_steps, done_steps = desk.steps()
    way = way_of(desk, open_steps)
    status_words, status_look = desk.standing
    entries = history(desk, before=request.args.get("before", type=int))
    return render_template(
        "cases/show.html",
        desk=desk,
        case=view.case,
        pair_id=find_pair_of_case(work(), view.case.id),
        view=view,
        status_words=status_words,
        status_look=status_look,
        open_steps=open_steps,
        done_steps=done_steps,
        picture=way.picture(),
        stages=way.stages(),
        history=desk.history(entries) if entries is not None else None,
        earlier=entries[-1].id if entries and len(entries) == PAGE else None,
        may={permission.value for permission in view.may},
        why=problems.why,
        is_technical=is_technical,
        said=said,
        typed=request.form,
        act=act,
        reopening=reopening(desk),
        remarks=read_remarks(work(), view.case.id, view.subject),
        askable=askable(desk) if Permission.TASK_ASK in view.may else None,
    )


def askable(desk: CaseDesk) -> Askables | None:
    """List whom the reader may ask for something, while the case is under way."""
    if desk.view.case.status is not CaseStatus.RUNNING:
        return None
    people = list_askable(work(), desk.view.subject)
    held = Counter(one.role for one in people if one.takes_part)
    shared = [role for role, number in held.items() if number > 1]
    staff = sorted({one.role for one in people if not one.takes_part} - held.keys())

    def named(one: Askable) -> tuple[str, str]:
        return str(one.person_id), f"{one.full_name} — {desk.role(one.role)}"

    return Askables(
        [named(one) for one in people if one.takes_part],
        [(role, desk.role(role)) for role in (*shared, *staff)],
        [named(one) for one in people if not one.takes_part],
    )


def reopening(desk: CaseDesk) -> Reopening | None:
    """Say whether the reader may let an ended case go on."""
    may = Permission.CASE_REOPEN in desk.view.may and desk.view.case.status is CaseStatus.CANCELLED
    return find_reopening(work(), desk.view.case.id) if may else None


def history(desk: CaseDesk, *, before: int | None) -> list[EntryView] | None:
    """Read the journal of the case for those who may."""
    if Permission.JOURNAL_READ not in desk.view.may:
        return None
    is_number_of_an_entry = before is not None and 0 < before < LARGEST_NUMBER
    return list(
        list_case_entries(work(), desk.view.case.id, before=before if is_number_of_an_entry else None)
    )


@pages.get("/cases/<uuid:case_id>/diagram")
def diagram(case_id: uuid.UUID) -> ResponseReturnValue:
    desk = desk_for(get_case(work(), case_id))
    step, drawn = request.args.get("sheet", ""), desk.pack.texts.drawing
    process = drawn.called_by(step) if step else desk.view.case.process
    drawing = desk.pack.texts.diagram(process, desk.language)
    if step and not drawing:
        raise NotFound(noun="case")
    return Response(drawing, content_type="application/xml")


@pages.post("/cases/<uuid:case_id>/suspend")
def suspend(case_id: uuid.UUID) -> ResponseReturnValue:
    suspend_case(work(), case_id)
    return back(case_id, _("The case is paused."))


@pages.post("/cases/<uuid:case_id>/resume")
def resume(case_id: uuid.UUID) -> ResponseReturnValue:
    resume_case(work(), case_id)
    return back(case_id, _("The case goes on."))


@pages.post("/cases/<uuid:case_id>/cancel")
def cancel(case_id: uuid.UUID) -> ResponseReturnValue:
    if request.form.get("sure") != "on":
        raise Invalid({"sure": [Complaint("must_be_ticked")]})
    cancel_case(work(), case_id, request.form.get("reason", ""))
    return back(case_id, _("The case has been ended."))


@pages.post("/cases/<uuid:case_id>/reopen")
def reopen(case_id: uuid.UUID) -> ResponseReturnValue:
    reopen_case(work(), case_id)
    return back(case_id, _("The case goes on from where it stood. Deadlines have moved on by as long."))


@incident_pages.post("/cases/<uuid:case_id>/incidents/<uuid:incident_id>/retry")
def retry(case_id: uuid.UUID, incident_id: uuid.UUID) -> ResponseReturnValue:
    outcome = retry_incident(work(), incident_id, case_id=case_id)
    said = {
        Retried.WORKED: _("The step has been done."),
        Retried.NO_LONGER_NEEDED: _("The case does not wait for this step any more. Nothing was left to do."),
        Retried.OVER_BEFORE: _(
            "This was settled before: somebody tried again, or the case went on without it."
        ),
    }
    return back(case_id, said[outcome])


def back(case_id: uuid.UUID, said: str) -> ResponseReturnValue:
    """Return to the page of the case."""
    flash(said, "is-good")
    return redirect(url_for("cases.show", case_id=case_id), 303)


@pages.errorhandler(Invalid)
def show_again(refusal: Invalid) -> ResponseReturnValue:
    """Show the page of the case with what was typed, the act open and the message beside it."""
    case_id = (request.view_args or {})["case_id"]
    act = (request.endpoint or "").rpartition(".")[2]

    return again(refusal, lambda said: page(case_id, said, act))
