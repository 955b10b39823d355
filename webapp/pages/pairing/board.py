"""The board of proposals by mentee or by mentor, as a page and as a table; all mentors for one mentee."""

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Response, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp import tables, words
from webapp.pages.pairing.blueprint import Room, pages, room_for, show
from webapp.schemas.pairing import MENTORS, BoardQuery
from webapp.schemas.places import asked
from webapp.transaction import work
from workflows.queries.pair_forming.board import Board, get_board, list_mentee_rows, list_mentor_rows
from workflows.queries.pair_forming.choosing import list_candidates, with_others
from workflows.queries.pair_forming.filtering import BoardFilters, Shown
from workflows.queries.pair_forming.steps import Part, list_steps
from workflows.queries.pair_forming.undoing import find_last_act

PAGE = 40


@dataclass(frozen=True)
class Outcome:
    """What an act has come to: whether it was done, what is said of it, whose mentor is another one now."""

    text: str = ""
    is_done: bool = True
    changed: Collection[uuid.UUID] = field(default_factory=frozenset)


@pages.get("/programmes/<uuid:programme_id>/pairing/board")
def board(programme_id: uuid.UUID) -> ResponseReturnValue:
    return page(room_for(programme_id), Outcome())


def page(room: Room, outcome: Outcome, template: str = "board.html") -> str:
    """Make the board with what is looked for, and with what was just done."""
    wanted = asked(BoardQuery(), request.args)
    filters = BoardFilters(wanted["search"], wanted["form"], wanted["show"])
    found = get_board(work(), room.place)
    by_mentors = wanted["by"] == MENTORS
    rows = list_mentor_rows(found, filters) if by_mentors else list_mentee_rows(found, filters)
    shown, following = one_page(rows, wanted["after"])
    steps = list_steps(work(), room.place)
    return show(
        template,
        room,
        board=found,
        rows=shown if by_mentors else with_others(work(), found, shown),
        left=left_rows(found) if by_mentors else (),
        total=len(rows),
        by_mentors=by_mentors,
        wanted=wanted,
        kept=kept(wanted),
        ways=list(ways(room, wanted)),
        shows=shows(),
        outcome=outcome,
        last=find_last_act(work(), found) if room.place.may_act else None,
        review=next((one for one in steps if one.part is Part.PROPOSALS), None),
        say=say,
        is_first=wanted["after"] is None,
        next_address=address(room, wanted, after=following) if following else None,
        is_filtered=bool(wanted["search"] or wanted["form"] or wanted["show"] is not Shown.ALL),
    )


def one_page(rows: Sequence[Any], after: uuid.UUID | None) -> tuple[Sequence[Any], uuid.UUID | None]:
    """Cut the page out of all rows that begins after one of them, and say where the next one begins."""
    ids = [id_of(row) for row in rows]
    first = ids.index(after) + 1 if after in ids else 0
    shown = rows[first : first + PAGE]
    return shown, id_of(shown[-1]) if first + PAGE < len(rows) else None


def id_of(row: Any) -> uuid.UUID:
    """Return whose row it is."""
    found: uuid.UUID = (row.mentee if hasattr(row, "mentee") else row.mentor).id
    return found


def left_rows(found: Board) -> Sequence[Any]:
    """List the mentees without a mentor: beside the mentors they can be given to one."""
    return list_mentee_rows(found, BoardFilters(show=Shown.LEFT))[:PAGE]


def address(room: Room, wanted: Mapping[str, Any], **changed: Any) -> str:
    """Write the address of the board with these filters."""
    return url_for("pairing.board", programme_id=room.id, **(kept(wanted) | changed))


def kept(wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Write the filters for an address, leaving out the usual ones."""
    show_only = wanted["show"].value if wanted["show"] is not Shown.ALL else None
    by = MENTORS if wanted["by"] == MENTORS else None
    found = {"by": by, "search": wanted["search"] or None, "form": wanted["form"] or None, "show": show_only}
    return found | {"after": wanted["after"]}


def ways(room: Room, wanted: Mapping[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """List the ways to look at the board: name, address, whether it is this one."""
    for name, by in ((_("By mentee"), None), (_("By mentor"), MENTORS)):
        is_here = (wanted["by"] == MENTORS) == (by == MENTORS)
        yield name, address(room, wanted, by=by, after=None), is_here


def shows() -> dict[str, str]:
    """Name which rows can be looked at."""
    return {
        Shown.ALL.value: _("All"),
        Shown.PINNED.value: _("Pinned by the curator"),
        Shown.DOUBTFUL.value: _("Something speaks against it"),
        Shown.LEFT.value: _("Nobody found yet"),
    }


def say(reason: Mapping[str, Any]) -> str:
    """Put a reason into words."""
    return words.say(reason["code"], **{name: value for name, value in reason.items() if name != "code"})


@pages.get("/programmes/<uuid:programme_id>/pairing/board.csv")
def export(programme_id: uuid.UUID) -> Response:
    room = room_for(programme_id)
    wanted = asked(BoardQuery(), request.args)
    filters = BoardFilters(wanted["search"], wanted["form"], wanted["show"])
    head = [_("Mentee"), _("Form of mentoring"), _("Mentor"), _("Points")]
    head += [_("What speaks for it"), _("What speaks against it"), _("Pinned"), _("Why without a mentor")]
    rows = list_mentee_rows(get_board(work(), room.place), filters)[: tables.MOST_ROWS]
    return tables.table("proposals", head, (cells for row in rows for cells in cells_of(room, row)))


def cells_of(room: Room, row: Any) -> Iterator[tuple[str, ...]]:
    """Write a mentee as rows of a table, one for each mentor."""
    who = (row.mentee.name, room.form(row.mentee.forms[0]))
    if not row.matches:
        yield (*who, "", "", "", "", "", "; ".join(map(say, row.left)))
    for match in row.matches:
        one = match.proposal
        reasons = ("; ".join(map(say, one.reasons)), "; ".join(map(say, one.against)))
        pinned = _("yes") if one.is_pinned else ""
        yield (*who, match.mentor.name, points(one.score), *reasons, pinned, "")


def points(score: float) -> str:
    """Write how many points two people have together."""
    return str(round(score))


@pages.get("/programmes/<uuid:programme_id>/pairing/mentees/<uuid:entry_id>")
def choose(programme_id: uuid.UUID, entry_id: uuid.UUID) -> ResponseReturnValue:
    return choice_page(room_for(programme_id), entry_id, Outcome())


def choice_page(room: Room, entry_id: uuid.UUID, outcome: Outcome) -> str:
    """Make the page on which a mentee gets another mentor."""
    row, candidates = list_candidates(work(), get_board(work(), room.place), entry_id)
    return show(
        "choose.html",
        room,
        row=row,
        fit=[one for one in candidates if one.obstacle is None],
        unfit=[one for one in candidates if one.obstacle is not None],
        obstacle=lambda code: words.say(f"cannot_pin_{code}"),
        free_words=free_words,
        outcome=outcome,
        kept=kept(asked(BoardQuery(), request.args)),
        say=say,
    )


def free_words(number: int) -> str:
    """Say how many places a mentor has left."""
    return ngettext("%(num)d free place", "%(num)d free places", number) if number else _("no free place")
