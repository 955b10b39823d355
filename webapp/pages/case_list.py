"""The cases that the reader may see, as a page and as a table."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext, pgettext

from models.cases import CaseStatus
from webapp import dates, tables, words
from webapp.languages import current
from webapp.pages.case_views import LOOKS
from webapp.schemas.places import CasesQuery, asked, written
from webapp.transaction import work
from workflows.queries.case_kinds import list_kinds
from workflows.queries.case_starts import offers_a_start
from workflows.queries.cases import COUNTED, CaseRow, count_cases, list_cases
from workflows.queries.names import packs_of
from workflows.queries.programme_starts import may_start_programmes

pages = Blueprint("case_list", __name__)


@dataclass(frozen=True)
class Row:
    """One case in the list, in the reader's language."""

    id: uuid.UUID
    title: str
    process: str
    status: str
    look: str
    organisation: str
    started_at: datetime
    ended_at: datetime | None
    has_incidents: bool


@pages.get("/cases")
def show() -> ResponseReturnValue:
    wanted = asked(CasesQuery(), request.args)
    found, following = list_cases(work(), **wanted)
    rows = rows_of(found)
    return render_template(
        "cases/list.html",
        status=wanted["status"].value if wanted["status"] else None,
        search=wanted["search"],
        process=wanted["process"],
        kinds=kinds(),
        is_first=wanted["after"] is None,
        tabs=list(tabs(wanted)),
        total=total_words(wanted, len(rows) if following is None else None),
        cases=rows,
        has_several_organisations=len({row.organisation for row in rows}) > 1,
        may_start=offers_a_start(work()),
        may_start_programmes=may_start_programmes(work()),
        next_address=address(wanted, after=written(following.started_at, following.id))
        if following
        else None,
        first_address=address(wanted),
    )


@pages.get("/cases.csv")
def export() -> ResponseReturnValue:
    head = [_("Case"), _("Kind of case"), _("Organisation"), _("Status"), _("Begun"), _("Ended")]
    head += [_("Needs attention"), _("Address")]
    return tables.table("cases", head, map(cells, every_row(asked(CasesQuery(), request.args))))


def address(wanted: dict[str, Any], **changed: Any) -> str:
    """Write the address of the list with these filters, leaving out the usual ones."""
    status = wanted["status"].value if wanted["status"] else None
    named = {name: wanted[name] or None for name in ("process", "search")}
    filters = {"status": status} | named | changed
    return url_for("case_list.show", **filters)


def tabs(wanted: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """List the ways to look at the cases: name, address, whether it is this one."""
    names = {
        CaseStatus.RUNNING: pgettext("cases", "Under way"),
        CaseStatus.SUSPENDED: pgettext("cases", "Paused"),
        CaseStatus.COMPLETED: pgettext("cases", "Finished"),
        CaseStatus.CANCELLED: pgettext("cases", "Ended early"),
    }
    yield _("All of them"), address(wanted, status=None), wanted["status"] is None
    for status in CaseStatus:
        yield names[status], address(wanted, status=status.value), wanted["status"] is status


def kinds() -> list[tuple[str, str]]:
    """List what cases can be about, by name."""
    language = current()
    found = [(key, pack.texts.say(pack.definitions.title(key), language)) for key, pack in list_kinds(work())]
    return sorted(found, key=lambda one: one[1])


def total_words(wanted: dict[str, Any], known: int | None) -> str:
    """Say how many cases there are; counted only when one page does not hold them."""
    filters = {name: wanted[name] for name in ("status", "process", "search")}
    is_known = known is not None and wanted["after"] is None
    number = known if is_known and known is not None else count_cases(work(), **filters)
    if number > COUNTED:
        return _("more than %(number)s cases", number=COUNTED)
    return ngettext("%(num)d case", "%(num)d cases", number) if number else ""


def rows_of(found: list[CaseRow]) -> list[Row]:
    """Put cases into the reader's language."""
    packs, language = packs_of(work(), {one.id for one in found}), current()
    return [
        Row(
            one.id,
            packs[one.id].texts.title(one.title, language),
            packs[one.id].texts.say(packs[one.id].definitions.title(one.process), language),
            words.status(one.status.value),
            LOOKS[one.status],
            one.organisation_name,
            one.started_at,
            one.ended_at,
            one.has_incidents,
        )
        for one in found
    ]


def every_row(wanted: dict[str, Any]) -> Iterator[Row]:
    """Go through the list page by page, up to what a spreadsheet can use."""
    seen, after = 0, None
    while seen < tables.MOST_ROWS:
        found, after = list_cases(work(), **(wanted | {"after": after}), size=tables.PAGE)
        yield from rows_of(found)
        seen += len(found)
        if after is None:
            return


def cells(row: Row) -> tuple[str, ...]:
    """Write a case as a row of a table."""
    begun, ended = (dates.machine_readable(at) if at else "" for at in (row.started_at, row.ended_at))
    attention = _("yes") if row.has_incidents else ""
    place = url_for("cases.show", case_id=row.id, _external=True)
    return (row.title, row.process, row.organisation, row.status, begun, ended, attention, place)
