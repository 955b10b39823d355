"""Today: the home of everybody. What to do first, and how all that stands for which one answers."""

from datetime import date
from functools import cached_property

from babel.dates import format_date
from flask import Blueprint, Flask, render_template
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from webapp import dates
from webapp.pages.notices import unread
from webapp.pages.today_views import Led, TaskCard, figures_of, task_cards, week_of
from webapp.transaction import work
from webapp.visitor import actor
from webapp.words import today as said
from workflows.queries.inbox import InboxRow
from workflows.queries.notices import NoticeRow, list_news
from workflows.queries.programmes.listing import list_programmes
from workflows.queries.today import oversees
from workflows.queries.today_pairs import OwnEntry, OwnPair, list_own_entries, list_own_pairs
from workflows.queries.today_tasks import DayTasks, list_day_tasks

pages = Blueprint("today", __name__)

MOST_FIRST = 5
MOST_NOTICES = 3
TAKES_PART = frozenset({"mentor", "mentee", "guardian", "partner"})


class Day:
    """What the page is made of; each part is read when the page comes to it, and once."""

    def __init__(self) -> None:
        self.roles = {role.name for role in actor().roles}
        self.is_led = oversees(work())
        self.is_head = "head" in self.roles
        self.leads = bool(self.roles & {"curator", "administrator"})
        self.is_staff = bool(self.roles - TAKES_PART)

    @cached_property
    def tasks(self) -> DayTasks:
        return list_day_tasks(work())

    @cached_property
    def led(self) -> Led:
        return Led()

    @cached_property
    def pairs(self) -> list[OwnPair]:
        return list_own_pairs(work(), dates.today())

    @cached_property
    def entries(self) -> list[OwnEntry]:
        return list_own_entries(work())

    @cached_property
    def notices(self) -> list[NoticeRow]:
        return list_news(work(), size=MOST_NOTICES) if unread() else []

    @property
    def first(self) -> list[TaskCard]:
        return self.cards(self.tasks.rows[:MOST_FIRST])

    @property
    def decisions(self) -> list[TaskCard]:
        return self.cards(self.tasks.to_decide()[: 2 * MOST_FIRST])

    @property
    def has_further_decisions(self) -> bool:
        """Say whether a decision waits that is not among what to do first."""
        return not self.tasks.decisions.issubset(row.id for row in self.tasks.rows[:MOST_FIRST])

    def cards(self, rows: tuple[InboxRow, ...]) -> list[TaskCard]:
        return task_cards(rows, self.tasks.packs)

    @property
    def is_newcomer(self) -> bool:
        """Say whether nothing at all concerns the reader yet."""
        return not (self.is_staff or self.tasks.rows or self.pairs or self.entries)


@pages.get("/today")
def show() -> ResponseReturnValue:
    day = Day()
    sections = sections_of(day)
    return render_template(
        "today/show.html",
        day=day,
        said=said,
        notices=day.notices,
        sections=sections,
        figures=figures_of(day.tasks, day.led if day.is_led else None, decisions_at=decisions_at(sections)),
        week=week_of(day.tasks, day.led if day.leads else None),
        joinable=list_programmes(work())[0] if day.is_newcomer else [],
    )


def sections_of(day: Day) -> list[str]:
    """List the parts of the page in the order in which the reader uses them."""
    if day.is_newcomer:
        return ["joining", "news"]
    own = ["own_pairs", "entries"]
    if not day.is_staff:
        return ["next", *own, "news"]
    if not day.is_led:
        return ["figures", "first", "news", *own]
    wanted = ["figures", *to_do(day), "programmes", "pairs_led"]
    return [*wanted, *(["indicators"] if day.is_head or not day.leads else []), *own, "news"]


def decisions_at(sections: list[str]) -> str:
    """Say where on the page decisions stand, if they stand anywhere for themselves."""
    return "#decisions" if "decisions" in sections else "#first"


def to_do(day: Day) -> list[str]:
    """Put the decisions first for who came to decide, and leave out what would only say "nothing" again."""
    if day.leads:
        return ["first", *(["decisions"] if day.has_further_decisions else [])]
    wanted = ["decisions"] if day.is_head else []
    return [*wanted, *(["first"] if day.tasks.rows else [])]


def init_app(app: Flask) -> None:
    """Let the templates say the day of this page."""
    app.jinja_env.globals.update(today_words=today_words, days_since=days_since)
    app.jinja_env.filters.update(weekday_and_day=weekday_and_day)


def today_words() -> str:
    """Say which day it is."""
    return weekday_and_day(dates.today())


def weekday_and_day(value: date) -> str:
    """Write a day with its weekday: "Saturday, 21 November"."""
    return format_date(value, "EEEE, d MMMM", locale=get_locale())


def days_since(day: date) -> int:
    """Return how many days have passed since a day."""
    return max(0, (dates.today() - day).days)
