"""The inbox: what waits for the reader, the most urgent first, as a page and as a table."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp import dates, tables, words
from webapp.languages import current
from webapp.pages.notices import unread
from webapp.pages.tasks.blueprint import pages
from webapp.schemas import places
from webapp.schemas.inbox import InboxQuery, written
from webapp.transaction import work
from workflows.queries.inbox import InboxPage, InboxRow, Whose, list_inbox
from workflows.queries.names import packs_of
from workflows.queries.notices import list_news

MOST_NOTICES = 3


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
    is_paused: bool


@dataclass(frozen=True)
class Group:
    """Tasks that press alike."""

    name: str
    is_late: bool
    tasks: list[Row]


@pages.get("/")
def inbox() -> ResponseReturnValue:
    asked = places.asked(InboxQuery(), request.args)
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
        notices=list_news(work(), size=MOST_NOTICES) if asked["after"] is None and unread() else [],
    )


@pages.get("/tasks.csv")
def export() -> ResponseReturnValue:
    asked = places.asked(InboxQuery(), request.args) | {"after": None, "size": tables.PAGE}
    head = [_("Task"), _("Case"), _("Role"), _("Deadline"), _("Free to take"), _("Address")]
    return tables.table("tasks", head, map(cells, every_row(asked)))


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
            row.is_paused,
        )
        for row in rows
    ]


def grouped(rows: list[Row]) -> list[Group]:
    """Part the list by how much the tasks press; it is in the order of their deadlines already.

    What is paused presses nobody, whatever its deadline, and stands at the end.
    """
    names = {
        "late": _("Overdue"),
        "today": _("Today"),
        "week": _("In the next seven days"),
        "later": _("Later"),
        "never": _("No deadline"),
    }
    pressing_ones = [row for row in rows if not row.is_paused]
    parts = groupby(pressing_ones, key=lambda row: dates.due(row.due_at).pressing)
    groups = [Group(names[pressing], pressing == "late", list(tasks)) for pressing, tasks in parts]
    paused = [row for row in rows if row.is_paused]
    return [*groups, Group(_("Paused"), False, paused)] if paused else groups


def cells(row: Row) -> tuple[str, ...]:
    """Write a task as a row of a table."""
    due = dates.machine_readable(row.due_at) if row.due_at else ""
    due = _("paused") if row.is_paused else due
    place = url_for("tasks.show", task_id=row.id, _external=True)
    return (row.name, row.case_title, row.role_title, due, _("yes") if row.is_free else "", place)


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
