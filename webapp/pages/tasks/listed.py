"""Tasks as rows of a list, in the reader's language, and the groups they stand in."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from flask_babel import gettext as _

from webapp import dates, words
from webapp.languages import current
from webapp.transaction import work
from workflows.queries.definitions import LoadedPack
from workflows.queries.inbox import InboxRow, Order
from workflows.queries.names import names_of, packs_of

CONCERN = "concern"


@dataclass(frozen=True)
class Row:
    """One task in the list, in the reader's language."""

    id: uuid.UUID
    name: str
    case_title: str
    kind: str
    """What sort of task it is, where that is not plain: a concern, or what somebody asked for."""
    stage: str
    role_title: str
    opened_at: datetime
    due_at: datetime | None
    follow_up_on: date | None
    is_free: bool
    is_delegated: bool
    is_paused: bool
    holder: str
    """Who has it, if that is not the reader."""
    is_stood_for: bool
    """The reader stands in for whoever has it."""
    is_concern: bool

    @property
    def is_to_look_at(self) -> bool:
        """Say whether somebody wanted to look at it again by today."""
        return self.follow_up_on is not None and self.follow_up_on <= dates.today()


@dataclass(frozen=True)
class Group:
    """Tasks that press alike, or are alike in what the list is ordered by."""

    name: str
    is_late: bool
    tasks: list[Row]


def rows_of(rows: tuple[InboxRow, ...]) -> list[Row]:
    """Put tasks into the reader's language."""
    packs = packs_of(work(), {row.case_id for row in rows})
    reader_id = work().actor.person_id
    names = names_of(work(), (row.assignee_id for row in rows if row.assignee_id != reader_id))
    return [_row(row, packs[row.case_id], names) for row in rows]


def _row(row: InboxRow, pack: LoadedPack, names: dict[uuid.UUID, str]) -> Row:
    language = current()
    return Row(
        id=row.id,
        name=pack.texts.say(row.name, language),
        kind=kind_of(row, pack),
        case_title=pack.texts.title(row.case_title, language),
        stage=pack.texts.say(pack.definitions.title(row.process), language),
        role_title=words.role(row.role, pack.settings.roles, language),
        opened_at=row.opened_at,
        due_at=row.due_at,
        follow_up_on=row.follow_up_on,
        is_free=row.assignee_id is None,
        is_delegated=row.delegated_by_id is not None,
        is_paused=row.is_paused,
        holder=names.get(row.assignee_id, "") if row.assignee_id else "",
        is_concern=row.process == CONCERN,
        is_stood_for=row.assignee_id in work().actor.stands_for,
    )


def kind_of(row: InboxRow, pack: LoadedPack) -> str:
    """Say what sort of task it is, where it must not be taken for one of the usual steps."""
    if not row.element:
        return _("a personal request")
    if row.process == CONCERN:
        return pack.texts.say(pack.definitions.title(row.process), current())
    return ""


def grouped(rows: list[Row], order: Order = Order.DUE) -> list[Group]:
    """Part the list by what it is ordered by."""
    if order is Order.DUE:
        return _by_deadline(rows)
    names: dict[Order, Callable[[Row], str]] = {
        Order.NEWEST: lambda row: dates.day(row.opened_at),
        Order.PAIR: lambda row: row.case_title,
        Order.KIND: lambda row: row.name,
        Order.STAGE: lambda row: row.stage,
    }
    return [Group(name, False, list(tasks)) for name, tasks in groupby(rows, key=names[order])]


def _by_deadline(rows: list[Row]) -> list[Group]:
    """Part the list by how much the tasks press; it is in the order of their deadlines already.

    What is paused presses nobody, whatever its deadline, and stands at the end.
    """
    names = {
        "late": _("Overdue"),
        "today": _("Today"),
        "week": _("In the next seven days"),
        "later": _("Later"),
        "never": _("No deadline"),
    }
    pressing_ones = [row for row in rows if not row.is_paused]
    parts = groupby(pressing_ones, key=lambda row: dates.due(row.due_at).pressing)
    groups = [Group(names[pressing], pressing == "late", list(tasks)) for pressing, tasks in parts]
    paused = [row for row in rows if row.is_paused]
    return [*groups, Group(_("Paused"), False, paused)] if paused else groups
