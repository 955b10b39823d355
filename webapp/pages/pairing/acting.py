"""What the curator does on the board: pin, keep apart, take back, move, undo, propose anew."""

import uuid
from collections.abc import Callable, Mapping
from datetime import datetime

from flask import flash, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp import refusals
from webapp.pages.pairing.blueprint import SHOWN_AGAIN, pages, room_for
from webapp.pages.pairing.board import Outcome, choice_page, kept, page
from webapp.pages.shown_again import chosen
from webapp.schemas.pairing import BoardQuery
from webapp.schemas.places import asked
from webapp.transaction import work
from workflows.operations import pairing
from workflows.queries.pair_forming.overtaken import Seen
from workflows.queries.pair_forming.people import list_mentees, list_mentors
from workflows.queries.pairing import get_pairing
from workflows.refusals import Complaint, Conflict, Invalid, Refusal

Pairs = Mapping[uuid.UUID, frozenset[uuid.UUID]]


@pages.post("/programmes/<uuid:programme_id>/pairing/pin")
def pin(programme_id: uuid.UUID) -> ResponseReturnValue:
    mentee, mentor = given("mentee"), given("mentor")
    return act(
        programme_id,
        lambda: pairing.pin(work(), programme_id, mentee, mentor, seen=seen()),
        lambda: _("%(mentee)s and %(mentor)s stay together.", **names(mentee, mentor)),
    )


@pages.post("/programmes/<uuid:programme_id>/pairing/forbid")
def forbid(programme_id: uuid.UUID) -> ResponseReturnValue:
    mentee, mentor = given("mentee"), given("mentor")
    return act(
        programme_id,
        lambda: pairing.forbid(work(), programme_id, mentee, mentor, seen=seen()),
        lambda: _("%(mentee)s and %(mentor)s are not proposed to each other.", **names(mentee, mentor)),
    )


@pages.post("/programmes/<uuid:programme_id>/pairing/unmark")
def unmark(programme_id: uuid.UUID) -> ResponseReturnValue:
    mentee, mentor = given("mentee"), given("mentor")
    return act(
        programme_id,
        lambda: pairing.unmark(work(), programme_id, mentee, mentor),
        lambda: _("The word on %(mentee)s and %(mentor)s is taken back.", **names(mentee, mentor)),
    )


@pages.post("/programmes/<uuid:programme_id>/pairing/move")
def move(programme_id: uuid.UUID) -> ResponseReturnValue:
    mentee, to, before = given("mentee"), given("to"), chosen(request.form.get("seen"))

    def do() -> uuid.UUID:
        if before is None:
            return pairing.pin(work(), programme_id, mentee, to, seen=seen())
        return pairing.move(work(), programme_id, mentee, from_mentor_id=before, to_mentor_id=to, seen=seen())

    told = lambda: _("%(mentee)s has %(mentor)s as the mentor now.", **names(mentee, to))  # noqa: E731
    return act(programme_id, do, told)


@pages.post("/programmes/<uuid:programme_id>/pairing/undo")
def undo(programme_id: uuid.UUID) -> ResponseReturnValue:
    try:
        at = datetime.fromisoformat(request.form.get("at", ""))
    except ValueError:
        raise Conflict("last_act_is_another") from None
    return act(
        programme_id,
        lambda: pairing.undo(work(), programme_id, at),
        lambda: _("The last step is taken back."),
    )


@pages.post("/programmes/<uuid:programme_id>/pairing/propose")
def propose(programme_id: uuid.UUID) -> ResponseReturnValue:
    groups = request.form.getlist("groups")
    return act(
        programme_id,
        lambda: pairing.propose_pairs(work(), programme_id, groups=groups),
        lambda: _("The pairs are proposed anew."),
    )


def given(name: str) -> uuid.UUID:
    """Read whom the act is about."""
    found = chosen(request.form.get(name))
    if found is None:
        raise Invalid({name: [Complaint("nobody_chosen")]})
    return found


def seen() -> Seen | None:
    """Read with whom the curator saw the mentee, if the page said so."""
    return Seen(chosen(request.form["seen"])) if "seen" in request.form else None


def names(mentee: uuid.UUID, mentor: uuid.UUID) -> dict[str, str]:
    """Name two people."""
    found = list_mentees(work(), [mentee]) | list_mentors(work(), [mentor])
    return {"mentee": found[mentee].name, "mentor": found[mentor].name}


def act(programme_id: uuid.UUID, do: Callable[[], object], told: Callable[[], str]) -> ResponseReturnValue:
    """Do it, and show the board with what came of it."""
    before = proposed(programme_id)
    do()
    after = proposed(programme_id)
    changed = {one for one in before.keys() | after.keys() if before.get(one) != after.get(one)}
    text = f"{told()} {others(changed)}"
    if request.headers.get("HX-Request"):
        return page(room_for(programme_id), Outcome(text, True, changed), "board_part.html")
    flash(text, "is-good")
    place = url_for("pairing.board", programme_id=programme_id, **kept(asked(BoardQuery(), request.args)))
    mentee = chosen(request.form.get("mentee"))
    return redirect(f"{place}#row-{mentee}" if mentee else place, 303)


def proposed(programme_id: uuid.UUID) -> Pairs:
    """Read who is proposed to whom."""
    found: dict[uuid.UUID, set[uuid.UUID]] = {}
    for one in get_pairing(work(), programme_id).proposals:
        found.setdefault(one.mentee_entry_id, set()).add(one.mentor_entry_id)
    return {mentee: frozenset(mentors) for mentee, mentors in found.items()}


def others(changed: set[uuid.UUID]) -> str:
    """Say how much else has changed: everything is arranged around what the curator says."""
    number = len(changed - {chosen(request.form.get("mentee"))})
    if not number:
        return _("Nothing else has changed.")
    return ngettext(
        "For %(num)d other mentee the proposal has changed too.",
        "For %(num)d other mentees the proposals have changed too.",
        number,
    )


def again(refusal: Invalid | Conflict) -> ResponseReturnValue:
    """Show the board as it is now, with why nothing was done."""
    if refusals.wants_data():
        return refusals.refuse(refusal)
    problem = refusals.problem_of(refusal)
    text = " ".join(sentence for found in problem.fields.values() for sentence in found) or problem.text
    outcome = Outcome(text, False)
    try:
        return make_response(page_again(outcome), problem.status)
    except Refusal as other:
        return refusals.refuse(other)


def page_again(outcome: Outcome) -> str:
    """Make the page from which the act came."""
    room = room_for((request.view_args or {})["programme_id"])
    if request.headers.get("HX-Request"):
        return page(room, outcome, "board_part.html")
    mentee = chosen(request.form.get("mentee"))
    if mentee and request.form.get("from") == "choose" and room.place.may_act:
        return choice_page(room, mentee, outcome)
    return page(room, outcome)


for _endpoint in ("pin", "forbid", "unmark", "move", "undo", "propose"):
    SHOWN_AGAIN[f"pairing.{_endpoint}"] = again
