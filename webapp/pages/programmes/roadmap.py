"""The roadmap of a programme: as a table, as a chart over time, and as a table to keep."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext, pgettext

from models.programmes import RoadmapItem
from webapp import tables
from webapp.pages.programmes.blueprint import SHOWN_AGAIN, pages
from webapp.pages.programmes.desk import Desk, desk_for, show
from webapp.pages.programmes.gantt import chart
from webapp.pages.shown_again import Said
from webapp.schemas.places import asked
from webapp.schemas.programmes import RoadmapQuery
from webapp.transaction import work
from workflows.operations.roadmap import mark_roadmap_item, unmark_roadmap_item
from workflows.queries.programmes import roadmap as queries
from workflows.queries.programmes.roadmap import MeasureState, RoadmapOrder
from workflows.queries.programmes.stages import NUMBERS
from workflows.refusals import Complaint, Invalid, NotFound

LONGEST_OUTCOME = 1000


@pages.get("/programmes/<uuid:programme_id>/roadmap")
def roadmap(programme_id: uuid.UUID) -> ResponseReturnValue:
    return page(desk_for(programme_id), Said())


def page(desk: Desk, said: Said) -> str:
    """Make the page with what is asked for, and with what was just typed."""
    wanted = asked(RoadmapQuery(), request.args)
    items = found(desk, wanted)
    counts = queries.count_measures(work(), desk.view)
    spans = queries.spans_of(work(), desk.view)
    return show(
        "roadmap.html",
        desk,
        items=items,
        states={item.id: queries.state_of(item, desk.view.today) for item in items},
        state_names=state_names(),
        looks={MeasureState.DONE: "is-good", MeasureState.OVERDUE: "is-bad", MeasureState.AHEAD: ""},
        late=late_words,
        counts=counts,
        count_words=count_words(counts),
        stage_names={number: desk.stage(number) for number in NUMBERS},
        wanted=wanted,
        kept=kept(wanted),
        order_names=order_names(),
        is_filtered=bool(wanted["stage"] or wanted["state"] or wanted["search"]),
        chart=chart(desk, items, spans) if items else None,
        table_address=address(desk, wanted, "programmes.roadmap_export"),
        may_mark=desk.may("programme:report"),
        marked_id=request.view_args.get("item_id") if request.view_args else None,
        typed=request.form,
        said=said,
        longest_outcome=LONGEST_OUTCOME,
    )


def found(desk: Desk, wanted: dict[str, Any]) -> Sequence[RoadmapItem]:
    """List the measures that are asked for."""
    return queries.list_measures(work(), desk.view, **wanted)


def address(desk: Desk, wanted: dict[str, Any], endpoint: str = "programmes.roadmap") -> str:
    """Write the address of the roadmap with these filters."""
    return url_for(endpoint, programme_id=desk.view.id, **kept(wanted))


def kept(wanted: dict[str, Any]) -> dict[str, Any]:
    """Write the filters for an address, leaving out the usual ones."""
    order = wanted["order"].value if wanted["order"] is not RoadmapOrder.PLAN else None
    state = wanted["state"].value if wanted["state"] else None
    return {"stage": wanted["stage"], "state": state, "search": wanted["search"] or None, "order": order}


def state_names() -> dict[MeasureState, str]:
    """Name how a measure can stand."""
    return {
        MeasureState.OVERDUE: pgettext("measure", "overdue"),
        MeasureState.AHEAD: pgettext("measure", "ahead"),
        MeasureState.DONE: pgettext("measure", "done"),
    }


def order_names() -> dict[RoadmapOrder, str]:
    """Name the orders in which measures can stand."""
    return {
        RoadmapOrder.PLAN: _("by stages"),
        RoadmapOrder.DUE: _("by deadline"),
        RoadmapOrder.RESPONSIBLE: _("by who is responsible"),
    }


def late_words(item: RoadmapItem, today: date) -> str:
    """Say by how many days a measure is, or was, late."""
    days = ((item.done_on or today) - item.due_on).days
    if days <= 0:
        return ""
    if item.done_on:
        return ngettext("%(num)d day late", "%(num)d days late", days)
    return ngettext("overdue by %(num)d day", "overdue by %(num)d days", days)


def count_words(counts: queries.RoadmapCounts) -> str:
    """Say how much of the roadmap is done."""
    done = _("%(done)s of %(all)s done", done=counts.done, all=counts.all)
    late = ngettext("%(num)d overdue", "%(num)d overdue", counts.overdue) if counts.overdue else ""
    return ", ".join(filter(None, (done, late)))


@pages.get("/programmes/<uuid:programme_id>/roadmap.csv", endpoint="roadmap_export")
def export(programme_id: uuid.UUID) -> ResponseReturnValue:
    desk = desk_for(programme_id)
    head = [_("Stage"), _("Measure"), _("Responsible"), _("Resources"), _("Due"), _("Done"), _("Status")]
    rows = (cells(desk, item) for item in found(desk, asked(RoadmapQuery(), request.args)))
    return tables.table("roadmap", [*head, _("What came of it")], rows)


def cells(desk: Desk, item: RoadmapItem) -> tuple[str, ...]:
    """Write a measure as a row of a table."""
    state = state_names()[queries.state_of(item, desk.view.today)]
    days = (item.due_on.isoformat(), item.done_on.isoformat() if item.done_on else "")
    stage = f"{item.stage}. {desk.stage(item.stage)}"
    said = (desk.say(item.measure), desk.say(item.responsible))
    return (stage, *said, item.resources, *days, state, item.outcome)


@pages.post("/programmes/<uuid:programme_id>/done/<uuid:item_id>", endpoint="roadmap_mark")
def mark(programme_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    require_there(programme_id, item_id)
    outcome = request.form.get("outcome", "")
    if len(outcome) > LONGEST_OUTCOME:
        raise Invalid({"outcome": [Complaint("too_long", maximum=LONGEST_OUTCOME)]})
    mark_roadmap_item(work(), item_id, done_on(), outcome)
    return back(programme_id, item_id, _("The measure is marked as done. It can be taken back below."))


@pages.post("/programmes/<uuid:programme_id>/undone/<uuid:item_id>", endpoint="roadmap_unmark")
def unmark(programme_id: uuid.UUID, item_id: uuid.UUID) -> ResponseReturnValue:
    require_there(programme_id, item_id)
    unmark_roadmap_item(work(), item_id)
    return back(programme_id, item_id, _("The mark is taken back."))


def require_there(programme_id: uuid.UUID, item_id: uuid.UUID) -> None:
    """Refuse a measure that belongs to another programme."""
    desk_for(programme_id)
    if queries.get_measure(work(), programme_id, item_id) is None:
        raise NotFound(noun="programme")


def done_on() -> date:
    """Read the day on which a measure was done."""
    text = request.form.get("done_on", "")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Invalid({"done_on": [Complaint("not_a_date" if text else "required")]}) from None


def back(programme_id: uuid.UUID, item_id: uuid.UUID, said: str) -> ResponseReturnValue:
    """Return to the measure, with the filters as they were."""
    flash(said, "is-good")
    desk = desk_for(programme_id)
    # Whatever stood in the list for being overdue would be gone from it, and the way back with it.
    place = address(desk, asked(RoadmapQuery(), request.args) | {"state": None})
    return redirect(f"{place}#measure-{item_id}", 303)


def page_again(said: Said) -> str:
    """Show the roadmap again with what was typed for a measure."""
    return page(desk_for((request.view_args or {})["programme_id"]), said)


SHOWN_AGAIN["programmes.roadmap_mark"] = page_again
SHOWN_AGAIN["programmes.roadmap_unmark"] = page_again
