"""When something is due in an organisation that has days off.

A wait of days or weeks is written in the diagram as if every day were alike. Its row keeps what the
diagram said, and `due_at` says what became of it: so a break that is added or taken away later only
has to be counted again.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from workflows.engine.step import OpenTask, Timer
from workflows.process import working_days
from workflows.queries.held import HeldCase
from workflows.work import Work


@dataclass(frozen=True, slots=True)
class Due:
    """When something is due, and between which moments it waits by the diagram, where that was counted."""

    at: datetime | None
    since_at: datetime | None = None
    until_at: datetime | None = None

    def as_json(self) -> dict[str, str | None]:
        """Return the columns of the row."""
        named = {"due_at": self.at, "waits_since_at": self.since_at, "waits_until_at": self.until_at}
        return {name: moment.isoformat() if moment else None for name, moment in named.items()}


def due_of(work: Work, case: HeldCase, waiting: OpenTask | Timer) -> Due:
    """Say when something that begins to wait now is due; a moment that was named stays as it is."""
    since = case.local(work.now())
    if waiting.due_at is None or not waiting.is_relative or not working_days.is_long(since, waiting.due_at):
        return Due(waiting.due_at)
    at = due_at(since, waiting.due_at, case.time_zone, case.breaks, is_task=isinstance(waiting, OpenTask))
    return Due(at, since, waiting.due_at)


def due_at(
    since: datetime, until: datetime, zone: str, breaks: tuple[working_days.Break, ...], *, is_task: bool
) -> datetime:
    """Stretch a wait; what a person has to do is due on a day on which the person works."""
    try:
        here = until.astimezone(ZoneInfo(zone))
        due = working_days.stretched(since.astimezone(ZoneInfo(zone)), here, breaks)
        return (working_days.on_working_day(due, breaks) if is_task else due).astimezone(UTC)
    except OverflowError:
        # At the end of the calendar there is no later day to move to.
        return until
