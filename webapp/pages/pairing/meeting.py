"""The general meeting: its plan and its guests, sheets to print, and the timer for the hall."""

import uuid

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from webapp.pages.pairing.blueprint import Room, pages, room_for, show
from webapp.pages.programmes.desk import frame
from webapp.transaction import work
from workflows.queries.pair_forming.meetings import Hall, find_meeting, get_hall
from workflows.queries.pair_forming.steps import Part, list_steps
from workflows.refusals import NotFound

MOST_TALKS = 300
"""So many talks stand on one page; a larger meeting is looked at round by round."""


@pages.get("/programmes/<uuid:programme_id>/pairing/meeting")
def meeting(programme_id: uuid.UUID) -> ResponseReturnValue:
    room = room_for(programme_id)
    found = find_meeting(work(), room.place)
    steps = [one for one in list_steps(work(), room.place) if one.part in (Part.MEETING, Part.CHOICES)]
    if found is None:
        return show("no_meeting.html", room, steps=steps, role=room.desk.role)
    hall = get_hall(work(), found)
    number = round_asked(hall)
    return show(
        "meeting.html",
        room,
        hall=hall,
        meeting=found,
        formats=formats(),
        steps=steps,
        role=room.desk.role,
        rounds={number: hall.rounds()[number]} if number else hall.rounds(),
        number=number,
        shows_one=number is not None,
    )


def round_asked(hall: Hall) -> int | None:
    """Say which round is looked at; all of them, where they are few."""
    wanted = request.args.get("round", type=int)
    if wanted and 1 <= wanted <= hall.plan.rounds:
        return wanted
    return 1 if len(hall.plan.talks) > MOST_TALKS else None


def formats() -> dict[str, str]:
    """Name the ways in which people meet."""
    return {
        "in_person": _("in one hall"),
        "video": _("by video"),
        "mixed": _("some in the hall, some by video"),
    }


@pages.get("/programmes/<uuid:programme_id>/pairing/meeting/slips")
def slips(programme_id: uuid.UUID) -> ResponseReturnValue:
    room, hall = opened(programme_id)
    by = request.args.get("by", "")
    return show(
        "slips.html", room, hall=hall, meeting=hall.meeting, by=by if by in ("tables", "rounds") else "people"
    )


@pages.get("/programmes/<uuid:programme_id>/pairing/meeting/timer")
def timer(programme_id: uuid.UUID) -> ResponseReturnValue:
    room, hall = opened(programme_id)
    return render_template(
        "pairing/timer.html", room=room, hall=hall, meeting=hall.meeting, **frame(room.desk)
    )


def opened(programme_id: uuid.UUID) -> tuple[Room, Hall]:
    """Open the plan of a meeting, if one is planned."""
    room = room_for(programme_id)
    found = find_meeting(work(), room.place)
    if found is None:
        raise NotFound(noun="pairing")
    return room, get_hall(work(), found)
