"""Somebody's own calendar for the programs that show calendars: whoever knows its address may read it."""

from datetime import date, datetime, timedelta

from flask import Blueprint, Response, abort, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale
from flask_babel import gettext as _
from icalendar import Calendar
from icalendar import Event as Entry

from webapp import dates
from webapp.languages import LANGUAGES, current, zone
from webapp.transaction import clock, session
from workflows.queries.definitions import load_pack
from workflows.queries.feeds import Event, Reader, find_reader, list_events
from workflows.queries.own_meetings import GENERAL
from workflows.work import Work

pages = Blueprint("feeds", __name__)

CALENDAR = "text/calendar; charset=utf-8"
ASKED_AGAIN_AFTER = timedelta(hours=4)


@pages.get("/calendar/<secret>.ics")
def read(secret: str) -> ResponseReturnValue:
    reader = find_reader(session(), secret)
    if reader is None:
        abort(404)
    work = Work(session(), reader.actor, clock())
    language = reader.actor.language
    with force_locale(language if language in LANGUAGES else "ru"):
        answer = Response(calendar(work, reader), content_type=CALENDAR)
    # Programs ask every few hours: what is as before travels as a few bytes. There is no date of the last
    # change, because something that is gone has none.
    answer.add_etag()
    return answer.make_conditional(request)


def calendar(work: Work, reader: Reader) -> bytes:
    """Write the calendar; the same content is always the same bytes."""
    today = dates.now().astimezone(zone(reader.time_zone)).date()
    made = Calendar()
    made.add("prodid", "-//Tandem//Calendar//RU")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", "Tandem")
    made.add("refresh-interval", ASKED_AGAIN_AFTER, {"value": "DURATION"})
    for event in list_events(work, today):
        made.add_component(entry(work, event))
    return bytes(made.to_ical())


def entry(work: Work, event: Event) -> Entry:
    """Write one event. Its title may stand on a locked screen: it names nobody."""
    made = Entry()
    made.add("uid", f"{event.uid}@tandem")
    made.add("dtstamp", event.written_at)
    made.add("summary", title(work, event))
    made.add("class", "PRIVATE")
    address = place(event)
    made.add("url", address)
    made.add("description", _("Open it in Tandem: %(address)s", address=address))
    if event.kind == GENERAL and event.at:
        made.add("dtstart", utc(event.at))
    else:
        # A day of its own, at which its owner is not taken for busy.
        whole_day(made, event.on)
        made.add("transp", "TRANSPARENT")
    return made


def title(work: Work, event: Event) -> str:
    """Name an event without naming people."""
    if event.kind == GENERAL:
        return _("General meeting")
    if event.kind == "task" and event.pack_version_id:
        name = load_pack(work, event.pack_version_id).texts.say(event.name, current())
        hour = event.at.strftime("%H:%M") if event.at else ""
        return _("Due by %(time)s: %(task)s", time=hour, task=name)
    return _("Meeting with my mentee") if event.role == "mentor" else _("Meeting with my mentor")


def place(event: Event) -> str:
    """Return where more stands for those who may see it."""
    if event.kind == "task":
        return url_for("tasks.show", task_id=event.id, _external=True)
    if event.id:
        return url_for("pairs.one", pair_id=event.id, _external=True)
    return url_for("today.show", _external=True)


def whole_day(made: Entry, on: date) -> None:
    """Let an event last from a day to the next."""
    made.add("dtstart", on)
    made.add("dtend", on + timedelta(days=1))


def utc(at: datetime) -> datetime:
    """Return an instant in the zone that every calendar knows."""
    return at.astimezone(zone("UTC"))
