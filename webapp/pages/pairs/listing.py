"""The pairs that the reader may see, as a page."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext, pgettext

from models.meetings import MeetingKind
from webapp import dates, words
from webapp.languages import current
from webapp.pages.pairs.blueprint import pages
from webapp.schemas.pairs import PairsQuery
from webapp.schemas.places import asked
from webapp.transaction import work
from webapp.words import meetings
from workflows.access.rules import OVERSEERS
from workflows.queries.definitions import LoadedPack
from workflows.queries.names import packs_of
from workflows.queries.pair_list import (
    COUNTED,
    Group,
    PairChoice,
    PairRow,
    PairsWanted,
    count_pairs,
    list_choices,
    list_pairs,
)
from workflows.queries.pair_steps import PairStep
from workflows.queries.pair_ways import State


@dataclass(frozen=True)
class Row:
    """One pair in the list, in the reader's language."""

    pair: PairRow
    people: str
    form: str
    status: str
    look: str
    place: str
    """Where in the five meetings it is, in words."""
    number: int
    step: str
    step_who: str
    silence: str


@pages.get("/pairs")
def show() -> ResponseReturnValue:
    wanted = asked(PairsQuery(), request.args)
    found, following = list_pairs(work(), chosen(wanted), after=wanted["after"])
    if len(found) == 1 and not request.args and not oversees():
        return redirect(url_for("pairs.one", pair_id=found[0].id))
    rows, choices = rows_of(found), list_choices(work()) if oversees() else []
    is_whole = following is None and wanted["after"] is None
    return render_template(
        "pairs/list.html",
        wanted=wanted,
        rows=rows,
        is_first=wanted["after"] is None,
        is_filtered=bool(filters(wanted)),
        tabs=list(tabs(wanted)),
        programmes=programmes(choices),
        forms=forms(choices, rows),
        total=total_words(wanted, len(rows) if is_whole else None),
        oversees=oversees(),
        several_programmes=len({row.pair.programme for row in rows}) > 1,
        next_address=address(wanted, after=following) if following else None,
        first_address=address(wanted),
        table_address=url_for("pairs.export", **filters(wanted)),
    )


def oversees() -> bool:
    """Say whether the reader looks after the pairs of others."""
    return bool(set(OVERSEERS) & {role.name for role in work().actor.roles})


def chosen(wanted: dict[str, Any]) -> PairsWanted:
    """Put what the address asks for into the words of the query."""
    return PairsWanted(
        wanted["group"], wanted["programme"], wanted["form"], wanted["silent"], wanted["search"]
    )


def filters(wanted: dict[str, Any], **changed: Any) -> dict[str, Any]:
    """List the filters of an address, leaving out the usual ones."""
    known = {
        "group": wanted["group"].value if wanted["group"] else None,
        "programme": wanted["programme"],
        "form": wanted["form"] or None,
        "silent": "1" if wanted["silent"] else None,
        "search": wanted["search"] or None,
    }
    return {name: value for name, value in (known | changed).items() if value is not None}


def address(wanted: dict[str, Any], **changed: Any) -> str:
    """Write the address of the list with these filters."""
    return url_for("pairs.show", **filters(wanted, **changed))


def tabs(wanted: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """List the ways to look at the pairs: name, address, whether it is this one."""
    names = {
        Group.FORMING: _("Coming together"),
        Group.WORKING: _("At work"),
        Group.PAUSED: pgettext("pairs", "Paused"),
        Group.ENDED: pgettext("pairs", "Ended"),
    }
    yield _("All of them"), address(wanted, group=None), wanted["group"] is None
    for group in Group:
        yield names[group], address(wanted, group=group.value), wanted["group"] is group


def programmes(choices: Sequence[PairChoice]) -> list[tuple[uuid.UUID, str]]:
    """List the programmes to choose from, if there are several."""
    found = {one.programme_id: one.programme for one in choices}
    return list(found.items()) if len(found) > 1 else []


def forms(choices: Sequence[PairChoice], rows: Sequence[Row]) -> list[tuple[str, str]]:
    """List the forms of mentoring to choose from, in the reader's language."""
    case_id = next((row.pair.case_id for row in rows), None)
    pack = packs_of(work(), {case_id}).get(case_id) if case_id else None
    found = {one.form: say(pack, one.form_title) for one in choices if one.form}
    return sorted(found.items(), key=lambda one: one[1])


def say(pack: LoadedPack | None, text: str) -> str:
    """Say a text of the pack in the reader's language."""
    return pack.texts.say(text, current()) if pack else text


def total_words(wanted: dict[str, Any], known: int | None) -> str:
    """Say how many pairs there are; counted only when one page does not hold them."""
    number = count_pairs(work(), chosen(wanted)) if known is None else known
    if number > COUNTED:
        return _("more than %(number)s pairs", number=COUNTED)
    return ngettext("%(num)d pair", "%(num)d pairs", number) if number else ""


def rows_of(found: list[PairRow]) -> list[Row]:
    """Put pairs into the reader's language."""
    packs = packs_of(work(), {one.case_id for one in found})
    return [row_of(one, packs.get(one.case_id)) for one in found]


def row_of(one: PairRow, pack: LoadedPack | None) -> Row:
    """Put a pair into the reader's language."""
    now = next((number for number, step in enumerate(one.way, start=1) if step.state is State.NOW), 0)
    return Row(
        pair=one,
        people=" – ".join(filter(None, (", ".join(one.mentors), ", ".join(one.mentees)))) or one.title,
        form=say(pack, one.form_title),
        status=str(meetings.STATUSES[one.status]),
        look=meetings.LOOKS.get(one.status, ""),
        place=str(meetings.KINDS[list(MeetingKind)[now - 1]]) if now else "",
        number=now,
        step=say(pack, one.step.name) if one.step else "",
        step_who=who(one.step, pack) if one.step else "",
        silence=silence(one.last_met_on or one.formed_on) if one.is_silent else "",
    )


def who(step: PairStep, pack: LoadedPack | None) -> str:
    """Say whose turn it is."""
    if step.is_own:
        return _("You")
    return step.who or words.role(step.role, pack.settings.roles if pack else {}, current())


def silence(since: date) -> str:
    """Say for how long nobody has met."""
    days = (dates.today() - since).days
    return ngettext("no meeting for %(num)d day", "no meeting for %(num)d days", days)
