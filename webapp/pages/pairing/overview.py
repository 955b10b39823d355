"""How far a programme has come on the way to its pairs, and whose turn it is."""

import uuid
from collections.abc import Iterator
from typing import Any

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp import dates
from webapp.pages.pairing.blueprint import Room, pages, room_for, show
from webapp.transaction import work
from workflows.queries.pair_forming.overview import Overview, get_overview
from workflows.queries.pair_forming.steps import Part


@pages.get("/programmes/<uuid:programme_id>/pairing")
def overview(programme_id: uuid.UUID) -> ResponseReturnValue:
    room = room_for(programme_id)
    found = get_overview(work(), room.place)
    return show(
        "overview.html",
        room,
        overview=found,
        way=list(way(room, found)),
        figures=list(figures(room, found)),
        role=room.desk.role,
    )


def way(room: Room, found: Overview) -> Iterator[dict[str, Any]]:
    """Give the parts of the way to pairs, each with its state and what there is to say of it."""
    parts = list(parts_of(room, found))
    now = next((number for number, part in enumerate(parts) if part[2] == "now"), None)
    for number, (name, endpoint, state, note) in enumerate(parts):
        # What lies before the part under way and was not needed is left out, as talks leave out a meeting.
        is_behind = now is not None and number < now and state == "ahead"
        address = url_for(f"pairing.{endpoint}", programme_id=room.id)
        yield {
            "name": name,
            "address": address,
            "state": "passed" if is_behind else state,
            "note": note,
        }


def parts_of(room: Room, found: Overview) -> Iterator[tuple[str, str, str, str]]:
    """Give the parts of the way: name, page, state, note."""
    yield _("General meeting"), "meeting", meeting_state(found), meeting_note(found)
    yield _("Choices"), "meeting", choices_state(found), choices_note(found)
    yield _("Proposals"), "board", proposals_state(room, found), proposals_note(found)
    yield _("Decision"), "decision", decision_state(room, found), decision_note(found)
    yield _("Pairs"), "decision", "done" if found.formed else "ahead", pairs_note(found)


def meeting_state(found: Overview) -> str:
    """Say how the general meeting stands."""
    if found.meeting and found.meeting.asked_at:
        return "done"
    return "now" if found.meeting or found.step(Part.MEETING) else "ahead"


def meeting_note(found: Overview) -> str:
    """Say when the meeting is."""
    return dates.moment(found.meeting.held_at) if found.meeting else ""


def choices_state(found: Overview) -> str:
    """Say how the collection of choices stands."""
    if found.meeting and found.meeting.closed_at:
        return "done"
    return "now" if found.meeting and found.meeting.asked_at else "ahead"


def choices_note(found: Overview) -> str:
    """Say how many have chosen."""
    if not found.asked:
        return ""
    return _("%(answered)s of %(asked)s have answered", answered=found.answered, asked=found.asked)


def proposals_state(room: Room, found: Overview) -> str:
    """Say how the proposals stand."""
    if room.place.run and room.place.run.submitted_at:
        return "done"
    return "now" if found.step(Part.PROPOSALS) else "ahead"


def proposals_note(found: Overview) -> str:
    """Say how many pairs are proposed, and who is left."""
    if not found.proposed and not found.mentees_left:
        return ""
    said = ngettext("%(num)d pair", "%(num)d pairs", found.proposed)
    left = ngettext("%(num)d mentee left", "%(num)d mentees left", found.mentees_left)
    return f"{said}, {left}" if found.mentees_left else said


def decision_state(room: Room, found: Overview) -> str:
    """Say how the decision stands."""
    if found.step(Part.DECISION):
        return "now"
    is_over = room.place.run and room.place.run.submitted_at and not found.undecided
    return "done" if is_over and found.proposed else "ahead"


def decision_note(found: Overview) -> str:
    """Say how many pairs are approved, and how many are not."""
    if not found.approved and not found.refused:
        return ""
    said = ngettext("%(num)d approved", "%(num)d approved", found.approved)
    against = ngettext("%(num)d not approved", "%(num)d not approved", found.refused)
    return f"{said}, {against}" if found.refused else said


def pairs_note(found: Overview) -> str:
    """Say how many pairs have come about."""
    return ngettext("%(num)d formed", "%(num)d formed", found.formed) if found.formed else ""


def figures(room: Room, found: Overview) -> Iterator[dict[str, Any]]:
    """Give the numbers of those who wait, each leading to their base."""
    mentees = url_for("mentees.show", programme_id=room.id)
    mentors = url_for("mentors.show", programme_id=room.id)
    words = ngettext("mentee waits for a mentor", "mentees wait for a mentor", found.mentees_waiting)
    yield {"number": found.mentees_waiting, "words": words, "address": mentees}
    words = ngettext("mentor is ready to take somebody", "mentors are ready", found.mentors_ready)
    yield {"number": found.mentors_ready, "words": words, "address": mentors}
    if found.pinned:
        words = ngettext("pair pinned by the curator", "pairs pinned by the curator", found.pinned)
        address = url_for("pairing.board", programme_id=room.id, show="pinned")
        yield {"number": found.pinned, "words": words, "address": address}
    if found.mentees_left and room.place.is_open:
        words = ngettext("mentee without a proposal", "mentees without a proposal", found.mentees_left)
        address = url_for("pairing.board", programme_id=room.id, show="left")
        yield {"number": found.mentees_left, "words": words, "address": address, "look": "is-warning"}
