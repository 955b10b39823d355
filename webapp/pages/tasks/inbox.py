"""The inbox: what waits for the reader, the most urgent first, as a page and as a table."""

import csv
import io
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from marshmallow import ValidationError

from webapp import dates, words
from webapp.languages import current
from webapp.pages.tasks.blueprint import pages
from webapp.schemas.inbox import InboxQuery, written
from webapp.transaction import work
from workflows.queries.inbox import InboxPage, InboxRow, Whose, list_inbox
from workflows.queries.names import packs_of

MOST_IN_A_TABLE = 10_000
TABLE_PAGE = 500


@dataclass(frozen=True)
class Row:
    """One task in the list, in the reader's language."""

    id: uuid.UUID
    name: str
    case_title: str
    role_title: str
    due_at: datetime | None
    is_free: bool
    is_delegated: bool


@dataclass(frozen=True)
class Group:
    """Tasks that press alike."""

    name: str
    is_late: bool
    tasks: list[Row]


@pages.get("/")
def inbox() -> ResponseReturnValue:
    asked = asked_for(request.args)
    page = list_inbox(work(), **asked)
    return render_template(
        "tasks/inbox.html",
        whose=asked["whose"].value,
        search=asked["search"],
        is_first=asked["after"] is None,
        tabs=list(tabs(asked)),
        total=total_words(page),
        groups=grouped(rows_of(page.rows)),
        next_address=address(asked, after=written(page.next)) if page.next else None,
        first_address=address(asked),
    )


@pages.get("/tasks.csv")
def export() -> ResponseReturnValue:
    asked = asked_for(request.args) | {"after": None, "size": TABLE_PAGE}
    answer = Response(table(asked), content_type="text/csv; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=f"tasks-{dates.today().isoformat()}.csv")
    return answer


def asked_for(arguments: Any) -> dict[str, Any]:
    """Read the filters of an address; what cannot be read counts as not asked for."""
    try:
        asked: dict[str, Any] = InboxQuery().load(arguments)
    except ValidationError as error:
        asked = InboxQuery().load(readable(arguments, error))
    return asked


def readable(arguments: Any, error: ValidationError) -> dict[str, Any]:
    """Leave out of the filters what cannot be read."""
    return {name: value for name, value in arguments.items() if name not in error.messages_dict}


def address(asked: dict[str, Any], **changed: Any) -> str:
    """Write the address of the list with these filters, leaving out the usual ones."""
    filters = {"whose": asked["whose"].value, "search": asked["search"]} | changed
    usual = {"whose": Whose.ALL.value, "search": ""}
    return url_for(
        "tasks.inbox", **{name: value for name, value in filters.items() if usual.get(name) != value}
    )


def tabs(asked: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """List the ways to look at the inbox: name, address, whether it is this one."""
    names = {Whose.ALL: _("All"), Whose.MINE: _("Mine"), Whose.ROLES: _("Free to take")}
    for whose, name in names.items():
        yield name, address(asked, whose=whose.value), whose is asked["whose"]


def total_words(page: InboxPage) -> str:
    """Say how many tasks there are; beyond what is counted, that there are more."""
    if page.is_more:
        return _("more than %(number)s tasks", number=page.total)
    return ngettext("%(num)d task", "%(num)d tasks", page.total) if page.total else ""


def rows_of(rows: tuple[InboxRow, ...]) -> list[Row]:
    """Put tasks into the reader's language."""
    packs, language = packs_of(work(), {row.case_id for row in rows}), current()
    return [
        Row(
            row.id,
            packs[row.case_id].texts.say(row.name, language),
            row.case_title,
            words.role(row.role, packs[row.case_id].settings.roles, language),
            row.due_at,
            row.assignee_id is None,
            row.delegated_by_id is not None,
        )
        for row in rows
    ]


def grouped(rows: list[Row]) -> list[Group]:
    """Part the list by how much the tasks press; it is in the order of their deadlines already."""
    names = {
        "late": _("Overdue"),
        "today": _("Today"),
        "week": _("In the next seven days"),
        "later": _("Later"),
        "never": _("No deadline"),
    }
    parts = groupby(rows, key=lambda row: dates.due(row.due_at).pressing)
    return [Group(names[pressing], pressing == "late", list(tasks)) for pressing, tasks in parts]


def table(asked: dict[str, Any]) -> str:
    """Write all tasks of the list as a table that spreadsheets open."""
    file = io.StringIO()
    # Without this mark spreadsheets take the Russian letters for something else.
    file.write("\ufeff")
    # A Russian spreadsheet takes the comma for a decimal point and parts columns by semicolons.
    writer = csv.writer(file, delimiter=";")
    writer.writerow([_("Task"), _("Case"), _("Role"), _("Deadline"), _("Free to take"), _("Address")])
    for row in every_row(asked):
        due = dates.machine_readable(row.due_at) if row.due_at else ""
        place = url_for("tasks.show", task_id=row.id, _external=True)
        free = _("yes") if row.is_free else ""
        writer.writerow(
            [as_text(cell) for cell in (row.name, row.case_title, row.role_title, due, free, place)]
        )
    return file.getvalue()


def every_row(asked: dict[str, Any]) -> Iterator[Row]:
    """Go through the list page by page, up to what a spreadsheet can use."""
    seen = 0
    while seen < MOST_IN_A_TABLE:
        page = list_inbox(work(), **asked)
        yield from rows_of(page.rows)
        seen += len(page.rows)
        if page.next is None:
            return
        asked = asked | {"after": page.next}


def as_text(cell: str) -> str:
    """Keep a spreadsheet from taking a text for a formula."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
