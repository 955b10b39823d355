"""The programmes that run around the reader, each with where it stands, and those that are over."""

from collections.abc import Iterator
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import tables
from webapp.languages import current
from webapp.pages.programmes.blueprint import pages
from webapp.pages.programmes.desk import standing_of
from webapp.schemas.places import asked
from webapp.schemas.programmes import ProgrammesQuery
from webapp.transaction import work
from workflows.queries.names import packs_of
from workflows.queries.programme_starts import may_start_programmes
from workflows.queries.programmes.listing import ProgrammeRow, list_programmes
from workflows.queries.programmes.stages import NUMBERS, name_without_number, titles_of

FOLDED = 10


@pages.get("/programmes")
def show() -> ResponseReturnValue:
    wanted = asked(ProgrammesQuery(), request.args)
    is_over = wanted["show"] == "over"
    found, following = list_programmes(
        work(), is_over=is_over, search=wanted["search"], after=wanted["after"]
    )
    ended: list[ProgrammeRow] = []
    more_ended = None
    if not is_over and wanted["after"] is None:
        ended, more_ended = list_programmes(work(), is_over=True, search=wanted["search"], size=FOLDED)
    titles = stage_titles([*found, *ended])
    return render_template(
        "programmes/list.html",
        rows=found,
        ended=ended,
        all_ended=address(wanted, show="over") if more_ended else None,
        ways={row.programme.id: list(way_of(row, titles)) for row in found if not is_over},
        titles=titles,
        standing_of=standing_of,
        may_start=may_start_programmes(work()),
        search=wanted["search"],
        is_over=is_over,
        is_first=wanted["after"] is None,
        has_many=following is not None or bool(wanted["search"]) or is_over or len(found) + len(ended) > 5,
        next_address=address(wanted, after=f"{following.starts_on.isoformat()}_{following.id}")
        if following
        else None,
        first_address=address(wanted),
        table_address=url_for("programmes.export", search=wanted["search"] or None),
    )


def address(wanted: dict[str, Any], **changed: Any) -> str:
    """Write the address of the list with these filters, leaving out the usual ones."""
    filters = {"show": wanted["show"] or None, "search": wanted["search"] or None} | changed
    return url_for("programmes.show", **filters)


def stage_titles(rows: list[ProgrammeRow]) -> dict[Any, dict[int, str]]:
    """Name the stages of each programme in the reader's language."""
    packs = packs_of(work(), {row.programme.case_id for row in rows if row.programme.case_id})
    named = {}
    for row in rows:
        pack = packs.get(row.programme.case_id) if row.programme.case_id else None
        known = titles_of(pack)
        named[row.programme.id] = {
            number: name_without_number(pack.texts.say(known[number][1], current()))
            if pack and known[number][1]
            else _("Stage %(number)s", number=number)
            for number in NUMBERS
        }
    return named


def way_of(row: ProgrammeRow, titles: dict[Any, dict[int, str]]) -> Iterator[dict[str, str]]:
    """Show how far a programme has come."""
    for number in NUMBERS:
        state = "ahead" if row.stage is None or number > row.stage else "done"
        yield {"name": titles[row.programme.id][number], "state": "now" if number == row.stage else state}


@pages.get("/programmes.csv")
def export() -> ResponseReturnValue:
    head = [_("Programme"), _("Organisation"), _("Status"), _("First day"), _("Last day"), _("Stage")]
    head += [_("Pairs"), _("Pairs at work"), _("Address")]
    search = asked(ProgrammesQuery(), request.args)["search"]
    return tables.table("programmes", head, map(cells, every_row(search)))


def every_row(search: str) -> Iterator[ProgrammeRow]:
    """Go through both lists page by page, up to what a spreadsheet can use."""
    for is_over in (False, True):
        seen, after = 0, None
        while seen < tables.MOST_ROWS:
            found, after = list_programmes(
                work(), is_over=is_over, search=search, after=after, size=tables.PAGE
            )
            yield from found
            seen += len(found)
            if after is None:
                break


def cells(row: ProgrammeRow) -> tuple[str, ...]:
    """Write a programme as a row of a table."""
    programme = row.programme
    numbers = ("" if one is None else str(one) for one in (row.stage, row.pairs, row.pairs_active))
    place = url_for("programmes.one", programme_id=programme.id, _external=True)
    days = (programme.starts_on.isoformat(), programme.ends_on.isoformat())
    return (programme.title, row.organisation, standing_of(programme.status)[0], *days, *numbers, place)
