"""The pages about forming pairs, what stands around them, and how an act that was refused is shown again."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp import refusals
from webapp.pages.programmes.desk import Desk, desk_for, frame
from webapp.transaction import work
from workflows.queries.pair_forming.decisions import sees_board
from workflows.queries.pair_forming.place import PairingPlace, open_place
from workflows.refusals import Conflict, Invalid

pages = Blueprint("pairing", __name__)

SHOWN_AGAIN: dict[str, Callable[[Invalid | Conflict], ResponseReturnValue]] = {}
"""For each endpoint that acts: what makes the page that says why nothing was done."""


@dataclass(frozen=True)
class Room:
    """The pairs of a programme before their reader."""

    desk: Desk
    place: PairingPlace

    @property
    def id(self) -> uuid.UUID:
        return self.place.programme.id

    def form(self, code: str) -> str:
        """Name a form of mentoring."""
        return self.desk.say(self.place.forms.get(code, code))

    def tabs(self) -> Iterator[tuple[str, str, bool]]:
        """List the pages about forming pairs: name, address, whether it is this one."""
        names = {"decision": _("Decision and order")}
        if sees_board(work(), self.place):
            names = {
                "overview": _("How far it is"),
                "meeting": _("General meeting"),
                "board": _("Proposals"),
            } | names
        here = (request.endpoint or "").partition(".")[2]
        shown = {"choose": "board", "again": "board"}.get(here, here)
        for endpoint, name in names.items():
            yield name, url_for(f"pairing.{endpoint}", programme_id=self.id), shown == endpoint


def room_for(programme_id: uuid.UUID) -> Room:
    """Open the room to whoever may see what is proposed."""
    place = open_place(work(), programme_id)
    return Room(desk_for(programme_id, inside=False), place)


def show(template: str, room: Room, **shown: Any) -> str:
    """Make a page about forming pairs."""
    return render_template(
        f"pairing/{template}",
        room=room,
        place=room.place,
        pairing_tabs=list(room.tabs()),
        **frame(room.desk),
        **shown,
    )


@pages.errorhandler(Invalid)
@pages.errorhandler(Conflict)
def show_again(refusal: Invalid | Conflict) -> ResponseReturnValue:
    page = SHOWN_AGAIN.get(request.endpoint or "")
    return page(refusal) if page else refusals.refuse(refusal)
