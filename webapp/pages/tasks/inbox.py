"""The inbox: what waits for the reader, the most urgent first, as a page and as a table."""

from collections.abc import Iterator
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp import dates, tables
from webapp.pages.notices import unread
from webapp.pages.tasks.blueprint import pages
from webapp.pages.tasks.listed import Row, grouped, rows_of
from webapp.pages.tasks.narrowing import address, chips, quick, tabs
from webapp.schemas import places
from webapp.schemas.inbox import InboxQuery, in_address, written
from webapp.transaction import work
from workflows.queries.deputies import list_standing_in
from workflows.queries.inbox import COUNTED, count_lists, list_inbox
from workflows.queries.kept_filters import KeptFilter, list_filters
from workflows.queries.notices import list_news

MOST_NOTICES = 3


@pages.get("/")
def inbox() -> ResponseReturnValue:
    kept = list_filters(work())
    first = next((one for one in kept if one.is_first), None)
    if first and not request.args:
        return redirect(address_of(first))
    asked = places.asked(InboxQuery(), request.args)
    page = list_inbox(work(), **asked, is_counted=False)
    rows = rows_of(page.rows)
    counts = count_lists(work(), asked["whose"], asked["search"], asked["filters"])
    is_first = asked["after"] is None
    return render_template(
        "tasks/inbox.html",
        whose=asked["whose"].value,
        search=asked["search"],
        is_first=is_first,
        tabs=list(tabs(asked, counts)),
        quick=list(quick(asked, counts)),
        chips=list(chips(asked, rows)),
        kept=[(one.name, address_of(one), is_shown(one)) for one in kept],
        filters=in_address(asked["filters"]),
        choosing=address(asked, endpoint="tasks.filters"),
        total=total_words(counts["shown"]),
        groups=grouped(rows, asked["filters"].order),
        next_address=address(asked, after=written(page.next)) if page.next else None,
        first_address=address(asked),
        all_address=url_for("tasks.inbox", whose=asked["whose"].value),
        table_address=address(asked, endpoint="tasks.export"),
        today=dates.today(),
        reader_id=work().actor.person_id,
        standing_in=list_standing_in(work()) if is_first else [],
        notices=list_news(work(), size=MOST_NOTICES) if is_first and unread() else [],
    )


@pages.get("/tasks.csv")
def export() -> ResponseReturnValue:
    asked = places.asked(InboxQuery(), request.args) | {"after": None, "size": tables.PAGE}
    head = [
        _("Task"),
        _("Case"),
        _("Role"),
        _("Deadline"),
        _("Free to take"),
        _("Look again on"),
        _("Address"),
    ]
    return tables.table("tasks", head, map(cells, every_row(asked)))


@pages.get("/tasks/keys")
def keys() -> ResponseReturnValue:
    return render_template("tasks/keys.html")


def address_of(kept: KeptFilter) -> str:
    """Write the address that a named filter stands for."""
    asked: dict[str, Any] = {name: str(value) for name, value in kept.asked.items()}
    return url_for("tasks.inbox", **asked)


def is_shown(kept: KeptFilter) -> bool:
    """Say whether this page is what the named filter stands for."""
    return {name: value for name, value in request.args.items() if name != "after"} == kept.asked


def total_words(number: int) -> str:
    """Say how many tasks there are; beyond what is counted, that there are more."""
    if number > COUNTED:
        return _("more than %(number)s tasks", number=COUNTED)
    return ngettext("%(num)d task", "%(num)d tasks", number) if number else ""


def cells(row: Row) -> tuple[str, ...]:
    """Write a task as a row of a table."""
    due = dates.machine_readable(row.due_at) if row.due_at else ""
    due = _("paused") if row.is_paused else due
    again = row.follow_up_on.isoformat() if row.follow_up_on else ""
    place = url_for("tasks.show", task_id=row.id, _external=True)
    return (row.name, row.case_title, row.role_title, due, _("yes") if row.is_free else "", again, place)


def every_row(asked: dict[str, Any]) -> Iterator[Row]:
    """Go through the list page by page, up to what a spreadsheet can use."""
    seen = 0
    while seen < tables.MOST_ROWS:
        page = list_inbox(work(), **asked)
        yield from rows_of(page.rows)
        seen += len(page.rows)
        if page.next is None:
            return
        asked = asked | {"after": page.next}
