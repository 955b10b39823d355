"""How the parts of the day are said: tasks as cards, figures, the week, the stages of programmes."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from flask import url_for
from flask_babel import ngettext

from models.pairs import PairStatus
from webapp import dates, words
from webapp.languages import current
from webapp.pages.notices import unread, unread_words
from webapp.pages.today_programmes import ProgrammeCard, programme_card
from webapp.transaction import work
from webapp.visitor import actor
from webapp.words import today as said_today
from workflows.queries.definitions import LoadedPack
from workflows.queries.inbox import InboxRow
from workflows.queries.names import packs_of
from workflows.queries.silence import Silence, list_silent
from workflows.queries.stage_states import list_stage_bars
from workflows.queries.today import Reach, find_reach
from workflows.queries.today_facts import (
    AHEAD,
    Indicators,
    MeetingAhead,
    count_open_concerns,
    count_overdue_by_role,
    count_pairs,
    list_meetings_ahead,
    read_indicators,
)
from workflows.queries.today_tasks import DayTasks


@dataclass(frozen=True)
class TaskCard:
    """A task in the reader's language, with what it is for."""

    id: uuid.UUID
    name: str
    case_title: str
    purpose: str
    due_at: datetime | None
    is_paused: bool


@dataclass(frozen=True)
class Figure:
    """A number that leads to what it counts."""

    number: str
    words: str
    address: str | None
    look: str = ""


@dataclass(frozen=True)
class WeekDay:
    """A day of the week ahead: how many tasks are due, which meetings are agreed on."""

    day: date
    tasks: int
    meetings: tuple[MeetingAhead, ...]


class Led:
    """What the reader looks after; each part is read when it is asked for, and once."""

    @cached_property
    def reach(self) -> Reach:
        return find_reach(work())

    @cached_property
    def silence(self) -> Silence:
        return list_silent(work(), self.reach, dates.today())

    @cached_property
    def pairs(self) -> dict[PairStatus, int]:
        return count_pairs(work(), self.reach)

    @cached_property
    def packs(self) -> dict[uuid.UUID, LoadedPack]:
        return packs_of(work(), self.reach.case_ids)

    @property
    def programmes(self) -> list[ProgrammeCard]:
        bars = list_stage_bars(work(), self.reach.programmes)
        return [programme_card(one, bars[one.id], self.packs) for one in self.reach.programmes]

    @property
    def meetings(self) -> list[MeetingAhead]:
        return list_meetings_ahead(work(), self.reach, dates.today())

    @property
    def indicators(self) -> Indicators:
        return read_indicators(work(), self.reach, self.pairs, dates.today())

    @property
    def open_concerns(self) -> int:
        return count_open_concerns(work(), self.reach)

    @property
    def caseload(self) -> list[dict[str, object]]:
        """Return the pairs by state as rows of a chart."""
        most = max(self.pairs.values(), default=0)
        return [
            {"name": said_today.PAIRS[status.value], "number": number, "share": 90 * number // most}
            for status, number in self.pairs.items()
        ]

    @property
    def overdue_by_role(self) -> list[dict[str, object]]:
        """Return the overdue tasks by role as rows of a chart."""
        found = count_overdue_by_role(work(), self.reach)
        titles = next((pack.settings.roles for pack in self.packs.values()), {})
        most = max((number for _role, number in found), default=0)
        return [
            {"name": words.role(role, titles, current()), "number": number, "share": 90 * number // most}
            for role, number in found
        ]


def task_cards(rows: Sequence[InboxRow], packs: Mapping[uuid.UUID, LoadedPack]) -> list[TaskCard]:
    """Put tasks into the reader's language."""
    language = current()
    return [
        TaskCard(
            row.id,
            packs[row.case_id].texts.say(row.name, language),
            packs[row.case_id].texts.title(row.case_title, language),
            packs[row.case_id].texts.purpose(row.element, language),
            row.due_at,
            row.is_paused,
        )
        for row in rows
    ]


def figures_of(tasks: DayTasks, led: Led | None, *, decisions_at: str) -> list[Figure]:
    """Say the day in numbers, each leading to what it counts."""
    inbox, overdue, decisions = url_for("tasks.inbox"), tasks.overdue, len(tasks.decisions)
    plus = "+" if tasks.is_more else ""
    found = [
        Figure(
            f"{overdue}{plus if overdue == len(tasks.rows) else ''}",
            ngettext("task of yours is overdue", "tasks of yours are overdue", overdue),
            inbox if overdue else None,
            "is-bad" if overdue else "",
        )
    ]
    if led and led.reach.programmes:
        number = led.silence.total
        said = ngettext("pair is silent", "pairs are silent", number)
        found.append(Figure(str(number), said, "#silent" if number else None, "is-warning" if number else ""))
    if led and not {role.name for role in actor().roles} <= {"auditor"}:
        said = ngettext("decision waits for you", "decisions wait for you", decisions)
        found.append(Figure(f"{decisions}{plus}", said, decisions_at if decisions else None))
    else:
        said = ngettext("task waits for you", "tasks wait for you", tasks.total)
        found.append(Figure(f"{tasks.total}{plus}", said, inbox))
    said = ngettext("unread notice", "unread notices", unread())
    return [*found, Figure(unread_words(), said, url_for("notices.show"))]


def week_of(tasks: DayTasks, led: Led | None) -> list[WeekDay]:
    """List the days ahead on which something is due or agreed on."""
    zone, today = dates.reader_zone(), dates.today()
    due = [row.due_at.astimezone(zone).date() for row in tasks.rows if row.due_at and not row.is_paused]
    meetings = led.meetings if led else []
    days = (today + timedelta(days=number) for number in range(AHEAD.days + 1))
    week = [WeekDay(day, due.count(day), tuple(one for one in meetings if one.on == day)) for day in days]
    return [day for day in week if day.tasks or day.meetings]
