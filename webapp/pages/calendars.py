"""The working calendar of an organisation: a school year with its days off, and what they move."""

import uuid
from calendar import Calendar
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from models.calendars import BreakKind
from models.organisations import Organisation
from webapp import dates
from webapp.languages import current
from webapp.pages.shown_again import Said, again, chosen
from webapp.transaction import work
from webapp.words.people import BREAKS
from workflows.access import Permission, Subject, can
from workflows.operations.calendars import YEARS, Tried, add_break, remove_break, try_break, try_removal
from workflows.queries.calendars import BreakRow, list_breaks
from workflows.queries.names import packs_of
from workflows.queries.organisations import get_organisation, list_organisations
from workflows.queries.task_heads import list_heads
from workflows.refusals import Complaint, Conflict, Invalid, NotFound

pages = Blueprint("calendar", __name__, url_prefix="/organisation/calendar")
FIRST_MONTH = 9
"""In which month a school year begins."""


@dataclass(frozen=True)
class Day:
    """A day of a month, with the days off that it is part of."""

    number: int
    is_weekend: bool
    is_today: bool
    titles: Sequence[str]


@dataclass(frozen=True)
class Month:
    """A month as weeks; a place without a day is empty."""

    name: str
    weeks: Sequence[Sequence[Day | None]]


@pages.get("")
def show() -> ResponseReturnValue:
    return page(place_asked(request.args), Said())


@pages.post("")
def add() -> ResponseReturnValue:
    """Show first what would move; whoever has seen it adds it."""
    place, wanted = place_asked(request.form), typed_break()
    if "seen" not in request.form:
        tried = try_break(work(), place.id, **wanted)
        return page(place, Said(), tried=tried)
    add_break(work(), place.id, **wanted)
    flash(_("Added. What is due has moved, here and in the organisations below."), "is-good")
    return redirect(address(place, wanted["since_on"]), 303)


@pages.post("/<uuid:break_id>/remove")
def remove(break_id: uuid.UUID) -> ResponseReturnValue:
    """Show first what would come back; whoever has seen it takes the days off away."""
    place = place_asked(request.form)
    if "seen" not in request.form:
        return page(place, Said(), tried=try_removal(work(), break_id), removing=break_id)
    remove_break(work(), break_id)
    flash(_("Taken away. What it had moved is due as before."), "is-good")
    return redirect(address(place, year_asked()), 303)


def place_asked(given: Mapping[str, str]) -> Organisation:
    """Read whose calendar is meant: the one asked for, else where the reader holds a role."""
    asked = chosen(given.get("organisation"))
    own = next((role.organisation_id for role in work().actor.roles), None)
    if asked is None and own is None:
        raise NotFound(noun="calendar")
    return get_organisation(work(), asked or own or uuid.UUID(int=0))


def typed_break() -> dict[str, Any]:
    """Read the days off that were typed; the last day may be left out where there is only one."""
    problems: dict[str, list[Complaint]] = {}
    days: dict[str, date] = {}
    for field in ("since_on", "until_on"):
        text = request.form.get(field) or request.form.get("since_on", "")
        try:
            days[field] = date.fromisoformat(text)
        except ValueError:
            problems[field] = [Complaint("not_a_day")]
    try:
        kind = BreakKind(request.form.get("kind", ""))
    except ValueError:
        kind = BreakKind.HOLIDAY
        problems["kind"] = [Complaint("required")]
    if problems:
        raise Invalid(problems)
    return {"kind": kind, "title": request.form.get("title", ""), **days}


def year_asked() -> date:
    """Read the first day of the school year that is meant: the one asked for, else this one."""
    today = dates.today()
    this = today.year if today.month >= FIRST_MONTH else today.year - 1
    text = request.values.get("year", "")
    # Looked for instead of read: a number of thousands of digits is not even tried.
    known = {str(year): year for year in YEARS}
    return date(known.get(text, this), FIRST_MONTH, 1)


def address(place: Organisation, day: date) -> str:
    """Return the page with the school year in which a day lies."""
    year = day.year if day.month >= FIRST_MONTH else day.year - 1
    return url_for(".show", organisation=place.id, year=year)


def page(
    place: Organisation, said: Said, *, tried: Tried | None = None, removing: uuid.UUID | None = None
) -> str:
    """Make the page of a school year; `tried` is what the days off that were typed would move."""
    first = year_asked()
    last = date(first.year + 1, FIRST_MONTH, 1)
    found = list_breaks(work(), place.id, from_on=first)
    breaks = [one for one in found if one.since_on < last]
    return render_template(
        "calendar/show.html",
        place=place,
        year=first.year,
        branches=[(one.id, one.name) for one in list_organisations(work())],
        months=list(months(first, breaks)),
        weekdays=[get_locale().days["format"]["short"][day] for day in range(7)],  # type: ignore[union-attr]
        breaks=breaks,
        kinds=[(kind.value, name) for kind, name in BREAKS.items()],
        kind_words=BREAKS,
        may_change=can(work(), Permission.CALENDAR_CHANGE, Subject.of(place)),
        tried=tried,
        moving=list(moving(tried)) if tried else [],
        removing=removing,
        typed=request.form if removing is None else {},
        said=said,
    )


def months(first: date, breaks: Sequence[BreakRow]) -> Iterator[Month]:
    """Lay out the twelve months of a school year."""
    names = get_locale().months["stand-alone"]["wide"]  # type: ignore[union-attr]
    for step in range(12):
        year, month = first.year + (first.month - 1 + step) // 12, (first.month - 1 + step) % 12 + 1
        weeks = [
            [laid_out(day, breaks) if day.month == month else None for day in week]
            for week in Calendar().monthdatescalendar(year, month)
        ]
        yield Month(f"{names[month].capitalize()} {year}", weeks)


def laid_out(day: date, breaks: Sequence[BreakRow]) -> Day:
    """Say what a day is."""
    titles = [one.title for one in breaks if one.since_on <= day <= one.until_on]
    return Day(day.day, day.weekday() >= 5, day == dates.today(), titles)


def moving(tried: Tried) -> Iterator[dict[str, Any]]:
    """Name the tasks that would be due on another day."""
    found = list_heads(work(), [one.task_id for one in tried.next])
    heads, packs = {head.id: head for head in found}, packs_of(work(), {head.case_id for head in found})
    for one in tried.next:
        if one.task_id in heads:
            head = heads[one.task_id]
            name = packs[head.case_id].texts.say(head.name, current())
            yield {"name": name, "case": head.case_title, "was": one.was_due_at, "due": one.due_at}


@pages.errorhandler(Invalid)
@pages.errorhandler(Conflict)
def show_again(refusal: Invalid | Conflict) -> ResponseReturnValue:
    return again(refusal, lambda said: page(place_asked(request.form), said))
