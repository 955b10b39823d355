"""The mentee base of a programme, as a page and as a table."""

import uuid
from collections.abc import Iterator, Sequence
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp import dates, tables
from webapp.pages.bases.exporting import every_row, guarded_cells, guarded_head
from webapp.pages.bases.naming import (
    Names,
    in_words,
    kept_filters,
    pair_address,
    room_tabs,
    status_figures,
    trail_to,
)
from webapp.schemas.bases import WAITING_DAYS, MenteesQuery, readable
from webapp.schemas.places import asked
from webapp.transaction import work
from webapp.words.entries import LOOKS, MENTEE_STATUSES
from workflows.access import Permission, can
from workflows.queries.bases.conditions import reads_consents
from workflows.queries.bases.mentee_lists import (
    MenteeFilters,
    MenteeRow,
    count_by_status,
    count_mentees,
    list_groups,
    list_mentees,
)
from workflows.queries.bases.places import BasePlace, open_base

pages = Blueprint("mentees", __name__)


@pages.get("/programmes/<uuid:programme_id>/mentees")
def show(programme_id: uuid.UUID) -> ResponseReturnValue:
    place, wanted = opened(programme_id)
    after, filters = wanted.pop("after"), MenteeFilters(**wanted)
    rows, following = list_mentees(work(), place, filters, after_id=after)
    kept = kept_filters(wanted)
    figures = list(status_figures(count_by_status(work(), place), MENTEE_STATUSES, LOOKS))
    for figure in figures:
        figure["address"] = url_for(".show", programme_id=programme_id, status=figure["status"].value)
    return render_template(
        "bases/mentees.html",
        place=place,
        names=Names(place),
        trail=trail_to(place),
        tabs=room_tabs(place, "mentees"),
        rows=rows,
        total=total_words(place, filters, None if following or after else len(rows)),
        figures=figures,
        filters=filters,
        kept=kept,
        groups=[(group, group) for group in list_groups(work(), place)],
        statuses=[(figure["status"].value, figure["words"]) for figure in figures],
        waiting_days=WAITING_DAYS,
        reads_consents=reads_consents(work(), place),
        may_import=can(work(), Permission.BASES_IMPORT, place.subject),
        is_first=after is None,
        following=following,
        status_words=MENTEE_STATUSES,
        looks=LOOKS,
        waited=waited,
        pair_address=pair_address,
        in_words=in_words,
    )


@pages.get("/programmes/<uuid:programme_id>/mentees.csv")
def export(programme_id: uuid.UUID) -> Response:
    place, wanted = opened(programme_id)
    return tables.table("mentees", head(place), map(cells(place), rows_of(place, wanted)))


@pages.get("/programmes/<uuid:programme_id>/mentees.xlsx")
def export_workbook(programme_id: uuid.UUID) -> Response:
    place, wanted = opened(programme_id)
    return tables.workbook("mentees", _("Mentees"), head(place), map(cells(place), rows_of(place, wanted)))


def opened(programme_id: uuid.UUID) -> tuple[BasePlace, dict[str, Any]]:
    """Open the base to whoever may see it, and read which of its people are wanted."""
    place = open_base(work(), programme_id, Permission.MENTEE_READ)
    return place, asked(MenteesQuery(), readable(request.args))


def total_words(place: BasePlace, filters: MenteeFilters, known: int | None) -> str:
    """Say how many there are; counted only when one page does not hold them."""
    number = count_mentees(work(), place, filters) if known is None else known
    return ngettext("%(num)d mentee", "%(num)d mentees", number) if number else ""


def waited(row: MenteeRow) -> int:
    """Return for how many days somebody has been without a pair."""
    return (dates.now() - row.waits_since).days if row.waits_since else 0


def rows_of(place: BasePlace, wanted: dict[str, Any]) -> Iterator[MenteeRow]:
    """Go through everybody who is wanted."""
    after, filters = wanted.pop("after"), MenteeFilters(**wanted)
    return every_row(
        lambda place_in: list_mentees(work(), place, filters, after_id=place_in, size=tables.PAGE), after
    )


def head(place: BasePlace) -> list[str]:
    """Name the columns that the reader may see."""
    columns = [_("Name"), _("Group"), _("Form of mentoring"), _("Request"), _("In own words"), _("Status")]
    columns += [_("Under age"), _("Applied"), _("Without a pair, days"), _("Mentor")]
    return columns + guarded_head(place)


def cells(place: BasePlace) -> Any:
    """Return what writes a mentee as a row of the table."""
    names, guarded = Names(place), guarded_cells(place)

    def write(row: MenteeRow) -> Sequence[str]:
        written = [row.name, row.group or "", names.forms.get(row.form, row.form)]
        written += ["; ".join(in_words(row.problems, names.problems)), row.wants]
        written += [str(MENTEE_STATUSES[row.status]), _("yes") if row.is_minor else ""]
        written += [row.applied_at.date().isoformat(), str(waited(row)) if row.waits_since else ""]
        written.append("; ".join(name for pair in row.pairs for name in pair.others))
        return written + guarded(row)

    return write
