"""The map of requests of a programme: as a picture and as a table."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.pages.bases.naming import Names, Tab, room_tabs, trail_to
from webapp.schemas.bases import RequestMapQuery
from webapp.schemas.places import asked
from webapp.transaction import work
from workflows.access import Permission
from workflows.queries.bases.places import BasePlace, open_base
from workflows.queries.bases.request_map import Across, Cell, RequestMap, get_request_map

pages = Blueprint("request_map", __name__)
ROW, SIDE, TOP, WIDTH = 46, 300, 70, 1080
LARGEST, NARROWEST, WIDEST = 20, 110, 230


@dataclass(frozen=True)
class Bubble:
    """A circle of the picture, as large as its number."""

    x: int
    y: int
    radius: float
    cell: Cell


@pages.get("/programmes/<uuid:programme_id>/requests")
def show(programme_id: uuid.UUID) -> ResponseReturnValue:
    place = open_base(work(), programme_id, Permission.REQUEST_MAP_READ)
    across: Across = asked(RequestMapQuery(), request.args)["across"]
    found, names = get_request_map(work(), place, across), Names(place)
    return render_template(
        "bases/requests.html",
        place=place,
        trail=trail_to(place),
        tabs=room_tabs(place, "request_map") if found.shows_all else [],
        ways=list(ways(place, across)),
        across=across.value,
        found=found,
        columns=columns_of(found, names, across),
        problems=names.problems,
        bubbles=list(bubbles(found)),
        width=SIDE + column_width(found) * max(1, len(found.columns)),
        height=TOP + ROW * len(found.rows),
        measures={"column": column_width(found), "row": ROW, "side": SIDE, "top": TOP},
        address=lambda problem, column: cell_address(place, across, problem, column),
        lines=lines,
    )


def ways(place: BasePlace, across: Across) -> Iterator[Tab]:
    """List what may stand across the map."""
    for one, name in ((Across.FORM, _("By form of mentoring")), (Across.GROUP, _("By group"))):
        chosen = None if one is Across.FORM else one.value
        address = url_for(".show", programme_id=place.programme.id, across=chosen)
        yield name, address, one is across


def columns_of(found: RequestMap, names: Names, across: Across) -> list[str]:
    """Name the columns."""
    if across is Across.FORM:
        return [names.forms.get(code, code) for code in found.columns]
    return [group or _("no group") for group in found.columns]


def cell_address(place: BasePlace, across: Across, problem: str, column: str) -> str:
    """Return the list of those who are counted in a cell."""
    shown: dict[str, Any] = {"problem": problem, across.value: column or None}
    return url_for("mentees.show", programme_id=place.programme.id, **shown)


def column_width(found: RequestMap) -> int:
    """Return how wide a column of the picture is: as wide as the page allows, never too narrow to read."""
    return max(NARROWEST, min(WIDEST, (WIDTH - SIDE) // max(1, len(found.columns))))


def bubbles(found: RequestMap) -> Iterator[Bubble]:
    """Place a circle for every cell in which there is somebody; areas are as the numbers are."""
    width = column_width(found)
    for line, row in enumerate(found.rows):
        for column, cell in enumerate(row.cells):
            if cell.is_hidden or cell.count:
                share = (cell.count or 1) / found.most
                x, y = SIDE + width * column + width // 2, TOP + ROW * line + ROW // 2
                yield Bubble(x, y, round(max(7.0, LARGEST * share**0.5), 1), cell)


def lines(text: str, width: int, most: int = 2) -> list[str]:
    """Break a name into lines of the picture."""
    found = [""]
    for word in text.split():
        if found[-1] and len(found[-1]) + len(word) + 1 > width:
            found.append("")
        found[-1] = f"{found[-1]} {word}".strip()
    if len(found) > most:
        found = [*found[: most - 1], found[most - 1].rstrip(",;:–") + "…"]
    return found
