"""By what the inbox can be narrowed and put in order, and which values that asks for."""

import uuid
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import (
    UUID,
    ColumnElement,
    Date,
    DateTime,
    Select,
    String,
    Table,
    and_,
    bindparam,
    select,
    union_all,
)

from models.bases import MenteeEntry, MentorEntry
from models.pairs import Pair
from models.programmes import Programme
from workflows.queries.held import TASK

A_WEEK = 7


class Order(StrEnum):
    """In what order the tasks stand; all but the first group them too."""

    DUE = "due"
    NEWEST = "newest"
    PAIR = "pair"
    KIND = "kind"
    STAGE = "stage"


class Due(StrEnum):
    """How the deadline presses, as the groups of the list say it."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "week"
    NEVER = "never"
    AGAIN = "again"
    """Whatever its deadline: somebody wanted to look at it again by today."""


VALUES = (
    "now",
    "today",
    "day_ends_at",
    "week_ends_at",
    "wanted_role",
    "wanted_element",
    "wanted_case_id",
    "wanted_programme_id",
)
"""What the values of filters are called; a list asks for those of its own filters only."""


@dataclass(frozen=True)
class Filters:
    """What is asked of a list, besides whose tasks and words."""

    due: Due | None = None
    role: str = ""
    element: str = ""
    case_id: uuid.UUID | None = None
    programme_id: uuid.UUID | None = None
    order: Order = Order.DUE
    zone: tzinfo = UTC
    """Where the days of the asker begin."""

    @property
    def names(self) -> frozenset[str]:
        """Name the conditions that this makes."""
        given = {name for name in ("role", "element", "case_id", "programme_id") if getattr(self, name)}
        return frozenset(given | ({self.due.value} if self.due else set()))

    def values(self, now: datetime) -> dict[str, Any]:
        """Give every condition its values, whichever of them are asked for."""
        today = now.astimezone(self.zone).date()
        return {
            "now": now,
            "today": today,
            "day_ends_at": _midnight_after(today, self.zone),
            "week_ends_at": _midnight_after(today + timedelta(days=A_WEEK), self.zone),
            "wanted_role": self.role,
            "wanted_element": self.element,
            "wanted_case_id": self.case_id,
            "wanted_programme_id": self.programme_id,
        }


def _midnight_after(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), zone)


def _at(name: str) -> ColumnElement[Any]:
    return bindparam(name, type_=DateTime(timezone=True))


def _cases_of_programme() -> Select[Any]:
    """Read the cases that stand around a programme: its own, those of its bases and of its pairs."""
    wanted = bindparam("wanted_programme_id", type_=UUID())
    pair = cast(Table, Pair.__table__)
    tables = [cast(Table, kind.__table__) for kind in (MenteeEntry, MentorEntry)]
    programme = cast(Table, Programme.__table__)
    parts = [
        select(programme.c.case_id).where(programme.c.id == wanted),
        select(pair.c.case_id).where(pair.c.programme_id == wanted),
        select(pair.c.support_case_id).where(pair.c.programme_id == wanted),
        *(select(table.c.case_id).where(table.c.programme_id == wanted) for table in tables),
    ]
    return select(union_all(*parts).subquery())


CONDITIONS: dict[str, ColumnElement[bool]] = {
    "overdue": TASK.c.due_at < _at("now"),
    "today": and_(TASK.c.due_at >= _at("now"), TASK.c.due_at < _at("day_ends_at")),
    "week": and_(TASK.c.due_at >= _at("now"), TASK.c.due_at < _at("week_ends_at")),
    "never": TASK.c.due_at.is_(None),
    "again": TASK.c.follow_up_on <= bindparam("today", type_=Date()),
    "role": TASK.c.role == bindparam("wanted_role", type_=String()),
    "element": TASK.c.element == bindparam("wanted_element", type_=String()),
    "case_id": TASK.c.case_id == bindparam("wanted_case_id", type_=UUID()),
    "programme_id": TASK.c.case_id.in_(_cases_of_programme()),
}
"""What each filter asks of a task; the values have the same names in every statement."""
