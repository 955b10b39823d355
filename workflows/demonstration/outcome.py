"""What came of a simulated year: how far everybody got, the load of the curator, what stalled."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import orjson
from sqlalchemy import func, select

from models.bases import MenteeEntry, MentorEntry
from models.cases import ALIVE, Case
from models.journal import JournalEntry
from models.meetings import Meeting
from models.pairs import Pair
from models.people import Person
from models.programmes import Programme, Stage
from models.tasks import Task, TaskStatus
from models.waiting import Incident
from workflows.demonstration.doing import ID
from workflows.work import Work


@dataclass(frozen=True)
class Outcome:
    """Counts after a year that was played."""

    programme: str
    stages: Mapping[int, tuple[date, date | None]]
    mentees: Mapping[str, int]
    mentors: Mapping[str, int]
    pairs: Mapping[str, int]
    meetings: Mapping[str, int]
    running: Mapping[str, int]
    open_tasks: Mapping[str, int]
    incidents: Mapping[str, int]
    entries: int


def look_back(work: Work) -> Outcome:
    """Count what there is."""
    programme = work.session.scalars(select(Programme)).one()
    columns = (Stage.number, Stage.opened_at, Stage.closed_at)
    stages = work.session.execute(select(*columns).order_by(Stage.number))
    running = Case.status.in_(ALIVE)
    return Outcome(
        programme=programme.status.value,
        stages={number: (a.date(), b.date() if b else None) for number, a, b in stages},
        mentees=_counted(work, MenteeEntry.status),
        mentors=_counted(work, MentorEntry.status),
        pairs=_counted(work, Pair.status),
        meetings=_counted(work, Meeting.kind, Meeting.held_on.is_not(None)),
        running=_counted(work, Case.process, running),
        open_tasks=_counted(work, Task.element, Task.status == TaskStatus.OPEN),
        incidents=_counted(work, Incident.reason, Incident.resolved_at.is_(None)),
        entries=work.session.scalar(select(func.count()).select_from(JournalEntry)) or 0,
    )


def _counted(work: Work, column: Any, *conditions: Any) -> dict[str, int]:
    wanted = select(column, func.count()).where(*conditions).group_by(column).order_by(func.count().desc())
    return {str(getattr(value, "value", value)): count for value, count in work.session.execute(wanted)}


def journal_digest(work: Work) -> str:
    """Digest the journal without what chance gives at every run: ids and salts.

    Two years played with the same seed have the same digest: the same people did the same at the same moment.
    """
    digest = hashlib.sha256()
    for line in sorted(_lines(work)):
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()


def _lines(work: Work) -> Iterator[str]:
    rows = work.session.execute(
        select(JournalEntry, Person.full_name, Case.title)
        .outerjoin(Person, Person.id == JournalEntry.actor_id)
        .outerjoin(Case, Case.id == JournalEntry.case_id)
        .execution_options(yield_per=1000)
    )
    for entry, name, title in rows:
        details = _written(_settled(entry.details)).decode()
        yield f"{entry.at.isoformat()} {entry.act} {name} {entry.actor_role} {title} {details}"


def _settled(value: Any) -> Any:
    """Blank ids, and put into order what has none of its own."""
    if isinstance(value, str):
        return ID.sub("·", value)
    if isinstance(value, Mapping):
        return {ID.sub("·", str(key)): _settled(one) for key, one in value.items()}
    if isinstance(value, list):
        return sorted((_settled(one) for one in value), key=_written)
    return value


def _written(value: Any) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)


def weeks_of(load: Counter[tuple[int, int]]) -> Iterator[tuple[str, int]]:
    """Give the load week by week, weeks without any among them."""
    if not load:
        return
    week, last = date.fromisocalendar(*min(load), 1), date.fromisocalendar(*max(load), 1)
    while week <= last:
        year, number, _day = week.isocalendar()
        yield week.isoformat(), load[year, number]
        week = date.fromordinal(week.toordinal() + 7)
