"""The mentor base of a programme with its sub-bases, as a page and as a table."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp import tables
from webapp.dates import day
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
from webapp.schemas.bases import MentorsQuery, readable
from webapp.schemas.places import asked
from webapp.transaction import work
from webapp.words.entries import MENTOR_LOOKS, MENTOR_STATUSES
from workflows.access import Permission, can
from workflows.queries.bases.mentor_lists import (
    SOON,
    MentorFilters,
    MentorRow,
    count_by_source,
    count_by_status,
    count_mentors,
    list_mentors,
)
from workflows.queries.bases.places import BasePlace, open_base

pages = Blueprint("mentors", __name__)


@pages.get("/programmes/<uuid:programme_id>/mentors")
def show(programme_id: uuid.UUID) -> ResponseReturnValue:
    place, wanted = opened(programme_id)
    after, filters = wanted.pop("after"), MentorFilters(**wanted)
    rows, following = list_mentors(work(), place, filters, after_id=after)
    figures = list(status_figures(count_by_status(work(), place), MENTOR_STATUSES, MENTOR_LOOKS))
    for figure in figures:
        figure["address"] = url_for(".show", programme_id=programme_id, status=figure["status"].value)
    return render_template(
        "bases/mentors.html",
        place=place,
        names=Names(place),
        trail=trail_to(place),
        tabs=room_tabs(place, "mentors"),
        rows=rows,
        total=total_words(place, filters, None if following or after else len(rows)),
        figures=figures,
        filters=filters,
        kept=kept_filters(wanted),
        sub_bases=list(sub_bases(place, filters)),
        statuses=[(figure["status"].value, figure["words"]) for figure in figures],
        may_import=can(work(), Permission.BASES_IMPORT, place.subject),
        is_first=after is None,
        following=following,
        status_words=MENTOR_STATUSES,
        looks=MENTOR_LOOKS,
        ending=lambda until: ending(until, place.today),
        pair_address=pair_address,
        in_words=in_words,
    )


@pages.get("/programmes/<uuid:programme_id>/mentors.csv")
def export(programme_id: uuid.UUID) -> Response:
    place, wanted = opened(programme_id)
    return tables.table("mentors", head(place), map(cells(place), rows_of(place, wanted)))


@pages.get("/programmes/<uuid:programme_id>/mentors.xlsx")
def export_workbook(programme_id: uuid.UUID) -> Response:
    place, wanted = opened(programme_id)
    return tables.workbook("mentors", _("Mentors"), head(place), map(cells(place), rows_of(place, wanted)))


def opened(programme_id: uuid.UUID) -> tuple[BasePlace, dict[str, Any]]:
    """Open the base to whoever may see it, and read which of its people are wanted."""
    place = open_base(work(), programme_id, Permission.MENTOR_READ)
    return place, asked(MentorsQuery(), readable(request.args))


def sub_bases(place: BasePlace, filters: MentorFilters) -> Iterator[tuple[str, str, bool]]:
    """List the sub-bases with how many are in each, and which of them is shown."""
    counts, names = count_by_source(work(), place), Names(place).sources
    programme_id = place.programme.id
    yield _("The whole base"), url_for(".show", programme_id=programme_id), not filters.source
    for code, name in names.items():
        if counts.get(code):
            words = _("%(name)s: %(number)s", name=name[:1].upper() + name[1:], number=counts[code])
            address = url_for(".show", programme_id=programme_id, source=code)
            yield words, address, filters.source == code


def ending(until: date | None, today: date) -> tuple[str, str] | None:
    """Say that a document has run out or is about to, and how much that presses."""
    if until is None or until > today + SOON:
        return None
    days = (until - today).days
    if days < 0:
        return _("document expired on %(day)s", day=day(until)), "is-bad"
    if days == 0:
        return _("document expires today"), "is-bad"
    words = ngettext("document expires in %(num)d day", "document expires in %(num)d days", days)
    return words, "is-warning"


def total_words(place: BasePlace, filters: MentorFilters, known: int | None) -> str:
    """Say how many there are; counted only when one page does not hold them."""
    number = count_mentors(work(), place, filters) if known is None else known
    return ngettext("%(num)d mentor", "%(num)d mentors", number) if number else ""


def rows_of(place: BasePlace, wanted: dict[str, Any]) -> Iterator[MentorRow]:
    """Go through everybody who is wanted."""
    after, filters = wanted.pop("after"), MentorFilters(**wanted)
    return every_row(
        lambda place_in: list_mentors(work(), place, filters, after_id=place_in, size=tables.PAGE), after
    )


def head(place: BasePlace) -> list[str]:
    """Name the columns that the reader may see."""
    columns = [_("Name"), _("Sub-base"), _("Partner"), _("Position or group"), _("Forms of mentoring")]
    columns += [_("Status"), _("Takes at once"), _("Has now"), _("Training passed"), _("Documents until")]
    columns += [_("Applied"), _("Mentees")]
    return columns + guarded_head(place)


def cells(place: BasePlace) -> Any:
    """Return what writes a mentor as a row of the table."""
    names, guarded = Names(place), guarded_cells(place)

    def write(row: MentorRow) -> Sequence[str]:
        written = [row.name, names.sources.get(row.source, row.source), row.partner or ""]
        written += [row.position or row.group or "", "; ".join(in_words(row.forms, names.forms))]
        written += [str(MENTOR_STATUSES[row.status]), str(row.capacity), str(row.taken)]
        written += [_("yes") if row.has_passed else "", row.expires_on.isoformat() if row.expires_on else ""]
        written.append(row.applied_at.date().isoformat())
        written.append("; ".join(name for pair in row.pairs for name in pair.others))
        return written + guarded(row)

    return write
