"""Who decides on the pairs, what was decided, and the list of pairs to print."""

import uuid
from collections.abc import Iterator
from typing import Any

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import pgettext

from models.pairing import ProposalStatus
from webapp.pages.pairing.blueprint import Room, pages, show
from webapp.pages.pairing.board import say
from webapp.pages.programmes.desk import desk_for
from webapp.transaction import work
from webapp.words.papers import BODIES, OUTCOMES, name
from workflows.queries.pair_forming.decisions import (
    FormDecision,
    Route,
    list_decisions,
    list_routes,
    open_decision,
)
from workflows.queries.pair_forming.steps import Part, list_steps


@pages.get("/programmes/<uuid:programme_id>/pairing/decision")
def decision(programme_id: uuid.UUID) -> ResponseReturnValue:
    room = decided_room(programme_id)
    decided = list_decisions(work(), room.place)
    return show(
        "decision.html",
        room,
        decided=decided,
        routes={} if decided else list_routes(work(), room.place),
        route_words=route_words,
        steps=[one for one in list_steps(work(), room.place) if one.part is Part.DECISION],
        role=room.desk.role,
        **words_of_decisions(),
    )


@pages.get("/programmes/<uuid:programme_id>/pairing/decision/list")
def pair_list(programme_id: uuid.UUID) -> ResponseReturnValue:
    room = decided_room(programme_id)
    decided = list_decisions(work(), room.place)
    return show("pair_list.html", room, decided=decided, **words_of_decisions())


def decided_room(programme_id: uuid.UUID) -> Room:
    """Open the room to those who decide, and to those who oversee it."""
    place = open_decision(work(), programme_id)
    return Room(desk_for(programme_id, inside=False), place)


def words_of_decisions() -> dict[str, Any]:
    """Give the words in which decisions are told."""
    return {
        "body": lambda code: name(BODIES, code),
        "outcome": outcome_words,
        "status_words": {
            ProposalStatus.PROPOSED: pgettext("proposal", "waits for the decision"),
            ProposalStatus.APPROVED: pgettext("proposal", "approved"),
            ProposalStatus.REFUSED: pgettext("proposal", "not approved"),
        },
        "looks": {ProposalStatus.APPROVED: "is-good", ProposalStatus.REFUSED: "is-bad"},
        "say": say,
        "standing_of": standing,
    }


def outcome_words(code: str) -> str:
    """Name what a body decided."""
    return pgettext("decision", "ordered") if code == "ordered" else name(OUTCOMES, code)


def route_words(route: Route) -> Iterator[dict[str, str]]:
    """Tell the way of a decision, step by step."""
    if route.advice:
        yield {"what": _("is heard"), "who": name(BODIES, route.advice)}
    yield {"what": _("decides"), "who": name(BODIES, route.decider)}
    if route.agreement:
        yield {"what": _("agrees"), "who": name(BODIES, "curator")}
    if route.order:
        yield {"what": _("issues the order"), "who": name(BODIES, "head")}


def standing(one: FormDecision) -> tuple[str, str]:
    """Say in a word how the pairs of a form stand, and how that looks."""
    if one.are_formed:
        return pgettext("pairs", "the pairs have come about"), "is-good"
    if one.counts.get(ProposalStatus.PROPOSED):
        return pgettext("pairs", "being decided on"), "is-warning"
    if not one.approved:
        return pgettext("pairs", "not approved"), "is-bad"
    return pgettext("pairs", "approved"), "is-good"
