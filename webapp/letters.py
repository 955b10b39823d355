"""Letters in words: what to do, by when, and where to look. No answers, no names of those it is about."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from flask import Flask, render_template, url_for
from flask_babel import force_locale, get_locale, ngettext
from flask_babel import gettext as _

from models.letters import Letter, LetterKind
from models.organisations import Organisation
from webapp.languages import LANGUAGES, current, zone
from workflows.operations.letters import Said
from workflows.queries.definitions import load_pack
from workflows.queries.digests import Gathered, gather, morning_of
from workflows.queries.names import get_home
from workflows.queries.notices import count_unread
from workflows.queries.own_meetings import GENERAL
from workflows.queries.task_lines import TaskLine, find_line, has_comment
from workflows.work import Actor, Work

Item = tuple[str, str]
"""A line of a letter, and where it leads."""


@dataclass(frozen=True)
class Draft:
    """What a letter says, before it takes one of its two forms."""

    subject: str
    opening: str
    sections: Sequence[tuple[str, Sequence[Item]]] = ()
    button: Item = ("", "")
    paragraphs: Sequence[str] = field(default=())


class Writer:
    """Puts letters into words outside of any request, with links to the public address."""

    def __init__(self, app: Flask, address: str) -> None:
        self._app, self._address = app, address

    def __call__(self, work: Work, letter: Letter) -> Said | None:
        with self._app.test_request_context(base_url=self._address):
            return put_into_words(work, letter)


def put_into_words(work: Work, letter: Letter) -> Said | None:
    """Say a letter in the language of its reader; None if by now there is nothing to say."""
    with force_locale(letter.language if letter.language in LANGUAGES else "ru"):
        draft = _DRAFTS[letter.kind](work, letter)
        if draft is None:
            return None
        off_address = url_for("notifications.show", _external=True)
        html = render_template("letters/mail.html", draft=draft, off_address=off_address, language=current())
        return Said(draft.subject, plain(draft, off_address), html, off_address)


def plain(draft: Draft, off_address: str) -> str:
    """Write a letter for readers without pictures and colours."""
    words, link = draft.button
    parts = [_("Good day!"), draft.opening, *draft.paragraphs]
    for heading, items in draft.sections:
        parts.append("\n".join((heading, *(f"– {text}\n  {address}" for text, address in items))))
    parts.append(f"{words}: {link}")
    parts.append(
        "-- \n"
        + _("Tandem sent this letter by itself. Choose which letters come to you:")
        + f"\n{off_address}"
    )
    return "\n\n".join(parts) + "\n"


def _task_letter(subject: str, opening: str) -> Callable[[Work, Letter], Draft | None]:
    """Make what words a letter about one task; both are keys of `_OPENINGS`."""

    def draft(work: Work, letter: Letter) -> Draft | None:
        line = find_line(work, uuid.UUID(letter.about["task"]), letter.person_id)
        if line is None or ("comment" in letter.about and not _still_said(work, letter)):
            return None
        name = _name(work, line)
        words = _openings(name)
        by = due_words(line, _zone(work, letter))
        address = url_for("tasks.show", task_id=line.id, _external=True)
        paragraphs = [_("Deadline: %(due)s.", due=by)] if by else []
        return Draft(words[subject], words[opening], (), (_("Open the task"), address), paragraphs)

    return draft


def _openings(name: str) -> Mapping[str, str]:
    return {
        "new": _("A new task: %(task)s", task=name),
        "new_opening": _("A new task waits for you: “%(task)s”.", task=name),
        "given": _("You were given a task: %(task)s", task=name),
        "given_opening": _("A colleague has given you the task “%(task)s”.", task=name),
        "overdue": _("Overdue: %(task)s", task=name),
        "overdue_opening": _(
            "The deadline of your task “%(task)s” has passed. If something keeps you, say so under the task.",
            task=name,
        ),
        "comment": _("A new remark: %(task)s", task=name),
        "comment_opening": _("Somebody has written something under the task “%(task)s”.", task=name),
    }


def _still_said(work: Work, letter: Letter) -> bool:
    return has_comment(work, uuid.UUID(letter.about["comment"]))


def _notice(work: Work, letter: Letter) -> Draft | None:
    number = count_unread(Work(work.session, Actor(letter.person_id, ""), work.clock))
    if not number:
        return None
    address = url_for("notices.show", _external=True)
    opening = _("One of your cases has told you something. What it is stands under “Notices”.")
    return Draft(_("News in Tandem"), opening, (), (_("Read the notices"), address))


def _meeting(work: Work, letter: Letter) -> Draft | None:
    on = date.fromisoformat(letter.about["on"])
    if on < work.now().astimezone(_zone(work, letter)).date():
        return None
    opening = meeting_words(on, letter.about["kind"])
    return Draft(
        _("You have a meeting on %(day)s", day=_day(on)),
        opening,
        (),
        (_("Open it in Tandem"), _meeting_address(letter)),
    )


def _meeting_address(letter: Letter) -> str:
    if letter.about.get("pair"):
        return url_for("pairs.one", pair_id=letter.about["pair"], _external=True)
    return url_for("today.show", _external=True)


def meeting_words(on: date, kind: str) -> str:
    """Say what meeting it is, without those who come."""
    if kind == GENERAL:
        return _("General meeting: %(day)s.", day=_weekday(on))
    return _("Meeting of your pair: %(day)s.", day=_weekday(on))


def _digest(work: Work, letter: Letter) -> Draft | None:
    organisation = work.session.get_one(Organisation, letter.organisation_id)
    since = datetime.fromisoformat(letter.about["since"])
    morning = morning_of(organisation, since, letter.asked_at)
    gathered = gather(work, letter.person_id, morning)
    if gathered.is_empty:
        return None
    sections = list(_sections(work, gathered, _zone(work, letter)))
    subject = _("Your day in Tandem: %(day)s", day=_day(morning.on))
    opening = _("This is what waits for you today, %(day)s.", day=_weekday(morning.on))
    return Draft(subject, opening, sections, (_("Open my day"), url_for("today.show", _external=True)))


def _sections(work: Work, gathered: Gathered, here: ZoneInfo) -> list[tuple[str, Sequence[Item]]]:
    meetings = [
        (meeting_words(on, kind), url_for("today.show", _external=True)) for on, kind in gathered.meetings
    ]
    number = gathered.notices
    told = ngettext("%(num)d new notice", "%(num)d new notices", number)
    found: list[tuple[str, Sequence[Item]]] = [
        (_("Meetings"), meetings),
        (_("Due today or before"), _items(work, gathered.pressing, here)),
        (_("Given to you"), _items(work, gathered.given, here)),
        (_("New tasks"), _items(work, gathered.new, here)),
        (_("New remarks"), _items(work, gathered.talked_of, here)),
        (_("From your cases"), [(told, url_for("notices.show", _external=True))] if number else []),
    ]
    return [(heading, items) for heading, items in found if items]


def _items(work: Work, lines: Sequence[TaskLine], here: ZoneInfo) -> list[Item]:
    """Write tasks as lines; those of one name and one deadline are one line that leads to the inbox."""
    alike: dict[tuple[str, str], list[TaskLine]] = {}
    for line in lines:
        alike.setdefault((_name(work, line), due_words(line, here)), []).append(line)
    return [_item(name, due, found) for (name, due), found in alike.items()]


def _item(name: str, due: str, lines: Sequence[TaskLine]) -> Item:
    number = len(lines)
    many = ngettext("%(num)d task", "%(num)d tasks", number) if number > 1 else ""
    text = ": ".join(filter(None, (name, ", ".join(filter(None, (many, due))))))
    if many:
        return text, url_for("tasks.inbox", _external=True)
    return text, url_for("tasks.show", task_id=lines[0].id, _external=True)


def due_words(line: TaskLine, here: ZoneInfo) -> str:
    """Say by when a task is to be done, by the clock of its reader's organisation."""
    if line.due_at is None:
        return ""
    local = line.due_at.astimezone(here)
    time = format_time(local, "HH:mm", tzinfo=here, locale=get_locale())
    # The last minute of a day means: on that day.
    at = _day(local.date()) if time == "23:59" else f"{_day(local.date())}, {time}"
    return _("overdue since %(moment)s", moment=at) if line.is_overdue else _("by %(moment)s", moment=at)


def _name(work: Work, line: TaskLine) -> str:
    return load_pack(work, line.pack_version_id).texts.say(line.name, current())


def _zone(work: Work, letter: Letter) -> ZoneInfo:
    return zone(get_home(work, letter.person_id).time_zone)


def _day(on: date) -> str:
    return str(format_date(on, "d MMMM", locale=get_locale()))


def _weekday(on: date) -> str:
    return str(format_date(on, "EEEE, d MMMM", locale=get_locale()))


_DRAFTS: Mapping[LetterKind, Callable[[Work, Letter], Draft | None]] = {
    LetterKind.TASK_NEW: _task_letter("new", "new_opening"),
    LetterKind.TASK_GIVEN: _task_letter("given", "given_opening"),
    LetterKind.TASK_OVERDUE: _task_letter("overdue", "overdue_opening"),
    LetterKind.COMMENT: _task_letter("comment", "comment_opening"),
    LetterKind.NOTICE: _notice,
    LetterKind.MEETING: _meeting,
    LetterKind.DIGEST: _digest,
}
