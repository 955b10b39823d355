"""The pairs that the reader may see, as a table to keep."""

from collections.abc import Iterator
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import dates, tables
from webapp.pages.pairs.blueprint import pages
from webapp.pages.pairs.listing import Row, chosen, rows_of
from webapp.schemas.pairs import PairsQuery
from webapp.schemas.places import asked
from webapp.transaction import work
from workflows.queries.pair_list import list_pairs


@pages.get("/pairs.csv")
def export() -> ResponseReturnValue:
    head = [
        _("Mentors"),
        _("Mentees"),
        _("Programme"),
        _("Organisation"),
        _("Form of mentoring"),
        _("Status"),
    ]
    head += [
        _("Where in the five meetings"),
        _("Together since"),
        _("Last met"),
        _("Next step"),
        _("Whose turn"),
    ]
    head += [_("By when"), _("Silent"), _("Address")]
    return tables.table("pairs", head, map(cells, every_row(asked(PairsQuery(), request.args))))


def every_row(wanted: dict[str, Any]) -> Iterator[Row]:
    """Go through the list page by page, up to what a spreadsheet can use."""
    seen, after = 0, None
    while seen < tables.MOST_ROWS:
        found, after = list_pairs(work(), chosen(wanted), after=after, size=tables.PAGE)
        yield from rows_of(found)
        seen += len(found)
        if after is None:
            return


def cells(row: Row) -> tuple[str, ...]:
    """Write a pair as a row of a table."""
    pair, due_at = row.pair, row.pair.step.due_at if row.pair.step else None
    return (
        ", ".join(pair.mentors),
        ", ".join(pair.mentees),
        pair.programme,
        pair.organisation,
        row.form,
        row.status,
        row.place,
        pair.formed_on.isoformat(),
        pair.last_met_on.isoformat() if pair.last_met_on else "",
        row.step,
        row.step_who,
        dates.machine_readable(due_at) if due_at else "",
        row.silence,
        url_for("pairs.one", pair_id=pair.id, _external=True),
    )
