"""How the inbox is narrowed: its tabs and quick filters with their counts, and what is narrowed already."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from flask import url_for
from flask_babel import gettext as _
from flask_babel import pgettext

from webapp import words
from webapp.languages import current
from webapp.pages.tasks.listed import Row
from webapp.schemas.inbox import in_address
from webapp.transaction import work
from workflows.queries.inbox import MOST_ON_A_BADGE, Due, Order, Whose, sees_more
from workflows.queries.kept_filters import list_programme_choices


class Way(NamedTuple):
    """A way to look at the inbox: its name, address, whether it is this one, how many tasks it has."""

    name: str
    address: str
    is_current: bool
    number: str = ""
    is_pressing: bool = False


def address(asked: Mapping[str, Any], *, endpoint: str = "tasks.inbox", **changed: Any) -> str:
    """Write the address of the list with these filters, some of them changed; nothing takes one away."""
    told = {"whose": asked["whose"].value, "search": asked["search"]} | in_address(asked["filters"])
    return url_for(endpoint, **{name: value for name, value in (told | changed).items() if value})


def tabs(asked: Mapping[str, Any], counts: Mapping[str, int]) -> Iterator[Way]:
    """List whose tasks can be looked at; a tab that never has anything for the reader is left out."""
    names = whose_names()
    for whose, name in names.items():
        is_current = whose is asked["whose"]
        if whose is Whose.GIVEN and not counts.get(whose.value) and not is_current:
            continue
        yield Way(name, address(asked, whose=whose.value), is_current, badge(counts, whose.value))


def whose_names() -> dict[Whose, str]:
    """Name whose tasks there are to look at for the reader."""
    names = {
        Whose.ALL: _("All"),
        Whose.MINE: _("Mine"),
        Whose.ROLES: _("Free to take"),
        Whose.GIVEN: _("Asked of others"),
    }
    return names | ({Whose.SEEN: _("Everybody’s")} if sees_more(work()) else {})


def quick(asked: Mapping[str, Any], counts: Mapping[str, int]) -> Iterator[Way]:
    """List what presses, each with its number; pressed again it lets go."""
    now = asked["filters"].due
    for due, name in due_names().items():
        is_current = due is now
        number = counts.get(due.value, 0)
        if not number and not is_current and due in (Due.OVERDUE, Due.TODAY, Due.AGAIN):
            continue
        place = address(asked, due="" if is_current else due.value)
        yield Way(name, place, is_current, badge(counts, due.value), due is Due.OVERDUE)


def due_names() -> dict[Due, str]:
    """Name how a deadline may press."""
    return {
        Due.OVERDUE: _("Overdue"),
        Due.TODAY: _("Today"),
        Due.AGAIN: _("To look at again today"),
        Due.WEEK: _("In the next seven days"),
        Due.NEVER: _("No deadline"),
    }


def order_names() -> dict[Order, str]:
    """Name the orders of the list."""
    return {
        Order.DUE: pgettext("order", "by deadline"),
        Order.NEWEST: pgettext("order", "the newest first"),
        Order.PAIR: pgettext("order", "by pair or case"),
        Order.KIND: pgettext("order", "by kind of task"),
        Order.STAGE: pgettext("order", "by stage"),
    }


def badge(counts: Mapping[str, int], name: str) -> str:
    """Write a count; beyond what a badge holds, that there are more."""
    number = counts.get(name, 0)
    if number > MOST_ON_A_BADGE:
        return f"{MOST_ON_A_BADGE}+"
    return str(number) if number else ""


def chips(asked: Mapping[str, Any], rows: list[Row]) -> Iterator[tuple[str, str]]:
    """List what narrows the list besides the deadline, each with the address without it."""
    filters, seen = asked["filters"], rows[0] if rows else None
    if filters.role:
        said = seen.role_title if seen else words.role(filters.role, {}, current())
        yield _("for: %(role)s", role=said), address(asked, role="")
    if filters.element:
        yield seen.name if seen else _("one kind of task"), address(asked, element="")
    if filters.case_id:
        yield seen.case_title if seen else _("one pair or case"), address(asked, case="")
    if filters.programme_id:
        titles = dict(list_programme_choices(work()))
        yield titles.get(filters.programme_id, _("one programme")), address(asked, programme="")
    if filters.order is not Order.DUE:
        yield order_names()[filters.order], address(asked, order="")
