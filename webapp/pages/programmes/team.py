"""The team of a programme: who answers for it by which order; the head appoints and replaces."""

import uuid
from collections.abc import Sequence
from datetime import date

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.pages.programmes.blueprint import SHOWN_AGAIN, pages
from webapp.pages.programmes.desk import desk_for, show
from webapp.pages.shown_again import Said, chosen
from webapp.transaction import work
from webapp.words import papers
from workflows.operations.programmes import DUTIES, appoint, end_appointment, replace_curator
from workflows.queries.people import Member
from workflows.queries.programmes.showing import list_forms
from workflows.queries.programmes.team import Appointed, list_appointed, list_leading, list_to_appoint
from workflows.refusals import Complaint, Invalid

CURATOR = "curator"


@pages.get("/programmes/<uuid:programme_id>/team")
def team(programme_id: uuid.UUID) -> ResponseReturnValue:
    return page(programme_id, Said())


def page(programme_id: uuid.UUID, said: Said) -> str:
    """Make the page with what was typed so far."""
    desk = desk_for(programme_id)
    today = desk.view.today
    appointed = list_appointed(work(), desk.view)
    present = [one for one in appointed if one.until_on is None or one.until_on >= today]
    curator = next((one for one in present if one.duty == CURATOR and one.until_on is None), None)
    may_appoint = desk.may("programme:appoint")
    staff = list_to_appoint(work(), desk.view) if may_appoint else ()
    forms = [(form.code, desk.say(form.title)) for form in list_forms(work(), programme_id)]
    return show(
        "team.html",
        desk,
        present=present,
        past=[one for one in appointed if one not in present],
        leading=list_leading(work(), desk.view),
        duty_words=lambda one: duty_words(one, dict(forms)),
        curator=curator,
        may_appoint=may_appoint,
        to_replace=in_order(staff, without=curator.person_id if curator else None),
        to_appoint=in_order(staff),
        duties=[
            (code, papers.name(papers.DUTIES, code)) for code in DUTIES if code != CURATOR or not curator
        ],
        forms=forms,
        typed=request.form,
        act=(request.endpoint or "").rpartition(".")[2],
        ending=(request.view_args or {}).get("appointment_id"),
        said=said,
    )


def duty_words(one: Appointed, forms: dict[str, str]) -> str:
    """Name a duty, with the form for which somebody answers."""
    duty = papers.name(papers.DUTIES, one.duty)
    return f"{duty}: {forms.get(one.form, one.form)}" if one.form else duty


def in_order(
    staff: Sequence[Member], without: uuid.UUID | None = None
) -> tuple[list[tuple[uuid.UUID, str]], list[tuple[uuid.UUID, str]]]:
    """Offer the curators first, then the other staff."""
    offered = [one for one in staff if one.person_id != without]
    curators = [(one.person_id, one.full_name) for one in offered if CURATOR in one.roles]
    return curators, [(one.person_id, one.full_name) for one in offered if CURATOR not in one.roles]


@pages.post("/programmes/<uuid:programme_id>/team/curator", endpoint="team_replace")
def replace(programme_id: uuid.UUID) -> ResponseReturnValue:
    desk_for(programme_id)
    person_id, since_on = person_and_day()
    order_number = request.form.get("order_number", "")
    if request.form.get("sure") != "on":
        raise Invalid({"sure": [Complaint("must_be_ticked")]})
    replace_curator(work(), programme_id, person_id, order_number=order_number, since_on=since_on)
    return back(programme_id, _("The programme has another curator. The cases and open tasks went over."))


@pages.post("/programmes/<uuid:programme_id>/team/appointments", endpoint="team_appoint")
def add(programme_id: uuid.UUID) -> ResponseReturnValue:
    desk_for(programme_id)
    person_id, since_on = person_and_day()
    appoint(
        work(),
        programme_id,
        person_id,
        request.form.get("duty", ""),
        order_number=request.form.get("order_number", ""),
        since_on=since_on,
        form=request.form.get("form") or None,
    )
    return back(programme_id, _("The appointment is made."))


@pages.post(
    "/programmes/<uuid:programme_id>/team/appointments/<uuid:appointment_id>/end", endpoint="team_end"
)
def end(programme_id: uuid.UUID, appointment_id: uuid.UUID) -> ResponseReturnValue:
    desk_for(programme_id)
    try:
        last_on = date.fromisoformat(request.form.get("last_on", ""))
    except ValueError:
        given = request.form.get("last_on")
        raise Invalid({"last_on": [Complaint("not_a_date" if given else "required")]}) from None
    end_appointment(work(), programme_id, appointment_id, last_on)
    return back(
        programme_id, _("The appointment has ended. What was done stays under the name of who did it.")
    )


def person_and_day() -> tuple[uuid.UUID, date]:
    """Read whom it is about and from when; say of both at once what is missing."""
    problems: dict[str, list[Complaint]] = {}
    person_id = chosen(request.form.get("person"))
    if person_id is None:
        problems["person"] = [Complaint("required")]
    try:
        since_on = date.fromisoformat(request.form.get("since_on", ""))
    except ValueError:
        since_on = None
        problems["since_on"] = [Complaint("not_a_date" if request.form.get("since_on") else "required")]
    if not request.form.get("order_number", "").strip():
        problems["order_number"] = [Complaint("required")]
    if problems or person_id is None or since_on is None:
        raise Invalid(problems)
    return person_id, since_on


def back(programme_id: uuid.UUID, said: str) -> ResponseReturnValue:
    """Return to the team."""
    flash(said, "is-good")
    return redirect(url_for("programmes.team", programme_id=programme_id), 303)


def page_again(said: Said) -> str:
    """Show the team again with what was typed."""
    return page((request.view_args or {})["programme_id"], said)


SHOWN_AGAIN["programmes.team_replace"] = page_again
SHOWN_AGAIN["programmes.team_appoint"] = page_again
SHOWN_AGAIN["programmes.team_end"] = page_again
